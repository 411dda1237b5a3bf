package io.sallyport.connect.cli;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The names of a Parquet file's columns, out of its footer: of the structs of Thrift's compact
 * protocol that the footer consists of, only the schema's names and numbers of children are read.
 */
final class ParquetColumns {
  private static final int TAIL = 8;
  private static final int MOST_FOOTER = 1 << 26;
  private static final int MOST_DEPTH = 32;
  private static final int SCHEMA = 2;
  private static final int NAME = 4;
  private static final int CHILDREN = 5;

  /** Types of the compact protocol. */
  private static final int TRUE = 1;

  private static final int FALSE = 2;
  private static final int BYTE = 3;
  private static final int DOUBLE = 7;
  private static final int BINARY = 8;
  private static final int LIST = 9;
  private static final int SET = 10;
  private static final int MAP = 11;
  private static final int STRUCT = 12;

  private record Element(String name, int children) {}

  private final ByteBuffer footer;

  private ParquetColumns(ByteBuffer footer) {
    this.footer = footer;
  }

  /** The columns; empty when it is no Parquet file, or one that is encrypted or damaged. */
  static Optional<List<String>> of(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      if (channel.size() < TAIL) {
        return Optional.empty();
      }
      ByteBuffer tail = read(channel, channel.size() - TAIL, TAIL);
      int length = tail.getInt();
      byte[] magic = new byte[4];
      tail.get(magic);
      boolean isParquet = new String(magic, StandardCharsets.ISO_8859_1).equals("PAR1");
      if (!isParquet || length <= 0 || length > Math.min(MOST_FOOTER, channel.size() - TAIL)) {
        return Optional.empty();
      }
      ByteBuffer footer = read(channel, channel.size() - TAIL - length, length);
      return Optional.of(new ParquetColumns(footer).columns());
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static ByteBuffer read(FileChannel channel, long at, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, at + bytes.position()) < 0) {
        throw new IOException("The file became shorter");
      }
    }
    return bytes.flip();
  }

  private List<String> columns() {
    int field = 0;
    for (int head = next(); head != 0; head = next()) {
      field = field(field, head);
      if (field == SCHEMA && (head & 0xf) == LIST) {
        return topLevel(elements());
      }
      skip(head & 0xf, 0);
    }
    throw new IllegalArgumentException("no schema");
  }

  private List<Element> elements() {
    int head = next();
    long size = (head >> 4) == 0xf ? varint() : head >> 4;
    List<Element> elements = new ArrayList<>();
    for (long i = 0; i < size; i++) {
      elements.add(element());
    }
    return elements;
  }

  private Element element() {
    String name = "";
    int children = 0;
    int field = 0;
    for (int head = next(); head != 0; head = next()) {
      field = field(field, head);
      if (field == NAME) {
        name = new String(binary(), StandardCharsets.UTF_8);
      } else if (field == CHILDREN) {
        children = Math.toIntExact(zigzag(varint()));
      } else {
        skip(head & 0xf, 0);
      }
    }
    return new Element(name, children);
  }

  /** The root's children; whatever is within one of them follows it. */
  private static List<String> topLevel(List<Element> elements) {
    List<String> names = new ArrayList<>();
    int at = 1;
    for (int i = 0; i < elements.get(0).children(); i++) {
      names.add(elements.get(at).name());
      long open = 1;
      while (open > 0) {
        open += elements.get(at).children() - 1L;
        at++;
      }
    }
    return names;
  }

  private int field(int before, int head) {
    int step = head >> 4;
    return step == 0 ? Math.toIntExact(zigzag(varint())) : before + step;
  }

  private void skip(int type, int depth) {
    if (depth > MOST_DEPTH) {
      throw new IllegalArgumentException("too deep");
    }
    switch (type) {
      case TRUE, FALSE -> {}
      case BYTE -> next();
      case DOUBLE -> footer.getDouble();
      case BINARY -> binary();
      case LIST, SET -> skipList(depth);
      case MAP -> skipMap(depth);
      case STRUCT -> {
        for (int head = next(); head != 0; head = next()) {
          field(0, head);
          skip(head & 0xf, depth + 1);
        }
      }
      default -> varint();
    }
  }

  private void skipList(int depth) {
    int head = next();
    long size = (head >> 4) == 0xf ? varint() : head >> 4;
    for (long i = 0; i < size; i++) {
      skipElement(head & 0xf, depth);
    }
  }

  private void skipMap(int depth) {
    long size = varint();
    int types = size == 0 ? 0 : next();
    for (long i = 0; i < size; i++) {
      skipElement(types >> 4, depth);
      skipElement(types & 0xf, depth);
    }
  }

  /** Within a list a truth is a byte. */
  private void skipElement(int type, int depth) {
    skip(type == TRUE || type == FALSE ? BYTE : type, depth + 1);
  }

  private byte[] binary() {
    long length = varint();
    if (length < 0 || length > footer.remaining()) {
      throw new IllegalArgumentException("too long");
    }
    byte[] bytes = new byte[(int) length];
    footer.get(bytes);
    return bytes;
  }

  private int next() {
    return footer.get() & 0xff;
  }

  private long varint() {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      int part = next();
      value |= (long) (part & 0x7f) << shift;
      if ((part & 0x80) == 0) {
        return value;
      }
    }
    throw new IllegalArgumentException("no number");
  }

  private static long zigzag(long value) {
    return (value >>> 1) ^ -(value & 1);
  }
}
