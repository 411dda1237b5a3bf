package io.sallyport.spark.view;

import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.spark.RefusedException;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What a view may be called. */
public final class ViewName {

  private static final int LONGEST = 128;

  /** In front of the names of our own tables and of results. */
  private static final Set<String> OURS = Set.of("sallyport", "results");

  private ViewName() {}

  /**
   * The name of one part.
   *
   * @throws RefusedException PARAM_INVALID when it has several, is too long, or is one of ours
   */
  public static String of(List<String> parts) {
    String name = String.join(".", parts);
    if (parts.size() != 1 || name.isEmpty() || name.contains(".") || name.contains("`")) {
      throw refused("a temporary view has a name of one part, without dots, and not " + name);
    }
    if (name.length() > LONGEST) {
      throw refused("a temporary view's name has at most " + LONGEST + " characters");
    }
    if (OURS.contains(name.toLowerCase(Locale.ROOT))) {
      throw taken(name, "tables of Sallyport's own");
    }
    return name;
  }

  /** The refusal of a name that means something else already, and always will. */
  public static RefusedException taken(String name, String what) {
    return refused("a view may not be called " + name + ": that is the name of " + what);
  }

  private static RefusedException refused(String subject) {
    return RefusedException.of(
        RefusalCode.PARAM_INVALID, subject, "another name, for example my_view");
  }
}
