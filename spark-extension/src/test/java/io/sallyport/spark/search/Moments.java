package io.sallyport.spark.search;

import io.sallyport.spark.search.Linear.Kind;
import java.util.List;
import java.util.Optional;

/** Where a second moment and what belongs to it stand among the sums of a point. */
record Moments(int xy, int x, int y, int n) {

  static Optional<Moments> of(List<Linear> linear, int xy) {
    Linear moment = linear.get(xy);
    boolean square = moment.kind() == Kind.SQUARE;
    int x = find(linear, Kind.SUM, square ? moment.of() : "x", moment.where());
    int y = square ? x : find(linear, Kind.SUM, "y", moment.where());
    int n = find(linear, Kind.COUNT, square ? moment.of() : "", moment.where());
    return x < 0 || y < 0 || n < 0 ? Optional.empty() : Optional.of(new Moments(xy, x, y, n));
  }

  private static int find(List<Linear> linear, Kind kind, String of, String where) {
    for (int i = 0; i < linear.size(); i++) {
      Linear one = linear.get(i);
      boolean same = of.isEmpty() || one.of().equals(of);
      if (one.kind() == kind && same && one.where().equals(where)) {
        return i;
      }
    }
    return -1;
  }
}
