package io.sallyport.connect.server.proto;

import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.spark.RefusedException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MetadataVersion;

/**
 * An Arrow IPC stream taken apart without believing a word of it: every length is compared with
 * what is there before it is used, and every byte is read through a heap buffer that knows its
 * bounds. No Arrow vector ever lies over a client's bytes, so there is no offset that could point
 * elsewhere.
 *
 * <p>Format: Arrow columnar format, "Serialization and Interprocess Communication", encapsulated
 * messages, metadata version 5.
 */
final class IpcStream {

  private static final int CONTINUATION = -1;
  private static final int ALIGNMENT = 8;

  /** Bytes of a header: what it takes to name all columns, many times over. */
  private static final int LONGEST_HEADER = 256 << 10;

  private IpcStream() {}

  /** One message: its header, and the bytes that the header speaks of. */
  record Part(Message header, ByteBuffer body) {}

  /**
   * @throws RefusedException when a length does not fit, or bytes are left over
   */
  static List<Part> parts(ByteBuffer stream) {
    ByteBuffer bytes = stream.slice().order(ByteOrder.LITTLE_ENDIAN);
    List<Part> parts = new ArrayList<>();
    while (bytes.hasRemaining()) {
      require(bytes.remaining() >= ALIGNMENT, "it ends within a message");
      require(bytes.getInt() == CONTINUATION, "a message does not begin where one should");
      int header = bytes.getInt();
      if (header == 0) {
        require(!bytes.hasRemaining(), "it goes on after its end");
        return parts;
      }
      parts.add(part(bytes, header));
    }
    return parts;
  }

  private static Part part(ByteBuffer bytes, int headerLength) {
    require(headerLength <= LONGEST_HEADER, "a header is too long");
    Message header = Message.getRootAsMessage(take(bytes, headerLength));
    require(header.version() == MetadataVersion.V5, "its format is not version 5");
    return new Part(header, take(bytes, header.bodyLength()));
  }

  private static ByteBuffer take(ByteBuffer bytes, long length) {
    require(length >= 0 && length <= bytes.remaining(), "it is shorter than it says");
    ByteBuffer taken = slice(bytes, bytes.position(), length);
    bytes.position(bytes.position() + (int) length);
    return taken;
  }

  /** A part of a buffer, when it is one. */
  static ByteBuffer slice(ByteBuffer bytes, long offset, long length) {
    require(
        offset >= 0 && length >= 0 && offset <= bytes.limit() && length <= bytes.limit() - offset,
        "a buffer lies outside of it");
    return bytes.slice((int) offset, (int) length).order(ByteOrder.LITTLE_ENDIAN);
  }

  static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw invalid(otherwise);
    }
  }

  static RefusedException invalid(String why) {
    return RefusedException.of(
        RefusalCode.PARAM_INVALID,
        "The data of a local relation are not admitted: " + why,
        "rows as createDataFrame sends them");
  }
}
