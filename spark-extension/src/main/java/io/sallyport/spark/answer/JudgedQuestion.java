package io.sallyport.spark.answer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.policy.frame.FrameName;
import io.sallyport.policy.principal.Principal;
import io.sallyport.policy.principal.Role;
import io.sallyport.policy.question.Objection;
import io.sallyport.policy.question.Question;
import io.sallyport.policy.question.Shape;
import io.sallyport.policy.question.Source;
import io.sallyport.policy.rule.AggregateFamily;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * All that is needed to judge a pending request again when policies have changed: what was judged,
 * and the version of what its labels rest on (units, blacklists, identifiers, sources). When that
 * has changed as well, the question must be asked anew.
 */
record JudgedQuestion(String structure, Principal principal, List<Question> questions) {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  JudgedQuestion {
    questions = List.copyOf(questions);
  }

  static JudgedQuestion of(Inquiry inquiry) {
    return new JudgedQuestion(
        inquiry.port().policies().structureVersionOf(inquiry.sources()),
        inquiry.asking().principal(),
        inquiry.judged().questions());
  }

  List<FrameName> frames() {
    return questions.stream()
        .flatMap(question -> question.sources().stream())
        .map(Source::frame)
        .distinct()
        .toList();
  }

  String json() {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("structure", structure);
    node.put("principal", principal.name());
    node.put("role", principal.role().name());
    ArrayNode groups = node.putArray("groups");
    principal.groups().forEach(groups::add);
    ArrayNode all = node.putArray("questions");
    for (Question question : questions) {
      ObjectNode one = all.addObject().put("shape", question.shape().name());
      ArrayNode sources = one.putArray("sources");
      question.sources().forEach(source -> add(sources.addObject(), source));
    }
    return node.toString();
  }

  private static void add(ObjectNode node, Source source) {
    node.put("frame", source.frame().value());
    ArrayNode objections = node.putArray("objections");
    source
        .objections()
        .forEach(
            objection ->
                objections
                    .addObject()
                    .put("code", objection.code().name())
                    .put("subject", objection.subject())
                    .put("remedy", objection.remedy()));
    ArrayNode functions = node.putArray("functions");
    source.functions().stream().sorted().forEach(function -> functions.add(function.name()));
  }

  /** A question that was judged before there were groups has none. */
  private static Set<String> groups(JsonNode node) {
    Set<String> groups = new TreeSet<>();
    node.path("groups").forEach(group -> groups.add(group.textValue()));
    return groups;
  }

  /**
   * @throws IllegalArgumentException when the text is not one that {@link #json} made
   */
  static JudgedQuestion parse(String json) {
    try {
      JsonNode node = MAPPER.readTree(json);
      Principal principal =
          new Principal(
              node.required("principal").textValue(),
              Role.valueOf(node.required("role").textValue()),
              groups(node));
      List<Question> questions = new ArrayList<>();
      for (JsonNode one : node.required("questions")) {
        List<Source> sources = new ArrayList<>();
        one.required("sources").forEach(source -> sources.add(source(source)));
        Shape shape = Shape.valueOf(one.required("shape").textValue());
        questions.add(new Question(principal, shape, sources));
      }
      return new JudgedQuestion(node.required("structure").textValue(), principal, questions);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("A judged question is not JSON", e);
    }
  }

  private static Source source(JsonNode node) {
    List<Objection> objections = new ArrayList<>();
    for (JsonNode one : node.required("objections")) {
      objections.add(
          new Objection(
              RefusalCode.valueOf(one.required("code").textValue()),
              one.required("subject").textValue(),
              one.required("remedy").textValue()));
    }
    Set<AggregateFamily> functions = EnumSet.noneOf(AggregateFamily.class);
    node.required("functions")
        .forEach(function -> functions.add(AggregateFamily.valueOf(function.textValue())));
    FrameName frame =
        FrameName.parse(node.required("frame").textValue())
            .orElseThrow(() -> new IllegalArgumentException("A judged question names no frame"));
    return new Source(frame, objections, functions);
  }
}
