package io.sallyport.spark.relation;

import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a linear function of vectors is of cells: in which places it does not weigh everything by
 * zero, and how many numbers it is made of. A sum over cells with one weight is one number, however
 * many positions it is spread over; and whoever has rows only where the weights of two positions
 * cancel has no part in it.
 */
record Reach(BitSet places, int numbers) {

  /**
   * @param coefficients of positions
   */
  static Reach of(VectorShape shape, long[] coefficients) {
    BitSet places = new BitSet();
    Set<List<Object>> numbers = new HashSet<>();
    for (int i = 0; i < shape.places().size(); i++) {
      Map<Integer, Long> weights = new TreeMap<>();
      for (int position : shape.places().get(i).positions()) {
        // rows have no column that is added up; a number of people is alone in its place
        int column = shape.positions().get(position).sum();
        weights.merge(column, coefficients[position], (a, b) -> Modulo.plusTimes(a, 1, b));
      }
      VectorShape.Place place = shape.places().get(i);
      VectorShape.Kind kind = shape.positions().get(place.positions().get(0)).kind();
      boolean isOfPeople = kind == VectorShape.Kind.PEOPLE;
      for (Map.Entry<Integer, Long> one : weights.entrySet()) {
        if (one.getValue() != 0) {
          places.set(i);
          numbers.add(List.of(isOfPeople, place.there(), one.getKey(), one.getValue()));
        }
      }
    }
    int used = 0;
    for (long coefficient : coefficients) {
      used += coefficient == 0 ? 0 : 1;
    }
    return new Reach(places, Math.min(used, numbers.size()));
  }
}
