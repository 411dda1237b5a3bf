package io.sallyport.examples.analyst;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.countDistinct;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.udf;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.UUID;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;

/**
 * What an analyst sees of the generated hospital, and afterwards its owner. Ends with 1 if anything
 * is not as it should be.
 */
public final class HospitalTour {

  private static final int WARDS = 14;

  private final Server server;
  private final Narrator narrator;

  private HospitalTour(Server server, Narrator narrator) {
    this.server = server;
    this.narrator = narrator;
  }

  /** Takes the server's address and the folder with the tokens of ada, ben and marta. */
  @SuppressWarnings("SystemOut") // a program that tells a story
  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 2) {
      throw new IllegalArgumentException("Usage: HospitalTour sc://HOST:PORT TOKENS");
    }
    boolean asItShould = tell(new Server(arguments[0], Path.of(arguments[1])), System.out);
    System.exit(asItShould ? 0 : 1);
  }

  /** Tells the whole story; whether everything was as it should be. */
  static boolean tell(Server server, PrintStream out) throws IOException {
    Narrator narrator = new Narrator(out);
    HospitalTour tour = new HospitalTour(server, narrator);
    tour.analyst();
    new ApprovalTour(server, narrator).tell();
    new NoiseTour(server, narrator).tell();
    tour.owner();
    return narrator.end();
  }

  private void analyst() throws IOException {
    UUID session = UUID.randomUUID();
    try (SparkSession ada = server.connect("ada", session)) {
      answered(ada);
      refusedForData(ada);
      refusedForMeans(ada);
      narrator.chapter("Who is asking");
      narrator.refused(
          "Ben opens Ada's session with his own token",
          "IDENTITY_MISMATCH",
          () -> server.connect("ben", session).range(1).count());
      narrator.refused(
          "Somebody guesses a token",
          "UNAUTHENTICATED",
          () -> server.connectWithWrongToken().range(1).count());
    }
  }

  private void answered(SparkSession ada) {
    narrator.chapter("Ada, an analyst, asks about groups of people");
    Dataset<Row> stays = ada.table("stays");
    narrator.released(
        "Which frames are there, and under which terms?",
        5,
        ada.table("sallyport.frames")
            .filter("owner = 'marta' OR automatic = 'public'")
            .select("frame", "owner", "privacy_unit", "automatic"));
    narrator.released(
        "How long are stays, and what do they cost, ward by ward? Exactly as Spark computes it:"
            + " every ward has at least 10 different patients",
        WARDS,
        stays
            .groupBy("ward")
            .agg(
                countDistinct("patient_id").as("patients"),
                count(lit(1)).as("stays"),
                round(avg("days"), 2).as("days"),
                round(avg("cost"), 2).as("cost"))
            .orderBy(col("cost").desc()));
    narrator.released(
        "Cost of each department, by joining the public table reference.wards",
        3,
        stays
            .join(ada.table("reference.wards"), "ward")
            .groupBy("department")
            .agg(sum("cost").as("cost"), count(lit(1)).as("stays"))
            .withColumn("cost_of_a_stay", round(col("cost").divide(col("stays")), 2))
            .orderBy("department"));
    narrator.released(
        "The same kind of question in SQL, over two frames joined by person",
        3,
        ada.sql(
            "SELECT p.insurance, count(*) AS stays, round(avg(s.days), 2) AS days"
                + " FROM patients p JOIN stays s ON p.patient_id = s.patient_id"
                + " GROUP BY p.insurance ORDER BY stays DESC"));
    narrator.released(
        "The five most frequent diagnoses of severe cases. This frame's policy leaves out groups"
            + " that are too small",
        5,
        ada.table("diagnoses")
            .filter("severity >= 3")
            .groupBy("code")
            .agg(count(lit(1)).as("cases"))
            .orderBy(col("cases").desc(), col("code"))
            .limit(5));
  }

  private void refusedForData(SparkSession ada) {
    narrator.chapter("Ada asks about single people");
    Dataset<Row> stays = ada.table("stays");
    narrator.refused("The rows themselves", "RAW_OUTPUT", stays::show);
    narrator.refused(
        "The first row, with fewer columns",
        "RAW_OUTPUT",
        () -> stays.select("days").limit(1).collectAsList());
    narrator.refused(
        "An average for each ward and day: on some days fewer than 10 people came",
        "SMALL_GROUP",
        () -> stays.groupBy("ward", "admitted").agg(avg("cost")).collectAsList());
    narrator.refused(
        "An average over one person, found by the patient's number",
        "PREDICATE_NOT_ALLOWED",
        () -> stays.filter("patient_id = 4711").agg(avg("cost")).collectAsList());
    narrator.refused(
        "max(cost): a maximum is one person's value",
        "AGG_NOT_ALLOWED",
        () -> stays.agg(max("cost")).collectAsList());
    narrator.refused(
        "The salaries of the staff: no policy, so there is no such table",
        "SOURCE_NOT_ALLOWED",
        () -> ada.table("staff").agg(avg("salary")).collectAsList());
  }

  private void refusedForMeans(SparkSession ada) {
    narrator.chapter("Ada tries other means");
    narrator.refused(
        "A function of her own (UDF), which would be her code on the hospital's machine",
        "UDF_NOT_ALLOWED",
        () ->
            ada.table("stays")
                .select(
                    udf((UDF1<String, String>) ward -> ward, DataTypes.StringType)
                        .apply(col("ward")))
                .collectAsList());
    narrator.refused(
        "The files behind a frame, by their path",
        "SOURCE_NOT_ALLOWED",
        () -> ada.read().parquet("data/stays").count());
    narrator.refused(
        "The same in SQL",
        "SOURCE_NOT_ALLOWED",
        () -> ada.sql("SELECT count(*) FROM parquet.`data/stays`").collectAsList());
    narrator.refused(
        "SET, to change how the server works",
        "CONF_NOT_ALLOWED",
        () -> ada.sql("SET spark.sql.ansi.enabled=true").collectAsList());
    narrator.refused(
        "The same through the client's configuration",
        "CONF_NOT_ALLOWED",
        () -> ada.conf().set("spark.sql.ansi.enabled", "true"));
  }

  private void owner() throws IOException {
    narrator.chapter("Marta, who owns the data, reads the record");
    try (SparkSession marta = server.connect("marta")) {
      Dataset<Row> audit = marta.table("sallyport.audit");
      narrator.released(
          "What became of questions about her frames?",
          14,
          audit
              .groupBy("verdict", "code")
              .agg(count(lit(1)).as("questions"))
              .orderBy("verdict", "code"));
      narrator.released(
          "The newest of them",
          3,
          audit
              .select("time", "principal", "verdict", "code", "frames", "rows_out")
              .orderBy(col("time").desc())
              .limit(3));
      narrator.refused(
          "Not even Marta gets raw rows over this road",
          "RAW_OUTPUT",
          () -> marta.table("stays").collectAsList());
    }
  }
}
