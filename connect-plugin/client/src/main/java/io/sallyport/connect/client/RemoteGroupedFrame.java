package io.sallyport.connect.client;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;

/** A frame whose rows are grouped by keys, to be measured. Immutable. */
public final class RemoteGroupedFrame {

  private final RemoteLazyFrame frame;
  private final List<Column> keys;

  RemoteGroupedFrame(RemoteLazyFrame frame, List<Column> keys) {
    this.frame = frame;
    this.keys = keys;
  }

  /** The keys and these measures of each group. */
  public RemoteLazyFrame agg(Column measure, Column... more) {
    List<Column> measures = new ArrayList<>(List.of(measure));
    measures.addAll(Arrays.asList(more));
    return frame.aggregated(keys, measures);
  }

  /** The number of rows in each group, as {@code count}. */
  public RemoteLazyFrame count() {
    return agg(functions.count(functions.lit(1)).as("count"));
  }

  /** The sum of each of these columns. */
  public RemoteLazyFrame sum(String column, String... more) {
    return each(functions::sum, column, more);
  }

  /** The mean of each of these columns. */
  public RemoteLazyFrame avg(String column, String... more) {
    return each(functions::avg, column, more);
  }

  /** The same as {@link #avg}. */
  public RemoteLazyFrame mean(String column, String... more) {
    return avg(column, more);
  }

  /** The least value of each of these columns. */
  public RemoteLazyFrame min(String column, String... more) {
    return each(functions::min, column, more);
  }

  /** The greatest value of each of these columns. */
  public RemoteLazyFrame max(String column, String... more) {
    return each(functions::max, column, more);
  }

  private RemoteLazyFrame each(Function<Column, Column> measure, String column, String... more) {
    Column first = measure.apply(functions.col(column));
    Column[] others = Arrays.stream(more).map(functions::col).map(measure).toArray(Column[]::new);
    return agg(first, others);
  }
}
