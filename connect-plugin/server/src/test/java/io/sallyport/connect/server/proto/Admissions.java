package io.sallyport.connect.server.proto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.sallyport.policy.decision.Refusal;
import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.policy.settings.Limits;
import io.sallyport.spark.RefusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.sparkproject.connect.protobuf.Message;

/** An admission for tests: a few functions, and texts that are kept, not judged. */
final class Admissions implements TextAdmission {

  static final Set<String> FUNCTIONS =
      Set.of(
          "+", "=", ">", "and", "or", "in", "isnotnull", "when", "avg", "sum", "count", "stddev");

  final List<String> expressions = new ArrayList<>();
  final List<String> queries = new ArrayList<>();

  private final ProtoAdmission admission;

  Admissions() {
    this(Limits.defaults());
  }

  Admissions(Limits limits) {
    this.admission = new ProtoAdmission(limits, FUNCTIONS::contains, Admissions::code, this);
  }

  <Q extends Message> Q admit(Q request) {
    return admission.admit(request);
  }

  /** The refusal of a request that has to be refused. */
  static Refusal refusal(Message request) {
    return refusal(() -> new Admissions().admit(request));
  }

  static Refusal refusal(Runnable action) {
    Throwable thrown = catchThrowable(action::run);
    assertThat(thrown).isInstanceOf(RefusedException.class);
    return ((RefusedException) thrown).refusal();
  }

  private static RefusalCode code(String function) {
    return function.equals("max") ? RefusalCode.AGG_NOT_ALLOWED : RefusalCode.FUNCTION_NOT_ALLOWED;
  }

  static RefusalCode code(Message request) {
    return refusal(request).code();
  }

  @Override
  public void expression(String text) {
    expressions.add(text);
  }

  @Override
  public void query(String text) {
    queries.add(text);
  }
}
