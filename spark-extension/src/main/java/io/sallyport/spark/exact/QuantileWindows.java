package io.sallyport.spark.exact;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Around which people a quantile is told: not one person's value, but that of a window of enough
 * people next to the place that is asked for.
 *
 * <p>Where enough people share the value, they are the window, and it is the value itself; between
 * two such values it is what Spark makes of both. Otherwise the window grows over the nearest
 * values until enough people are in it, and so many are left below and above: what is told is their
 * mean. Windows of several places are the same or apart, and between two of them is nobody or are
 * enough people.
 */
final class QuantileWindows {

  /**
   * People with one value.
   *
   * @param value as Spark holds it
   * @param number the same as a number
   */
  record Value(Object value, double number, long people) {}

  /**
   * People next to each other, from one value to another, by their places in the list.
   *
   * @param shared whether it is one value that enough people have, or two of them
   * @param told the value that is told, where enough people share it; a mean elsewhere
   */
  record Window(int first, int last, boolean shared, double told) {}

  private final List<Value> values;
  private final long[] below;
  private final long least;

  /**
   * @param values in their order
   * @param least so many people are enough
   */
  QuantileWindows(List<Value> values, long least) {
    this.values = List.copyOf(values);
    this.least = least;
    this.below = new long[values.size() + 1];
    for (int i = 0; i < values.size(); i++) {
      below[i + 1] = below[i] + values.get(i).people();
    }
  }

  Value value(int place) {
    return values.get(place);
  }

  /** The windows of all places; empty when for one of them there is none. */
  Optional<List<Window>> of(Quantile quantile) {
    List<Window> windows = new ArrayList<>();
    for (double rank : quantile.ranks()) {
      Optional<Window> window = around(quantile, rank);
      if (window.isEmpty()) {
        return Optional.empty();
      }
      windows.add(window.get());
    }
    return Optional.of(windows);
  }

  /** Whether several windows may be told of together. */
  boolean areApart(List<Window> windows) {
    long unshared = windows.stream().filter(window -> !window.shared()).count();
    List<Window> different = windows.stream().distinct().toList();
    if (different.stream().filter(window -> !window.shared()).count() < unshared) {
      return false; // two places that are answered by one window tell that few are between them
    }
    List<Window> inOrder =
        different.stream().sorted((a, b) -> Integer.compare(a.first(), b.first())).toList();
    for (int i = 1; i < inOrder.size(); i++) {
      Window before = inOrder.get(i - 1);
      Window after = inOrder.get(i);
      long between = below[after.first()] - below[before.last() + 1];
      if (after.first() <= before.last() || !isNobodyOrEnough(between)) {
        return false;
      }
    }
    return true;
  }

  private Optional<Window> around(Quantile quantile, double rank) {
    long people = below[values.size()];
    if (people == 0) {
      return Optional.empty();
    }
    double position =
        quantile.interpolates() ? (people - 1) * rank : Math.max(0, Math.ceil(people * rank) - 1);
    long lower = (long) Math.floor(position);
    long upper = (long) Math.ceil(position);
    int first = holding(lower);
    int last = holding(upper);
    if (values.get(first).people() >= least && values.get(last).people() >= least) {
      double from = values.get(first).number();
      double step = values.get(last).number() - from;
      return Optional.of(new Window(first, last, true, from + step * (position - lower)));
    }
    while (!isEnough(first, last)) {
      boolean down = below[first] >= people - below[last + 1];
      if (below[first] < least && people - below[last + 1] < least) {
        return Optional.empty();
      }
      if (down) {
        first--;
      } else {
        last++;
      }
    }
    boolean bothSides = below[first] >= least && people - below[last + 1] >= least;
    return bothSides ? Optional.of(new Window(first, last, false, Double.NaN)) : Optional.empty();
  }

  /**
   * Enough people, not all but a few of whom share one value: their mean would tell these few's.
   */
  private boolean isEnough(int first, int last) {
    long people = below[last + 1] - below[first];
    long most = 0;
    for (int i = first; i <= last; i++) {
      most = Math.max(most, values.get(i).people());
    }
    return people >= least && (2 * most <= people || isNobodyOrEnough(people - most));
  }

  private boolean isNobodyOrEnough(long people) {
    return people == 0 || people >= least;
  }

  /** The value of the person at a place in the order of all. */
  private int holding(long place) {
    int low = 0;
    int high = values.size() - 1;
    while (low < high) {
      int middle = (low + high) / 2;
      if (below[middle + 1] > place) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }
}
