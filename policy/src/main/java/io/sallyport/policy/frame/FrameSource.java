package io.sallyport.policy.frame;

import java.util.Map;
import java.util.function.Function;

/** Where a frame's rows are: a table of the catalog, or files. Immutable. */
public sealed interface FrameSource {

  /** The case that this source is. */
  <R> R fold(Function<Table, R> table, Function<Files, R> files);

  /**
   * A table of the cluster's catalog.
   *
   * @param identifier as Spark resolves it, for example {@code clinic.stays}
   */
  record Table(String identifier) implements FrameSource {
    public Table {
      requireText("table", identifier);
    }

    @Override
    public <R> R fold(Function<Table, R> table, Function<Files, R> files) {
      return table.apply(this);
    }
  }

  /**
   * Files that Spark reads.
   *
   * @param path as Spark resolves it
   * @param format a data source of Spark, for example {@code parquet}
   * @param options the data source's options; they may hold secrets and are never printed
   */
  record Files(String path, String format, Map<String, String> options) implements FrameSource {
    public Files {
      requireText("path", path);
      requireText("format", format);
      options = Map.copyOf(options);
    }

    @Override
    public <R> R fold(Function<Table, R> table, Function<Files, R> files) {
      return files.apply(this);
    }

    @Override
    public String toString() {
      return "Files[path=" + path + ", format=" + format + ", options=" + options.keySet() + "]";
    }
  }

  private static void requireText(String what, String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException("A frame's " + what + " must not be blank");
    }
  }
}
