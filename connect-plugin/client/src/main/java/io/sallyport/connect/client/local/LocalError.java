package io.sallyport.connect.client.local;

import static java.util.stream.Collectors.joining;

import java.util.List;

/**
 * A plan that cannot be meant: found here, before anything was sent. The text names the operator,
 * the column, and the names that come nearest; it is made from plan and schema only.
 */
public final class LocalError extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String operator;

  private LocalError(String operator, String text) {
    super(operator + ": " + text);
    this.operator = operator;
  }

  /** An error in an operator's arguments. */
  public static LocalError in(String operator, String text) {
    return new LocalError(operator, text);
  }

  /** A name that no column has. */
  public static LocalError unknownColumn(String operator, String name, List<String> known) {
    List<String> nearest = Nearest.to(name, known);
    String hint =
        nearest.isEmpty()
            ? known.isEmpty() ? "There are no columns" : "The columns are " + quoted(known)
            : "Did you mean " + quoted(nearest) + "?";
    return new LocalError(operator, "There is no column `" + name + "`. " + hint);
  }

  /** A name that several columns have. */
  public static LocalError ambiguousColumn(String operator, String name, List<String> candidates) {
    return new LocalError(
        operator,
        "The name `"
            + name
            + "` stands for several columns: "
            + quoted(candidates)
            + ". Give each side an alias, or take the column from its frame with col()");
  }

  /** The operator whose arguments are wrong, as in {@code filter}. */
  public String operator() {
    return operator;
  }

  private static String quoted(List<String> names) {
    return names.stream().map(name -> "`" + name + "`").collect(joining(", "));
  }
}
