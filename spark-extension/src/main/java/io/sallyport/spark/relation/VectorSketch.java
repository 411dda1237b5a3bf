package io.sallyport.spark.relation;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * As many of people's vectors as tell of each linear function whether it is zero for everybody, or
 * for how many people it is not zero, as long as these are too few.
 *
 * <p>Each vector goes into the first of as many bases as people are enough whose span it does not
 * lie in. One that lies in all spans is left out: a function that is not zero for it is not zero
 * for somebody in each basis, so for enough. Sketches merge.
 */
public final class VectorSketch {

  /** So many sets of places in which people have rows are counted; the rest together. */
  private static final int MOST_SETS = 4096;

  /** The golden ratio's fraction, as an odd number. */
  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  private final int length;
  private final int least;
  private final List<Basis> bases = new ArrayList<>();
  private final List<long[]> vectors = new ArrayList<>();
  private final TreeMap<BitSet, Long> parts = new TreeMap<>(VectorSketch::compare);
  private final long[] people;
  private long others;

  /**
   * @param length of each vector
   * @param places how many places there are in which people may have rows
   * @param least so many people are enough
   */
  VectorSketch(int length, int places, int least) {
    this.length = length;
    this.least = least;
    this.people = new long[places];
  }

  /**
   * One more person.
   *
   * @param part the places in which the person has rows; kept
   * @param vector kept
   */
  void add(BitSet part, long[] vector) {
    part.stream().forEach(i -> people[i]++);
    addPart(part, 1);
    offer(vector);
  }

  private void addPart(BitSet part, long number) {
    parts.merge(part, number, Long::sum);
    if (parts.size() > MOST_SETS) {
      others += parts.pollLastEntry().getValue();
    }
  }

  /** By hashes, so that which sets are kept depends neither on the order of people nor on size. */
  private static int compare(BitSet one, BitSet other) {
    int byHash = Integer.compare(Arrays.hashCode(spread(one)), Arrays.hashCode(spread(other)));
    return byHash == 0 ? Arrays.compare(one.toLongArray(), other.toLongArray()) : byHash;
  }

  private static long[] spread(BitSet set) {
    return Arrays.stream(set.toLongArray()).map(word -> word * SPREAD).toArray();
  }

  private void offer(long[] vector) {
    boolean isFull = bases.size() == least;
    boolean isZero = Arrays.stream(vector).allMatch(value -> value == 0);
    if (isZero || (isFull && bases.get(least - 1).spans(vector))) {
      return; // the spans are nested: each holds the next
    }
    for (Basis basis : bases) {
      if (!basis.spans(vector) && basis.add(vector)) {
        vectors.add(vector);
        return;
      }
    }
    if (!isFull) {
      Basis basis = new Basis(length);
      basis.add(vector);
      bases.add(basis);
      vectors.add(vector);
    }
  }

  void merge(VectorSketch other) {
    for (int i = 0; i < people.length; i++) {
      people[i] += other.people[i];
    }
    others += other.others;
    other.parts.forEach(this::addPart);
    other.vectors.forEach(this::offer);
  }

  int length() {
    return length;
  }

  int least() {
    return least;
  }

  /** What is kept, in an order of its own. */
  List<long[]> vectors() {
    List<long[]> sorted = new ArrayList<>(vectors);
    sorted.sort(Arrays::compare);
    return sorted;
  }

  /** Whether each function that is not zero for everybody is not zero for enough people. */
  boolean isProved() {
    return bases.isEmpty()
        || (bases.size() == least && bases.get(least - 1).size() == bases.get(0).size());
  }

  /** The dimension of the span of all vectors. */
  int rank() {
    return bases.isEmpty() ? 0 : bases.get(0).size();
  }

  /** How many people have rows in some of the places; more, where there are too many sets. */
  long peopleIn(BitSet places) {
    long some =
        parts.entrySet().stream()
            .filter(one -> one.getKey().intersects(places))
            .mapToLong(Map.Entry::getValue)
            .sum();
    return Math.min(some + others, places.stream().mapToLong(i -> people[i]).sum());
  }

  byte[] bytes() {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      DataOutputStream out = new DataOutputStream(bytes);
      for (long number : people) {
        out.writeLong(number);
      }
      out.writeLong(others);
      out.writeInt(parts.size());
      for (Map.Entry<BitSet, Long> one : parts.entrySet()) {
        byte[] set = one.getKey().toByteArray();
        out.writeInt(set.length);
        out.write(set);
        out.writeLong(one.getValue());
      }
      out.writeInt(vectors.size());
      for (long[] vector : vectors) {
        for (long value : vector) {
          out.writeInt((int) value);
        }
      }
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static VectorSketch of(int length, int places, int least, byte[] bytes) {
    try {
      VectorSketch sketch = new VectorSketch(length, places, least);
      DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
      for (int i = 0; i < places; i++) {
        sketch.people[i] = in.readLong();
      }
      sketch.others = in.readLong();
      for (int sets = in.readInt(); sets > 0; sets--) {
        BitSet set = BitSet.valueOf(in.readNBytes(in.readInt()));
        sketch.addPart(set, in.readLong());
      }
      for (int kept = in.readInt(); kept > 0; kept--) {
        long[] vector = new long[length];
        for (int i = 0; i < length; i++) {
          vector[i] = in.readInt();
        }
        sketch.offer(vector);
      }
      return sketch;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
