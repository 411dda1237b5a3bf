package io.sallyport.spark.artifact;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;

/**
 * An artifact as bytes before they are sealed: the evidence and the schema, each with its length,
 * then the rows as an Arrow IPC stream.
 */
final class ContentFormat {

  private ContentFormat() {}

  static void write(ArtifactContent content, OutputStream out) throws IOException {
    DataOutputStream data = new DataOutputStream(out);
    text(content.evidenceJson(), data);
    text(content.schema().json(), data);
    ArrowIpc.write(content.schema(), content.rows(), data);
    data.flush();
  }

  /** Reads up to the stream's own end: a byte after it is an error. */
  static ArtifactContent read(InputStream in, RowSink.Maker sinks) throws IOException {
    DataInputStream data = new DataInputStream(in);
    String evidence = text(data);
    StructType schema = (StructType) DataType.fromJson(text(data));
    RowSink sink = sinks.sink(schema);
    ArrowIpc.read(schema, data, sink::add);
    if (data.read() >= 0) {
      throw new IOException("Something follows the rows");
    }
    return new ArtifactContent(schema, sink.rows(), evidence);
  }

  private static void text(String text, DataOutputStream out) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static String text(DataInputStream in) throws IOException {
    return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
  }
}
