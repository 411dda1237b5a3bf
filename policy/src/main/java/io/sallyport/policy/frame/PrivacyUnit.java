package io.sallyport.policy.frame;

import java.util.function.Function;

/** What one person is in a frame: a value of a column, or each row. Immutable. */
public sealed interface PrivacyUnit {

  /** The case that this unit is. */
  <R> R fold(Function<Column, R> column, Function<Row, R> row);

  /** Whether each row is a person of its own. */
  default boolean isRow() {
    return fold(column -> false, row -> true);
  }

  /** Rows that agree on this column belong to one person. The name is kept as it was written. */
  record Column(String name) implements PrivacyUnit {
    public Column {
      if (name.isBlank()) {
        throw new IllegalArgumentException("A privacy unit's column must not be blank");
      }
    }

    @Override
    public <R> R fold(Function<Column, R> column, Function<Row, R> row) {
      return column.apply(this);
    }
  }

  /** Each row is a person of its own. */
  record Row() implements PrivacyUnit {
    @Override
    public <R> R fold(Function<Column, R> column, Function<Row, R> row) {
      return row.apply(this);
    }
  }
}
