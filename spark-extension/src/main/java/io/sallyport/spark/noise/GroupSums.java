package io.sallyport.spark.noise;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.types.DataType;

/**
 * One person's sums in the person's first groups: sorted by hash, where hashes are equal by the
 * bytes of the keys.
 */
final class GroupSums {

  private static final int FEW = 4;

  private final int most;
  private final int keyFields;
  private final int width;
  private int size;
  private long[] hashes;
  private byte[][] keys;
  private long[][] sums;

  /**
   * @param most how many groups are kept
   * @param keyFields how many columns a key has
   * @param width how many sums there are for each group
   */
  GroupSums(int most, int keyFields, int width) {
    this.most = most;
    this.keyFields = keyFields;
    this.width = width;
    int room = Math.min(most, FEW);
    this.hashes = new long[room];
    this.keys = new byte[room][];
    this.sums = new long[room][];
  }

  /** Whether a group of this hash is certainly none of the first. */
  boolean isBeyond(long hash) {
    return size == most && hash > hashes[size - 1];
  }

  /** Where a group's sums are, new if need be; negative when it is none of the first. */
  int slot(long hash, UnsafeRow key) {
    int at = 0;
    while (at < size && hashes[at] < hash) {
      at++;
    }
    byte[] bytes = null;
    for (; at < size && hashes[at] == hash; at++) {
      bytes = bytes == null ? key.getBytes() : bytes;
      int order = Arrays.compareUnsigned(keys[at], bytes);
      if (order == 0) {
        return at;
      }
      if (order > 0) {
        break;
      }
    }
    return at == most
        ? -1
        : insert(at, hash, bytes == null ? key.copy().getBytes() : bytes.clone(), new long[width]);
  }

  void add(int slot, int sum, long value) {
    sums[slot][sum] += value;
  }

  private int insert(int at, long hash, byte[] key, long[] values) {
    if (size == hashes.length && size < most) {
      int room = (int) Math.min(most, 2L * size);
      hashes = Arrays.copyOf(hashes, room);
      keys = Arrays.copyOf(keys, room);
      sums = Arrays.copyOf(sums, room);
    }
    int moved = Math.min(size, most - 1) - at;
    System.arraycopy(hashes, at, hashes, at + 1, moved);
    System.arraycopy(keys, at, keys, at + 1, moved);
    System.arraycopy(sums, at, sums, at + 1, moved);
    hashes[at] = hash;
    keys[at] = key;
    sums[at] = values;
    size = Math.min(size + 1, most);
    return at;
  }

  GroupSums merge(GroupSums other) {
    for (int i = 0; i < other.size; i++) {
      include(other.hashes[i], other.keys[i], other.sums[i]);
    }
    return this;
  }

  private void include(long hash, byte[] key, long[] values) {
    int at = 0;
    int order = -1;
    while (at < size) {
      order = Long.compare(hashes[at], hash);
      order = order == 0 ? Arrays.compareUnsigned(keys[at], key) : order;
      if (order >= 0) {
        break;
      }
      at++;
    }
    if (at < size && order == 0) {
      for (int i = 0; i < width; i++) {
        sums[at][i] += values[i];
      }
    } else if (at < most) {
      insert(at, hash, key, values.clone());
    }
  }

  /** Rows of the key's columns and the sums. */
  ArrayData toArray(DataType[] types) {
    Object[] rows = new Object[size];
    UnsafeRow key = new UnsafeRow(keyFields);
    for (int i = 0; i < size; i++) {
      key.pointTo(keys[i], keys[i].length);
      Object[] row = new Object[keyFields + width];
      for (int k = 0; k < keyFields; k++) {
        row[k] = key.get(k, types[k]);
      }
      for (int s = 0; s < width; s++) {
        row[keyFields + s] = sums[i][s];
      }
      rows[i] = new GenericInternalRow(row);
    }
    return new GenericArrayData(rows);
  }

  byte[] toBytes() {
    int length = Integer.BYTES;
    for (int i = 0; i < size; i++) {
      length += Long.BYTES * (1 + width) + Integer.BYTES + keys[i].length;
    }
    ByteBuffer bytes = ByteBuffer.allocate(length).putInt(size);
    for (int i = 0; i < size; i++) {
      bytes.putLong(hashes[i]).putInt(keys[i].length).put(keys[i]);
      for (long sum : sums[i]) {
        bytes.putLong(sum);
      }
    }
    return bytes.array();
  }

  /** What {@link #toBytes} wrote. */
  GroupSums read(byte[] written) {
    ByteBuffer bytes = ByteBuffer.wrap(written);
    size = bytes.getInt();
    hashes = new long[Math.max(size, 1)];
    keys = new byte[hashes.length][];
    sums = new long[hashes.length][];
    for (int i = 0; i < size; i++) {
      hashes[i] = bytes.getLong();
      keys[i] = new byte[bytes.getInt()];
      bytes.get(keys[i]);
      sums[i] = new long[width];
      for (int s = 0; s < width; s++) {
        sums[i][s] = bytes.getLong();
      }
    }
    return this;
  }
}
