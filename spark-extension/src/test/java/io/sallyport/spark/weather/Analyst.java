package io.sallyport.spark.weather;

import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.policy.principal.Principal;
import io.sallyport.policy.principal.Role;
import io.sallyport.policy.request.ApprovalRequest;
import io.sallyport.spark.Asking;
import io.sallyport.spark.RefusedException;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.classic.SparkSession;

/**
 * One who asks without end: new questions, and more often those asked before, which the owners may
 * have answered. The questions are numbered, and each row of an answer carries whose it is.
 */
final class Analyst implements Runnable {
  private static final Pattern REQUEST = Pattern.compile("request (r-[a-z0-9]{16})");
  private static final String COUNT = "SELECT count(*) AS n FROM asked.patients";

  private final ClinicServer server;
  private final SparkSession session;
  private final Principal principal;
  private final String life;
  private final Random random;
  private int questions;
  private int operations;

  /**
   * @param life tells this server's operations from those of the ones before
   * @param questions how many questions were asked before
   */
  Analyst(ClinicServer server, String name, String life, int questions, long seed) {
    this.server = server;
    this.session = server.session();
    this.principal = new Principal(name, Role.ANALYST);
    this.life = life;
    this.questions = questions;
    this.random = new Random(seed);
  }

  /** The question of this number, of this principal. */
  static String question(String principal, int number) {
    String columns = "'%s-%d' AS canary, p.name, p.age".formatted(principal, number);
    return number % 5 == 4
        ? "SELECT %s, s.days FROM asked.patients p JOIN asked.stays s ON p.patient_id = s.patient_id WHERE p.age < %d"
            .formatted(columns, 21 + number % 6)
        : "SELECT %s FROM asked.patients p WHERE p.age < %d".formatted(columns, 21 + number % 30);
  }

  @Override
  public void run() {
    while (true) {
      int number = random.nextInt(3) == 0 || questions == 0 ? questions++ : early();
      String sql = question(principal.name(), number);
      switch (random.nextInt(6)) {
        case 0 -> collectAndFetch(number, sql);
        case 1 -> count();
        default -> answer(number, () -> server.ask(session, sql, asking()));
      }
    }
  }

  /** The newer ones more often: those of a killed server are asked again at once. */
  private int early() {
    return Math.max(0, questions - 1 - random.nextInt(Math.min(questions, 8)));
  }

  private void collectAndFetch(int number, String sql) {
    Asking asking = asking();
    String id = server.collect(session, sql, asking).artifact().id();
    tell(Acknowledged.Kind.STORED, asking, id, "");
    answer(number, () -> server.fetch(session, id, asking()));
  }

  private void count() {
    Asking asking = asking();
    List<Row> rows = server.ask(session, COUNT, asking);
    tell(Acknowledged.Kind.RELEASED, asking, "", RowsHash.of(rows));
  }

  private interface Question {
    List<Row> ask();
  }

  private void answer(int number, Question question) {
    try {
      List<Row> rows = question.ask();
      tell(Acknowledged.Kind.ROWS, last(), Integer.toString(number), RowsHash.of(rows));
    } catch (RefusedException e) {
      RefusalCode code = e.refusal().code();
      Matcher request = REQUEST.matcher(e.refusal().text());
      if (!request.find()) {
        tell(Acknowledged.Kind.WRONG, last(), code.name(), e.refusal().text());
        return;
      }
      tell(Acknowledged.Kind.TOLD, last(), request.group(1), code.name());
      if (code == RefusalCode.APPROVAL_RETURNED) {
        act("justify('%s', 'study %d')".formatted(request.group(1), random.nextInt()));
      } else if (code == RefusalCode.APPROVAL_REQUIRED && random.nextInt(20) == 0) {
        act("withdraw('%s')".formatted(request.group(1)));
      }
    }
  }

  private void act(String call) {
    Asking asking = asking();
    try {
      ApprovalRequest request = server.call(call, asking);
      FailurePoint.DECISION_UNTOLD.reached();
      tell(Acknowledged.Kind.DECIDED, asking, request.id(), request.state().name());
    } catch (RefusedException e) {
      Owner.requireLate(e, asking);
    }
  }

  private void tell(Acknowledged.Kind kind, Asking asking, String subject, String outcome) {
    new Acknowledged(kind, asking.operation(), principal.name(), subject, outcome).print();
  }

  private Asking asking() {
    operations++;
    return last();
  }

  private Asking last() {
    return ClinicServer.asking(principal, life + "." + principal.name() + "." + operations);
  }
}
