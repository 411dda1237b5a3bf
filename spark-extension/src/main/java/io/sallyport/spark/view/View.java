package io.sallyport.spark.view;

import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * A name for a plan: an analyst's temporary view. It holds no rows and no verdict. Where it is used
 * its plan is put in the place of the name, and the whole question is judged.
 *
 * <p>The plan was admitted when the view was made. The views in it are those of that moment; its
 * frames are looked up when it is used.
 */
public final class View {

  private final String name;
  private final byte[] plan;
  private final Size size;
  private final StructType columns;

  /**
   * How large the plan is, with the views in it written out.
   *
   * @param operators of the plan and its subqueries
   * @param depth operators inside each other
   * @param parts of its expressions
   * @param cells of the rows that it brings along
   */
  public record Size(long operators, int depth, long parts, long cells) {}

  /**
   * A view.
   *
   * @param name one part, as it was written
   * @param plan the plan's bytes, which whoever made them reads
   * @param columns as they were when the view was made
   */
  public View(String name, byte[] plan, Size size, StructType columns) {
    this.name = Objects.requireNonNull(name, "name");
    this.plan = plan.clone();
    this.size = Objects.requireNonNull(size, "size");
    this.columns =
        new StructType(
            Arrays.stream(columns.fields())
                .map(c -> new StructField(c.name(), c.dataType(), c.nullable(), Metadata.empty()))
                .toArray(StructField[]::new));
  }

  public String name() {
    return name;
  }

  /** The name by which it is found: names are alike without regard to case. */
  String key() {
    return key(name);
  }

  static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  public byte[] plan() {
    return plan.clone();
  }

  int bytes() {
    return plan.length;
  }

  public Size size() {
    return size;
  }

  /** Names and types, no more. */
  public StructType columns() {
    return columns;
  }
}
