package io.sallyport.connect.server.proto;

import io.sallyport.connect.protocol.Request;
import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.policy.settings.Limits;
import io.sallyport.spark.RefusedException;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.spark.connect.proto.AnalyzePlanRequest;
import org.apache.spark.connect.proto.ExecutePlanRequest;
import org.apache.spark.connect.proto.Plan;
import org.sparkproject.connect.protobuf.Descriptors.Descriptor;
import org.sparkproject.connect.protobuf.Message;

/**
 * What a client may send, and what becomes of it: the inner door's first leaf.
 *
 * <p>An admitted request contains only message types, fields and values of the table {@link
 * AdmittedProtos}; no unknown field, no extension but a call of our own client, nothing larger or
 * deeper than the limits. Its plan is rewritten: frames, SQL and the root are our extension
 * relations ({@link ExtensionTypes}), local data were read, checked and written anew, functions are
 * never internal ones. Equal requests give equal bytes.
 *
 * <p>The user context stays as the client sent it: the gate replaces it. So is it the gate's affair
 * whose session and operation a request names. Thread-safe when the caller's arguments are.
 */
public final class ProtoAdmission {

  private static final ProtoTable TABLE = AdmittedProtos.table();

  private final Bounds bounds;
  private final Function<String, Optional<RefusalCode>> functionRefusal;
  private final TextAdmission texts;

  /**
   * An admission that refuses every other function under one code.
   *
   * @param admittedFunction whether a function may be called, asked with its name in lower case
   * @param texts judges the SQL that a request carries as text
   */
  public ProtoAdmission(Limits limits, Predicate<String> admittedFunction, TextAdmission texts) {
    this(limits, admittedFunction, name -> RefusalCode.FUNCTION_NOT_ALLOWED, texts);
  }

  /**
   * An admission.
   *
   * @param admittedFunction whether a function may be called, asked with its name in lower case
   * @param refusalCode the code under which another function is refused, asked in the same way
   * @param texts judges the SQL that a request carries as text
   */
  public ProtoAdmission(
      Limits limits,
      Predicate<String> admittedFunction,
      Function<String, RefusalCode> refusalCode,
      TextAdmission texts) {
    this.bounds = Bounds.of(limits);
    this.functionRefusal =
        name ->
            admittedFunction.test(name) ? Optional.empty() : Optional.of(refusalCode.apply(name));
    this.texts = texts;
  }

  /**
   * The request as it may go on, for the request type of any of the calls that are offered ({@link
   * Rpc}).
   *
   * @throws RefusedException when the request is refused; whether, and with which text, depends on
   *     the request and the arguments of the constructor
   */
  public <Q extends Message> Q admit(Q request) {
    Descriptor type = request.getDescriptorForType();
    if (!Rpc.isRequest(type)) {
      throw Refusals.refuse(
          RefusalCode.RPC_NOT_ALLOWED, "The request " + type.getName() + " is not admitted");
    }
    Inspection inspection =
        new Inspection(bounds, functionRefusal, texts, request instanceof ExecutePlanRequest);
    Optional<Request> call = ClientCalls.in(request);
    Message plain =
        call.isPresent() ? ClientCalls.withInnerPlan(request, call.get()) : (Message) request;
    Message admitted = new AdmitMessage(TABLE, inspection).admit(plain);
    inspection.requireSize(admitted.getSerializedSize());
    @SuppressWarnings("unchecked") // the walk and the rewrite keep the type of what they are given
    Q rewritten = (Q) rewritten(admitted, call);
    return rewritten;
  }

  private Message rewritten(Message admitted, Optional<Request> call) {
    RewritePlan rewrite = new RewritePlan(new LocalRows(bounds));
    if (admitted instanceof ExecutePlanRequest execute) {
      Plan plan = execute.getPlan();
      return execute.toBuilder()
          .setPlan(call.map(c -> rewrite.call(c, plan)).orElseGet(() -> rewrite.execution(plan)))
          .build();
    }
    if (admitted instanceof AnalyzePlanRequest analyze) {
      return call.map(c -> rewrite.describedCall(c, analyze))
          .orElseGet(() -> rewrite.analysis(analyze));
    }
    return admitted;
  }
}
