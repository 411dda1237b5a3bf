package io.sallyport.examples.analyst;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.round;

import io.sallyport.connect.client.RemoteSession;
import java.io.IOException;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * A frame whose owner adds noise: an analyst learns the price first, asks, sees the budget shrink,
 * and is refused when it is spent.
 */
final class NoiseTour {

  private static final int WARDS = 14;
  private static final String EPSILON = "spark.sallyport.query.epsilon";

  private final Server server;
  private final Narrator narrator;

  NoiseTour(Server server, Narrator narrator) {
    this.server = server;
    this.narrator = narrator;
  }

  void tell() throws IOException {
    narrator.chapter("Ada asks with differential privacy");
    try (RemoteSession remote = server.remote("ada")) {
      narrator.tells(
          "What would it cost, and how exact would it be? Asking that is free:\n"
              + remote
                  .frame("study.stays")
                  .groupBy("ward")
                  .agg(count(lit(1)).as("stays"), avg("days").as("days"))
                  .explainPrivacy());
    }
    try (SparkSession ada = server.connect("ada")) {
      Dataset<Row> question =
          ada.table("study.stays")
              .groupBy("ward")
              .agg(count(lit(1)).as("stays"), round(avg("days"), 2).as("days"));
      List<Row> first = question.orderBy("ward").collectAsList();
      narrator.answered("Stays and their length, ward by ward, with noise", WARDS, first);
      narrator.holds(
          "Asked again, sorted in another way, it has the same numbers and costs nothing",
          question.orderBy(col("stays").desc()).collectAsList().containsAll(first));
      narrator.released(
          "What is left of the budget",
          1,
          ada.table("sallyport.budgets").filter("account LIKE '%patient_id'"));
      ada.conf().set(EPSILON, "0.5");
      narrator.released(
          "Another question, at half the price and with twice the noise",
          1,
          ada.table("study.stays").filter("days > 14").agg(count(lit(1)).as("long_stays")));
      ada.conf().unset(EPSILON);
      narrator.refused(
          "A third one, at the full price: that much is not left",
          "BUDGET_EXHAUSTED",
          () -> ada.table("study.stays").agg(avg("days")).collectAsList());
    }
  }
}
