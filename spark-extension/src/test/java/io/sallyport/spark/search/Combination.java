package io.sallyport.spark.search;

import io.sallyport.spark.search.Effects.Change;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Numbers of an answer times constants, added up. */
record Combination(List<Term> terms) {

  /** A sum of a point in the row of a key, times a constant. */
  record Term(int point, List<Object> key, int sum, double factor) {}

  static Combination of(Term... terms) {
    return new Combination(List.of(terms));
  }

  /** Without whom it is another number; effects of each point, with changes in one order. */
  Set<Long> people(List<Effects> effects) {
    Set<Long> people = new TreeSet<>();
    List<Change> first = effects.get(terms.get(0).point).changes();
    for (int i = 0; i < first.size(); i++) {
      double by = 0;
      double scale = 0;
      for (Term term : terms) {
        Effects of = effects.get(term.point);
        by += term.factor * of.changes().get(i).differences().get(term.key)[term.sum];
        scale += Math.abs(term.factor * of.sums().get(term.key)[term.sum]);
      }
      if (!(Math.abs(by) <= 1e-7 + 1e-11 * scale)) {
        people.add(first.get(i).person());
      }
    }
    return people;
  }
}
