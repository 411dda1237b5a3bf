package io.sallyport.spark.noise;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;

/**
 * Columns of rows that are each a part of one person's contribution to one group.
 *
 * @param person whose
 * @param keys of which group
 * @param present whether the person has rows in each frame, as numbers; none where there is one
 *     frame, as whoever is a person is one of it
 * @param steps one for each statistic
 */
record Contributions(
    LogicalPlan plan,
    Attribute person,
    List<Attribute> keys,
    List<Attribute> present,
    List<Attribute> steps) {

  Contributions {
    keys = List.copyOf(keys);
    present = List.copyOf(present);
    steps = List.copyOf(steps);
  }

  /** The same columns of another plan. */
  Contributions on(LogicalPlan other) {
    return new Contributions(other, person, keys, present, steps);
  }

  /** What is added up: {@code present}, then {@code steps}. */
  List<Attribute> numbers() {
    List<Attribute> numbers = new ArrayList<>(present);
    numbers.addAll(steps);
    return numbers;
  }

  /** Of other rows, with other columns for the numbers. */
  Contributions with(LogicalPlan other, List<Attribute> newKeys, List<Attribute> newNumbers) {
    int frames = present.size();
    return new Contributions(
        other,
        person,
        newKeys,
        newNumbers.subList(0, frames),
        newNumbers.subList(frames, newNumbers.size()));
  }
}
