package io.sallyport.spark.frequency;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * How many people of a cell have which value: exactly, as long as there are few different values;
 * then Misra and Gries's bounds (Finding repeated elements, 1982), which merge.
 *
 * <p>Where there are more values than are told apart, at least that many people are off any one of
 * them.
 */
public final class Frequencies {

  /**
   * A value, or two of them.
   *
   * @param several 1 when the first is none because the person has several, 2 when the second is
   */
  public record Value(long first, long second, int several) {}

  /** Stands for no value at all. */
  public static final long ABSENT = 0x5a11_b0a7_ab5e_27ffL;

  private final int most;
  private final Map<Value, Long> counts = new HashMap<>();
  private long people;
  private long missed;

  /**
   * @param most values that are told apart
   */
  public Frequencies(int most) {
    this.most = most;
  }

  /** One more person, with a value. */
  public void add(Value value) {
    people++;
    add(value, 1);
    if (counts.size() > most) {
      decrease(1);
    }
  }

  private void add(Value value, long number) {
    counts.merge(value, number, Long::sum);
  }

  private void decrease(long by) {
    missed += by;
    for (Iterator<Map.Entry<Value, Long>> all = counts.entrySet().iterator(); all.hasNext(); ) {
      Map.Entry<Value, Long> one = all.next();
      if (one.getValue() <= by) {
        all.remove();
      } else {
        one.setValue(one.getValue() - by);
      }
    }
  }

  void merge(Frequencies other) {
    people += other.people;
    missed += other.missed;
    other.counts.forEach(this::add);
    if (counts.size() > most) {
      List<Long> sorted = new ArrayList<>(counts.values());
      sorted.sort((a, b) -> Long.compare(b, a));
      decrease(sorted.get(most));
    }
  }

  /** Whether all values are told apart, and counted exactly. */
  public boolean isExact() {
    return missed == 0;
  }

  /** How many people have a value, or several. */
  public long people() {
    return people - counts.getOrDefault(new Value(ABSENT, 0, 0), 0L);
  }

  /** How many people may have a value beyond what is counted of it. */
  public long missed() {
    return missed;
  }

  /** The values with what is counted of each, the most common first; no person has several. */
  public List<Map.Entry<Value, Long>> mostCommon() {
    List<Map.Entry<Value, Long>> values = new ArrayList<>();
    counts.forEach(
        (value, number) -> {
          if (value.several() == 0 && value.first() != ABSENT) {
            values.add(Map.entry(value, number));
          }
        });
    values.sort(
        (a, b) -> {
          int byNumber = Long.compare(b.getValue(), a.getValue());
          return byNumber != 0 ? byNumber : Long.compare(a.getKey().first(), b.getKey().first());
        });
    return values;
  }

  /** Every value with what is counted of it. */
  public Map<Value, Long> counts() {
    return counts;
  }

  void write(DataOutputStream out) throws IOException {
    out.writeLong(people);
    out.writeLong(missed);
    out.writeInt(counts.size());
    for (Map.Entry<Value, Long> one : counts.entrySet()) {
      out.writeLong(one.getKey().first());
      out.writeLong(one.getKey().second());
      out.writeByte(one.getKey().several());
      out.writeLong(one.getValue());
    }
  }

  static Frequencies read(int most, DataInputStream in) throws IOException {
    Frequencies frequencies = new Frequencies(most);
    frequencies.people = in.readLong();
    frequencies.missed = in.readLong();
    int size = in.readInt();
    for (int i = 0; i < size; i++) {
      Value value = new Value(in.readLong(), in.readLong(), in.readByte());
      frequencies.counts.put(value, in.readLong());
    }
    return frequencies;
  }

  static byte[] bytes(List<Frequencies> all) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      DataOutputStream out = new DataOutputStream(bytes);
      out.writeInt(all.size());
      for (Frequencies one : all) {
        one.write(out);
      }
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What {@link FrequentValues} gives. */
  public static List<Frequencies> of(int most, byte[] bytes) {
    try {
      DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
      int size = in.readInt();
      List<Frequencies> all = new ArrayList<>();
      for (int i = 0; i < size; i++) {
        all.add(read(most, in));
      }
      return all;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
