package io.sallyport.spark.exact;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One case of a conditional number, or of several: in its region, each of them is a polynomial, or
 * NULL. The regions of a number are disjoint and cover all rows.
 *
 * @param region which conditions hold here and which do not
 * @param values empty where a number is NULL
 */
record Case(Map<Condition, Boolean> region, List<Optional<Polynomial>> values) {

  Case {
    region = Map.copyOf(new LinkedHashMap<>(region));
    values = List.copyOf(values);
  }

  static Case everywhere(Optional<Polynomial> value) {
    return new Case(Map.of(), List.of(value));
  }

  Optional<Polynomial> value() {
    return values.get(0);
  }

  /** Whether all its numbers are there, as far as the plan can tell. */
  boolean isThere() {
    return values.stream().allMatch(Optional::isPresent);
  }

  Case withValue(Optional<Polynomial> value) {
    return new Case(region, List.of(value));
  }

  /** The same within a condition; empty when it contradicts its region. */
  Optional<Case> where(Condition condition, boolean holds) {
    return with(Map.of(condition, holds), values);
  }

  /** This case and one of another number; empty when their regions do not meet. */
  Optional<Case> and(Case other) {
    List<Optional<Polynomial>> both = new ArrayList<>(values);
    both.addAll(other.values);
    return with(other.region, both);
  }

  private Optional<Case> with(Map<Condition, Boolean> more, List<Optional<Polynomial>> newValues) {
    Map<Condition, Boolean> both = new HashMap<>(region);
    for (Map.Entry<Condition, Boolean> one : more.entrySet()) {
      Boolean known = both.put(one.getKey(), one.getValue());
      if (known != null && !known.equals(one.getValue())) {
        return Optional.empty();
      }
    }
    return Optional.of(new Case(both, newValues));
  }
}
