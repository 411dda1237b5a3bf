package io.sallyport.spark.seal;

import io.sallyport.policy.frame.ColumnDomain;
import io.sallyport.policy.frame.Frame;
import io.sallyport.spark.scala.Catalyst;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.IntegralType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Whether what an owner declares of columns fits their types: else a question would fail, or be
 * answered with groups that nobody is in.
 */
final class DeclaredFit {
  private static final Pattern WHOLE = Pattern.compile("[-+]?[0-9]+");

  private DeclaredFit() {}

  /** What does not fit, with the key that says it. */
  static List<String> problems(Frame frame, StructType schema) {
    List<String> problems = new ArrayList<>();
    frame
        .facts()
        .columns()
        .forEach(
            (name, domain) -> {
              String key = "spark.sallyport.frame." + frame.name() + ".column." + name;
              field(schema, name)
                  .ifPresentOrElse(
                      column -> add(key, column.dataType(), domain, problems),
                      () ->
                          problems.add(
                              "%s: there is no column '%s'; its columns are %s"
                                  .formatted(key, name, String.join(", ", schema.fieldNames()))));
            });
    return problems;
  }

  private static void add(String key, DataType type, ColumnDomain domain, List<String> problems) {
    if (domain.lower().isPresent() && !(type instanceof NumericType)) {
      problems.add(
          "%s.lower: the column is of type %s; valid are bounds of a number"
              .formatted(key, type.catalogString()));
    }
    domain.values().stream()
        .filter(value -> !fits(value, type))
        .findFirst()
        .ifPresent(
            value ->
                problems.add(
                    "%s.values: '%s' is no %s; valid are values of the column's type"
                        .formatted(key, value, type.catalogString())));
  }

  private static boolean fits(String value, DataType type) {
    if (type instanceof IntegralType && !WHOLE.matcher(value).matches()) {
      return false; // a cast would cut it
    }
    Literal text = Literal.create(value, DataTypes.StringType);
    return Catalyst.cast(text, type).resolved() && Catalyst.cast(text, type).eval(null) != null;
  }

  private static Optional<StructField> field(StructType schema, String name) {
    return Arrays.stream(schema.fields()).filter(f -> f.name().equalsIgnoreCase(name)).findFirst();
  }
}
