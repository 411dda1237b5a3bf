package io.sallyport.examples.analyst;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.round;

import io.sallyport.connect.client.ApprovalHandle;
import io.sallyport.connect.client.ApprovalRejected;
import io.sallyport.connect.client.Artifact;
import io.sallyport.connect.client.FetchedRows;
import io.sallyport.connect.client.RemoteLazyFrame;
import io.sallyport.connect.client.RemoteSession;
import io.sallyport.connect.client.local.LocalError;
import java.io.IOException;
import org.apache.spark.sql.SparkSession;

/**
 * Rows that no rule lets out: an analyst asks for them with a RemoteLazyFrame, the owner looks at
 * exactly what would leave, rejects one request and approves another.
 */
final class ApprovalTour {

  private static final int SHOWN = 5;

  private final Server server;
  private final Narrator narrator;

  ApprovalTour(Server server, Narrator narrator) {
    this.server = server;
    this.narrator = narrator;
  }

  void tell() throws IOException {
    try (RemoteSession ada = server.remote("ada");
        SparkSession marta = server.connect("marta")) {
      narrator.chapter("Ada asks for rows, with Sallyport's own client");
      RemoteLazyFrame patients = ada.frame("patients");
      narrator.happens(
          "A column that is not there is found out before anything is sent",
          LocalError.class,
          () -> patients.select("birthyear"));
      Artifact everybody = patients.select("name", "sex", "birth_year", "postcode").collect();
      Artifact oldest =
          patients
              .filter(col("birth_year").lt(1935))
              .select("name", "sex", "birth_year", "insurance")
              .orderBy("birth_year")
              .limit(SHOWN)
              .collect();
      narrator.tells(
          "collect() keeps the result on the hospital's side. What Ada holds: " + oldest);
      narrator.tells(patients.select("name").explainPrivacy().toString());
      narrator.answered(
          "She computes on with a handle; it carries the policy of patients",
          2,
          everybody
              .asFrame()
              .groupBy("sex")
              .agg(count(lit(1)).as("people"), round(avg("birth_year"), 1).as("born"))
              .orderBy("sex")
              .collect()
              .fetch()
              .rows());
      decide(marta, everybody, oldest);
    }
  }

  private void decide(SparkSession marta, Artifact everybody, Artifact oldest) {
    ApprovalHandle all = everybody.request("I would like to have everything");
    ApprovalHandle few = oldest.request("Study 7 on ageing, ethics vote 2026-11");
    narrator.tells("Two requests wait for Marta: " + all.id() + " and " + few.id());

    narrator.chapter("Marta, who owns patients, decides");
    narrator.released(
        "Who asks, and why?",
        2,
        marta
            .table("sallyport.requests")
            .filter("state = 'PENDING' AND request IN ('%s', '%s')".formatted(all.id(), few.id()))
            .select("request", "principal", "frames", "justification")
            .orderBy("filed_at"));
    narrator.released(
        "The plan in plain words, and what stands behind it",
        1,
        marta
            .table("sallyport.requests")
            .filter(col("request").equalTo(few.id()))
            .select("plan", "evidence"));
    narrator.released(
        "Exactly what would leave: names are on the blacklist",
        SHOWN,
        marta.table("sallyport.preview.`%s`".formatted(few.id())));
    narrator.released(
        "She rejects the first",
        1,
        marta.sql(
            "CALL sallyport.reject('%s', 'Ask for what the study needs')".formatted(all.id())));
    narrator.released(
        "and approves the second",
        1,
        marta.sql("CALL sallyport.approve('%s', 'As agreed')".formatted(few.id())));

    narrator.chapter("Ada fetches");
    narrator.happens("What was rejected", ApprovalRejected.class, everybody::fetch);
    FetchedRows rows = oldest.fetch();
    narrator.answered("What was approved: these rows and no others", SHOWN, rows.rows());
    narrator.holds(
        "Every name is wiped", rows.rows().stream().allMatch(row -> row.getString(0).equals("*")));
  }
}
