package io.sallyport.connect.server.hostile;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sparkproject.connect.grpc.StatusRuntimeException;

/**
 * What became of an attack, and by what.
 *
 * @param how the refusal's code and the bound that it names, or a sentence
 */
record Result(Verdict verdict, String how) {

  private static final Pattern CODE = Pattern.compile("^\\[SALLYPORT\\.([A-Z_]+)]");
  private static final Pattern BOUND =
      Pattern.compile(
          "\\((limit\\.[a-z-]+|[a-z]+-[a-z-]+)\\)|\\b(limit\\.[a-z-]+)\\b|\\b((?:sql|plan|made|"
              + "expression|grouping)-[a-z]+)\\b");

  static Result bounded(String how) {
    return new Result(Verdict.BOUNDED, how);
  }

  static Result bypassed(String how) {
    return new Result(Verdict.BYPASSED, how);
  }

  /** A call ended like this. */
  static Result of(StatusRuntimeException end) {
    String text = String.valueOf(end.getStatus().getDescription());
    Matcher code = CODE.matcher(text);
    if (code.find()) {
      boolean limit = code.group(1).equals("LIMIT_EXCEEDED");
      return new Result(
          limit ? Verdict.BOUNDED : Verdict.DENIED, code.group(1) + (limit ? bound(text) : ""));
    }
    return switch (end.getStatus().getCode()) {
      case DEADLINE_EXCEEDED -> bypassed("it runs on");
      case UNAVAILABLE -> new Result(Verdict.KILLED, "nobody answers");
      default -> new Result(Verdict.DENIED, end.getStatus().getCode().name());
    };
  }

  private static String bound(String text) {
    Matcher bound = BOUND.matcher(text);
    if (!bound.find()) {
      return "";
    }
    for (int group = 1; group <= bound.groupCount(); group++) {
      if (bound.group(group) != null) {
        return ": `" + bound.group(group) + "`";
      }
    }
    return "";
  }
}
