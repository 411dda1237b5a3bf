package io.sallyport.connect.server.egress;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.policy.decision.RefusalCode;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A refusal's text taken apart again: behind the seal there is the text alone.
 *
 * @param code which kind
 * @param subject what is refused
 * @param policy whose terms refuse it, when it was a policy
 * @param remedy what would pass; may be empty
 */
record ShownRefusal(RefusalCode code, String subject, Optional<String> policy, String remedy) {

  private static final Pattern CODE = Pattern.compile("\\[SALLYPORT\\.([A-Z_]{1,64})] ?");
  private static final String POLICY = " Policy: ";
  private static final String REMEDY = " What would pass: ";

  /** Bytes of each parameter: what is longer stands in the message. */
  private static final int LONGEST = 480;

  /** The parts of a text as {@link io.sallyport.policy.decision.Refusal#text} writes it. */
  static ShownRefusal of(String text) {
    Matcher start = CODE.matcher(text);
    if (!start.lookingAt()) {
      throw new IllegalArgumentException("Not the text of a refusal");
    }
    String rest = text.substring(start.end());
    int remedyAt = rest.lastIndexOf(REMEDY);
    String before = remedyAt < 0 ? rest : rest.substring(0, remedyAt);
    int policyAt = before.lastIndexOf(POLICY);
    return new ShownRefusal(
        code(start.group(1)),
        policyAt < 0 ? before : before.substring(0, policyAt),
        policyAt < 0 ? Optional.empty() : Optional.of(before.substring(policyAt + POLICY.length())),
        remedyAt < 0 ? "" : rest.substring(remedyAt + REMEDY.length()));
  }

  private static RefusalCode code(String name) {
    return Arrays.stream(RefusalCode.values())
        .filter(code -> code.name().equals(name))
        .findFirst()
        .orElse(RefusalCode.QUERY_FAILED);
  }

  /** The name of the condition, as clients show it. */
  String condition() {
    return "SALLYPORT." + code;
  }

  /** Spark's message parameters: a JSON object of texts. */
  String parameters() {
    ObjectNode parameters = JsonNodeFactory.instance.objectNode();
    parameters.put("subject", ShortText.inJson(subject, LONGEST));
    policy.ifPresent(terms -> parameters.put("policy", ShortText.inJson(terms, LONGEST)));
    parameters.put("remedy", ShortText.inJson(remedy, LONGEST));
    return parameters.toString();
  }
}
