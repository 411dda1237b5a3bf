package io.sallyport.spark.weather;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.policy.principal.Principal;
import io.sallyport.policy.principal.Role;
import io.sallyport.policy.request.ApprovalRequest;
import io.sallyport.spark.Asking;
import io.sallyport.spark.RefusedException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.classic.SparkSession;

/** Somebody with a session of their own. */
final class Person {
  private static final Pattern REQUEST = Pattern.compile("request (r-[a-z0-9]{16})");

  private final ClinicServer server;
  private final SparkSession session;
  private final Asking asking;

  Person(ClinicServer server, String name, Role role) {
    this.server = server;
    this.session = server.session();
    this.asking = ClinicServer.asking(new Principal(name, role), "op");
  }

  List<Row> ask(String query) {
    return server.ask(session, query, asking);
  }

  /** The id of the result that is kept. */
  String collect(String query) {
    return server.collect(session, query, asking).artifact().id();
  }

  List<Row> fetch(String artifact) {
    return server.fetch(session, artifact, asking);
  }

  ApprovalRequest call(String what) {
    return server.call(what, asking);
  }

  /** The id of the request that a query waits for. */
  String pending(String query) {
    RefusedException refused = refusedTo(() -> ask(query), RefusalCode.APPROVAL_REQUIRED);
    Matcher id = REQUEST.matcher(refused.refusal().text());
    assertThat(id.find()).as(refused.refusal().text()).isTrue();
    return id.group(1);
  }

  /** Something that must be refused with this code. */
  interface Deed {
    Object attempt();
  }

  static RefusedException refusedTo(Deed deed, RefusalCode code) {
    RefusedException refused = catchThrowableOfType(RefusedException.class, deed::attempt);
    assertThat(refused).as("must be refused with " + code).isNotNull();
    assertThat(refused.refusal().code()).as(refused.refusal().text()).isEqualTo(code);
    return refused;
  }
}
