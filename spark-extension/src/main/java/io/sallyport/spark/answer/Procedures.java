package io.sallyport.spark.answer;

import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.policy.request.ApprovalRequest;
import io.sallyport.spark.Asking;
import io.sallyport.spark.RefusedException;
import io.sallyport.spark.admission.ProcedureCall;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What {@code CALL sallyport.<procedure>(...)} does; the list of all procedures. */
public final class Procedures {

  /** One procedure: between {@code least} and {@code most} texts in, what became of it out. */
  private record Procedure(int least, int most, String usage, Act act) {}

  private interface Act {
    Done on(Asking asking, List<String> arguments);
  }

  /**
   * What became of a call.
   *
   * @param decided the request that it acted on, where it was one
   * @param subject its id, or whom the call was about
   */
  public record Done(
      Optional<ApprovalRequest> decided, String subject, String state, String reason) {

    static Done of(ApprovalRequest request) {
      return new Done(
          Optional.of(request), request.id(), request.state().name(), request.reason().orElse(""));
    }
  }

  private final Map<String, Procedure> procedures = new TreeMap<>();

  public Procedures(OwnerDesk desk) {
    onRequest(
        "approve", 1, 2, "('request', 'comment')", (w, t) -> desk.approve(w, t.get(0), at1(t)));
    onRequest("reject", 2, 2, "('request', 'reason')", (w, t) -> desk.reject(w, t.get(0), at1(t)));
    onRequest(
        "return_request",
        2,
        2,
        "('request', 'comment')",
        (who, t) -> desk.giveBack(who, t.get(0), at1(t)));
    onRequest("withdraw", 1, 1, "('request')", (who, t) -> desk.withdraw(who, t.get(0)));
    onRequest(
        "justify", 2, 2, "('request', 'reason')", (w, t) -> desk.justify(w, t.get(0), at1(t)));
    add("clear_failures", 1, 1, "('principal')", (who, t) -> desk.clearFailures(who, t.get(0)));
  }

  private interface RequestAct {
    ApprovalRequest on(Asking asking, List<String> arguments);
  }

  private void onRequest(String name, int least, int most, String usage, RequestAct act) {
    add(name, least, most, usage, (asking, texts) -> Done.of(act.on(asking, texts)));
  }

  private void add(String name, int least, int most, String usage, Act act) {
    procedures.put(name, new Procedure(least, most, "CALL sallyport." + name + usage, act));
  }

  /**
   * Does what is called.
   *
   * @throws RefusedException when {@link #require} throws, or what it does is refused, which is on
   *     record then
   */
  public Done call(ProcedureCall call, Asking asking) {
    return procedure(call).act().on(asking, call.arguments());
  }

  /**
   * Looks at a call without doing anything.
   *
   * @throws RefusedException when there is no such procedure, or its arguments are not in order
   */
  public void require(ProcedureCall call) {
    Procedure unused = procedure(call);
  }

  private Procedure procedure(ProcedureCall call) {
    Procedure procedure = procedures.get(call.name());
    if (procedure == null) {
      throw RefusedException.of(
          RefusalCode.COMMAND_NOT_ALLOWED,
          "there is no procedure of this name",
          String.join(", ", procedures.values().stream().map(Procedure::usage).toList()));
    }
    int given = call.arguments().size();
    if (given < procedure.least() || given > procedure.most()) {
      throw RefusedException.of(
          RefusalCode.PARAM_INVALID,
          "the procedure " + call.name() + " takes other arguments",
          procedure.usage());
    }
    return procedure;
  }

  private static String at1(List<String> texts) {
    return texts.size() > 1 ? texts.get(1) : "";
  }
}
