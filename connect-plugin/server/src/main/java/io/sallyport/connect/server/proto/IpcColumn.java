package io.sallyport.connect.server.proto;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * The values of one column in one record batch, each read from a buffer that knows its bounds.
 *
 * @param rows how many there are
 * @param validity a bit for each row, or nothing when every row has a value
 * @param data the values; of strings, the offsets
 * @param characters of strings, their bytes
 */
record IpcColumn(int rows, ByteBuffer validity, ByteBuffer data, ByteBuffer characters) {

  private static final int DECIMAL_BYTES = 16;

  /**
   * Of strings: offsets that only grow, those of rows without a value too. Else texts could overlap
   * and be, together, far more than was sent.
   */
  void requireOffsets() {
    int last = 0;
    for (int row = 0; rows > 0 && row <= rows; row++) {
      int offset = data.getInt(row * Integer.BYTES);
      IpcStream.require(offset >= last, "its offsets are out of order");
      last = offset;
    }
    IpcStream.require(last <= characters.limit(), "its offsets lead out of it");
  }

  boolean isNull(int row) {
    return validity.limit() > 0 && !bit(validity, row);
  }

  int nulls() {
    int nulls = 0;
    for (int row = 0; row < rows; row++) {
      nulls += isNull(row) ? 1 : 0;
    }
    return nulls;
  }

  boolean bool(int row) {
    return bit(data, row);
  }

  byte int8(int row) {
    return data.get(row);
  }

  short int16(int row) {
    return data.getShort(row * Short.BYTES);
  }

  int int32(int row) {
    return data.getInt(row * Integer.BYTES);
  }

  long int64(int row) {
    return data.getLong(row * Long.BYTES);
  }

  float float32(int row) {
    return data.getFloat(row * Float.BYTES);
  }

  double float64(int row) {
    return data.getDouble(row * Double.BYTES);
  }

  BigDecimal decimal(int row, SimpleType type) {
    byte[] bigEndian = new byte[DECIMAL_BYTES];
    for (int i = 0; i < DECIMAL_BYTES; i++) {
      bigEndian[DECIMAL_BYTES - 1 - i] = data.get(row * DECIMAL_BYTES + i);
    }
    BigDecimal value = new BigDecimal(new BigInteger(bigEndian), type.scale());
    IpcStream.require(value.precision() <= type.precision(), "a decimal has too many digits");
    return value;
  }

  /**
   * A string's bytes, when they are UTF-8: Spark finds a character's end without looking for it.
   */
  byte[] utf8(int row) {
    int from = data.getInt(row * Integer.BYTES);
    int to = data.getInt((row + 1) * Integer.BYTES);
    ByteBuffer text = IpcStream.slice(characters, from, (long) to - from);
    byte[] bytes = new byte[text.limit()];
    text.get(bytes);
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
    } catch (CharacterCodingException e) {
      throw IpcStream.invalid("a string is not UTF-8");
    }
    return bytes;
  }

  private static boolean bit(ByteBuffer bits, int index) {
    return (bits.get(index >> 3) >> (index & 7) & 1) == 1;
  }
}
