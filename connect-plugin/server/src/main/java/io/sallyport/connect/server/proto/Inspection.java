package io.sallyport.connect.server.proto;

import io.sallyport.policy.decision.RefusalCode;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.sparkproject.connect.protobuf.Message;

/**
 * One walk over one request: what it may use up, and how far it has come. Not thread-safe; made for
 * each request.
 */
final class Inspection {

  private final Bounds bounds;
  private final Function<String, Optional<RefusalCode>> functionRefusal;
  private final TextAdmission texts;
  private final boolean execution;

  private final Set<Message> sampled = Collections.newSetFromMap(new IdentityHashMap<>());

  private int relationDepth;
  private int expressionDepth;
  private int nodes;
  private long literalBytes;
  private long sqlBytes;
  private long localBytes;

  Inspection(
      Bounds bounds,
      Function<String, Optional<RefusalCode>> functionRefusal,
      TextAdmission texts,
      boolean execution) {
    this.bounds = bounds;
    this.functionRefusal = functionRefusal;
    this.texts = texts;
    this.execution = execution;
  }

  Bounds bounds() {
    return bounds;
  }

  /** Whether the request runs its plan, rather than only asking about it. */
  boolean isExecution() {
    return execution;
  }

  /** 1 in the root relation, and so on downwards. */
  int relationDepth() {
    return relationDepth;
  }

  /** Takes note of a message, the very one, of whose rows a sample is taken. */
  void sampled(Message input) {
    sampled.add(input);
  }

  /** Whether a sample is taken of what this very message makes. */
  boolean isSampled(Message input) {
    return sampled.contains(input);
  }

  /** Why a function is refused; empty admits it. */
  Optional<RefusalCode> functionRefusal(String name) {
    return functionRefusal.apply(name);
  }

  void enterRelation() {
    countNode();
    if (++relationDepth > bounds.depth()) {
      throw Refusals.limit("relations inside each other", bounds.depth());
    }
  }

  void leaveRelation() {
    relationDepth--;
  }

  void enterExpression() {
    countNode();
    if (++expressionDepth > bounds.depth()) {
      throw Refusals.limit("expressions inside each other", bounds.depth());
    }
  }

  void leaveExpression() {
    expressionDepth--;
  }

  void useLiteral(int bytes) {
    literalBytes += bytes;
    if (bytes > bounds.literalBytes()) {
      throw Refusals.limit("bytes in one literal", bounds.literalBytes());
    }
    if (literalBytes > bounds.allLiteralBytes()) {
      throw Refusals.limit("bytes of literals", bounds.allLiteralBytes());
    }
  }

  void useLocalData(int bytes) {
    localBytes += bytes;
    if (localBytes > bounds.localBytes()) {
      throw Refusals.limit("bytes of local data", bounds.localBytes());
    }
  }

  void useExpressionText(String text) {
    useSql(text);
    texts.expression(text);
  }

  /** Judges a text that was counted before. */
  void judgeQuery(String text) {
    texts.query(text);
  }

  void requireSize(int requestBytes) {
    if (requestBytes - localBytes > bounds.planBytes()) {
      throw Refusals.limit("bytes in its plan", bounds.planBytes());
    }
  }

  void useSql(String text) {
    sqlBytes += text.getBytes(StandardCharsets.UTF_8).length;
    if (sqlBytes > bounds.sqlBytes()) {
      throw Refusals.limit("bytes of SQL text", bounds.sqlBytes());
    }
  }

  private void countNode() {
    if (++nodes > bounds.nodes()) {
      throw Refusals.limit("relations and expressions", bounds.nodes());
    }
  }
}
