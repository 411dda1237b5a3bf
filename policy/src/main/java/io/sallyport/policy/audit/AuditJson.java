package io.sallyport.policy.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Entries as lines of JSON. One entry has one line: the order of fields is fixed, none is left out,
 * and characters that a terminal or an editor would act upon are escaped ({@link HarmlessJson}).
 */
final class AuditJson {
  private static final ObjectMapper MAPPER = HarmlessJson.mapper();

  /** As lines were written before anything but controls was escaped. */
  private static final ObjectMapper PLAIN = new ObjectMapper();

  private AuditJson() {}

  /** What the hash of an entry is made of. */
  static String content(long sequence, String previousHash, AuditRecord record) {
    return write(PLAIN, contentNode(sequence, previousHash, record));
  }

  /** The entry's line, without the line feed. */
  static String line(AuditEntry entry) {
    return write(MAPPER, lineNode(entry));
  }

  /** The line as it was written before it was escaped; the entry and its hash are the same. */
  static String plainLine(AuditEntry entry) {
    return write(PLAIN, lineNode(entry));
  }

  private static ObjectNode lineNode(AuditEntry entry) {
    return contentNode(entry.sequence(), entry.previousHash(), entry.record())
        .put("hash", entry.hash());
  }

  /** The record that a line says, or none when it says none. Its hash is not looked at. */
  static Optional<AuditEntry> entry(String line) {
    try {
      JsonNode node = MAPPER.readTree(line);
      return Optional.of(
          new AuditEntry(
              node.required("sequence").longValue(),
              record(node.required("record")),
              text(node, "previous"),
              text(node, "hash")));
    } catch (JsonProcessingException | IllegalArgumentException | DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private static ObjectNode contentNode(long sequence, String previousHash, AuditRecord record) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("sequence", sequence);
    node.put("previous", previousHash);
    node.set("record", node(record));
    return node;
  }

  private static ObjectNode node(AuditRecord record) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("time", record.time().toString());
    node.put("principal", record.principal());
    node.put("session", record.session());
    node.put("operation", record.operation());
    node.put("question", record.question());
    node.put("plan-hash", record.planHash());
    node.put("policy-version", record.policyVersion());
    node.set("frames", array(record.frames()));
    node.put("verdict", record.verdict());
    node.put("code", record.code().orElse(null));
    node.set("grounds", array(record.grounds()));
    node.put("result-hash", record.resultHash().orElse(null));
    node.put("rows-out", record.rowsOut().isPresent() ? record.rowsOut().getAsLong() : null);
    node.put("request", record.request().orElse(null));
    node.put("decision", record.decision().orElse(null));
    node.put("cost", record.cost().orElse(null));
    return node;
  }

  private static ArrayNode array(List<String> texts) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    texts.forEach(array::add);
    return array;
  }

  private static AuditRecord record(JsonNode node) {
    return new AuditRecord(
        Instant.parse(text(node, "time")),
        text(node, "principal"),
        text(node, "session"),
        text(node, "operation"),
        text(node, "question"),
        text(node, "plan-hash"),
        text(node, "policy-version"),
        texts(node, "frames"),
        text(node, "verdict"),
        optionalText(node, "code"),
        texts(node, "grounds"),
        optionalText(node, "result-hash"),
        node.required("rows-out").isNull()
            ? OptionalLong.empty()
            : OptionalLong.of(node.required("rows-out").longValue()),
        optionalText(node, "request"),
        optionalText(node, "decision"),
        optionalText(node, "cost"));
  }

  private static String text(JsonNode node, String field) {
    JsonNode value = node.required(field);
    if (!value.isTextual()) {
      throw new IllegalArgumentException("Not a text: " + field);
    }
    return value.textValue();
  }

  private static Optional<String> optionalText(JsonNode node, String field) {
    return node.required(field).isNull() ? Optional.empty() : Optional.of(text(node, field));
  }

  private static List<String> texts(JsonNode node, String field) {
    List<String> texts = new ArrayList<>();
    node.required(field).forEach(value -> texts.add(value.asText()));
    return texts;
  }

  private static String write(ObjectMapper mapper, ObjectNode node) {
    try {
      return mapper.writeValueAsString(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A tree of texts and numbers can be written", e);
    }
  }
}
