package io.sallyport.spark.bounding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is kept of a person is the same however the person's rows come and are split. */
final class GroupSumsTest {

  private static final DataType[] KEY = {DataTypes.StringType, DataTypes.IntegerType};
  private static final UnsafeProjection KEYS = UnsafeProjection.create(KEY);

  private record Entry(long hash, String name, Integer number, long value) {}

  /** So few hashes that keys of equal hash are many: then the bytes of the keys decide. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 64})
  void firstGroups_areTheSame_howeverRowsAreSplit(int most) {
    Random random = new Random(most);
    for (int run = 0; run < 200; run++) {
      List<Entry> entries = entries(random);
      Map<List<Object>, List<Long>> whole = kept(part(entries, most));
      assertThat(whole).hasSize((int) Math.min(most, distinct(entries)));
      assertHasEveryRowOfItsGroups(whole, entries);

      Collections.shuffle(entries, random);
      int cut = random.nextInt(entries.size() + 1);
      GroupSums left = part(entries.subList(0, cut), most);
      GroupSums right = part(entries.subList(cut, entries.size()), most);
      GroupSums read = new GroupSums(most, KEY.length, 2).read(right.toBytes());
      assertThat(kept(left.merge(read))).isEqualTo(whole);
    }
  }

  private static List<Entry> entries(Random random) {
    List<Entry> entries = new ArrayList<>();
    int rows = 1 + random.nextInt(40);
    for (int i = 0; i < rows; i++) {
      String name = random.nextInt(5) == 0 ? null : "n" + random.nextInt(6);
      Integer number = random.nextInt(5) == 0 ? null : random.nextInt(3);
      long hash = (name == null ? 0 : name.hashCode()) % 3L - 1L;
      entries.add(new Entry(hash, name, number, random.nextInt(100) - 50));
    }
    return entries;
  }

  private static GroupSums part(List<Entry> entries, int most) {
    GroupSums sums = new GroupSums(most, KEY.length, 2);
    for (Entry entry : entries) {
      if (!sums.isBeyond(entry.hash())) {
        int slot = sums.slot(entry.hash(), KEYS.apply(row(entry)));
        if (slot >= 0) {
          sums.add(slot, 0, 1);
          sums.add(slot, 1, entry.value());
        }
      }
    }
    return sums;
  }

  private static InternalRow row(Entry entry) {
    return new GenericInternalRow(
        new Object[] {
          entry.name() == null ? null : UTF8String.fromString(entry.name()), entry.number()
        });
  }

  private static Map<List<Object>, List<Long>> kept(GroupSums sums) {
    Map<List<Object>, List<Long>> kept = new HashMap<>();
    ArrayData rows = sums.toArray(KEY);
    for (int i = 0; i < rows.numElements(); i++) {
      InternalRow row = rows.getStruct(i, KEY.length + 2);
      List<Object> key = new ArrayList<>();
      key.add(row.isNullAt(0) ? null : row.getUTF8String(0).toString());
      key.add(row.isNullAt(1) ? null : row.getInt(1));
      assertThat(kept.put(key, List.of(row.getLong(2), row.getLong(3)))).isNull();
    }
    return kept;
  }

  private static long distinct(List<Entry> entries) {
    return entries.stream().map(GroupSumsTest::key).distinct().count();
  }

  private static void assertHasEveryRowOfItsGroups(
      Map<List<Object>, List<Long>> kept, List<Entry> entries) {
    kept.forEach(
        (key, sums) -> {
          List<Entry> own = entries.stream().filter(e -> key(e).equals(key)).toList();
          long total = own.stream().mapToLong(Entry::value).sum();
          assertThat(sums).containsExactly((long) own.size(), total);
        });
    // No group before the last that is kept is missing.
    long last =
        entries.stream()
            .filter(e -> kept.containsKey(key(e)))
            .map(Entry::hash)
            .max(Comparator.naturalOrder())
            .orElseThrow();
    assertThat(entries)
        .filteredOn(e -> e.hash() < last)
        .allSatisfy(e -> assertThat(kept).containsKey(key(e)));
  }

  private static List<Object> key(Entry entry) {
    return Arrays.asList(entry.name(), entry.number());
  }
}
