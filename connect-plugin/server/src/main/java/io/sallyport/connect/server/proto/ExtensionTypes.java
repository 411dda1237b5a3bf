package io.sallyport.connect.server.proto;

import io.sallyport.connect.protocol.ProtocolMessages;
import io.sallyport.connect.protocol.Request;
import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.spark.RefusedException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.connect.proto.Relation;
import org.apache.spark.connect.proto.WithRelations;
import org.sparkproject.connect.protobuf.Any;
import org.sparkproject.connect.protobuf.ByteString;
import org.sparkproject.connect.protobuf.CodedInputStream;
import org.sparkproject.connect.protobuf.CodedOutputStream;

/**
 * Our extensions of the protocol, both ways: a type URL and a value.
 *
 * <p>Clients' own extensions are refused or replaced, so whatever the relation plugin sees was
 * written here. Equal contents give equal bytes, because a re-sent operation reattaches only to an
 * equal plan. Decoding throws a {@link RefusedException} for whatever was not encoded here.
 */
public final class ExtensionTypes {

  /** A table by its name, as the analyst wrote it. */
  public static final String FRAME = "sallyport.io/frame";

  /** A SQL query. */
  public static final String QUERY = "sallyport.io/query";

  /** A {@code describe} or a {@code summary}; its value is that relation, its input rewritten. */
  public static final String SUMMARY = "sallyport.io/summary";

  /** A {@code fill_na}, {@code drop_na} or {@code replace}; its value is that relation. */
  public static final String MISSING = "sallyport.io/missing";

  /** A {@code sample}, of a split too; its value is that relation. */
  public static final String SAMPLE = "sallyport.io/sample";

  /** A {@code crosstab}; its value is that relation. */
  public static final String CROSSTAB = "sallyport.io/crosstab";

  /**
   * A text and the views that it names; its value has the text's relation as its root, and beside
   * it each view under its name.
   */
  public static final String VIEWS = "sallyport.io/views";

  /** A view to be dropped, by its name; its answer says whether there was one. */
  public static final String DROP_VIEW = "sallyport.io/drop-view";

  /** The command that makes a view; its value is the view's relation under its name. */
  public static final String CREATE_VIEW = "sallyport.io/create-view";

  /** The same, for a view that may take the place of another. */
  public static final String REPLACE_VIEW = "sallyport.io/replace-view";

  /** The root of what is run. */
  public static final String RELEASE = "sallyport.io/release";

  /** The input of a show; its value is that show, over a limit of which only the number counts. */
  public static final String SHOW = "sallyport.io/show";

  /** The root of what is only analysed. */
  public static final String DESCRIBE = "sallyport.io/describe";

  /** The command {@code spark.sql(text)}; its value is the SQL relation that answers it. */
  public static final String SQL_COMMAND = "sallyport.io/sql-command";

  /** In front of the name of a call of our own client that was admitted. */
  public static final String CALL = "sallyport.io/call/";

  /** The same, for a call whose answer's columns are asked for. */
  public static final String DESCRIBE_CALL = "sallyport.io/describe-call/";

  /** As deep as Spark's own marshaller goes; admission bounds plans far below. */
  private static final int RECURSION_LIMIT = 4_096;

  private static final String PROTOCOL = ProtocolMessages.TYPE_URL_PREFIX;

  /** Part of a plan, with a plan in it. */
  private static final Set<String> HOLDS_A_RELATION =
      Set.of(SUMMARY, MISSING, SAMPLE, CROSSTAB, VIEWS);

  private static final Set<String> TEXTS = Set.of(FRAME, QUERY, DROP_VIEW);

  private static final Set<String> RELATIONS =
      Set.of(
          SUMMARY,
          MISSING,
          SAMPLE,
          CROSSTAB,
          VIEWS,
          CREATE_VIEW,
          REPLACE_VIEW,
          RELEASE,
          SHOW,
          DESCRIBE);

  private ExtensionTypes() {}

  /** Whether an extension of this type has a text as its value. */
  static boolean isText(String typeUrl) {
    return TEXTS.contains(typeUrl);
  }

  /** Whether an extension of this type has a relation as its value. */
  static boolean isRelation(String typeUrl) {
    return RELATIONS.contains(typeUrl);
  }

  /** Whether an extension of this type is a part of a plan and has a relation as its value. */
  public static boolean holdsRelation(String typeUrl) {
    return HOLDS_A_RELATION.contains(typeUrl);
  }

  static Any text(String typeUrl, String text) {
    return any(typeUrl, ByteString.copyFromUtf8(text));
  }

  /** SQL text as a relation of ours, in the place of Spark's. */
  public static Relation query(String text) {
    return Relation.newBuilder().setExtension(text(QUERY, text)).build();
  }

  /** A {@link #QUERY} with views beside it; each is an alias over the view's relation. */
  public static Relation withViews(Relation query, Collection<Relation> views) {
    Relation text = Relation.newBuilder().setExtension(query.getExtension()).build();
    WithRelations both = WithRelations.newBuilder().setRoot(text).addAllReferences(views).build();
    return query.toBuilder()
        .setExtension(relation(VIEWS, Relation.newBuilder().setWithRelations(both).build()))
        .build();
  }

  /** A relation as the value of an extension. */
  public static Any relation(String typeUrl, Relation relation) {
    return any(typeUrl, deterministic(relation));
  }

  static Any call(String prefix, Request call) {
    String name = ProtocolMessages.typeUrl(call).substring(PROTOCOL.length());
    return any(prefix + name, ByteString.copyFrom(ProtocolMessages.encode(call)));
  }

  /** The value of a {@link #CALL} or a {@link #DESCRIBE_CALL}; empty for other extensions. */
  public static Optional<Request> call(Any extension, String prefix) {
    String type = extension.getTypeUrl();
    if (!type.startsWith(prefix)) {
      return Optional.empty();
    }
    try {
      String name = PROTOCOL + type.substring(prefix.length());
      return Optional.of(ProtocolMessages.decode(name, extension.getValue().toByteArray()));
    } catch (IllegalArgumentException e) {
      throw notOurs();
    }
  }

  /** A relation's bytes; equal relations have equal bytes. */
  public static byte[] bytes(Relation relation) {
    return deterministic(relation).toByteArray();
  }

  /** The relation of these bytes. */
  public static Relation relation(byte[] bytes) {
    return relation(CodedInputStream.newInstance(bytes));
  }

  /** The extension in the bytes that Spark hands to a plugin. */
  public static Any decode(byte[] extension) {
    try {
      return Any.parseFrom(extension);
    } catch (IOException e) {
      throw notOurs();
    }
  }

  /** The value of a {@link #FRAME}, a {@link #QUERY} or a {@link #DROP_VIEW}. */
  public static String text(Any extension) {
    ByteBuffer value = extension.getValue().asReadOnlyByteBuffer();
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(value).toString();
    } catch (CharacterCodingException e) {
      throw notOurs();
    }
  }

  /** The value of any other extension but a call: a relation. */
  public static Relation relation(Any extension) {
    return relation(extension.getValue().newCodedInput());
  }

  private static Relation relation(CodedInputStream value) {
    value.setRecursionLimit(RECURSION_LIMIT);
    try {
      return Relation.parseFrom(value);
    } catch (IOException e) {
      throw notOurs();
    }
  }

  private static Any any(String typeUrl, ByteString value) {
    return Any.newBuilder().setTypeUrl(typeUrl).setValue(value).build();
  }

  private static ByteString deterministic(Relation relation) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(relation.getSerializedSize());
    CodedOutputStream output = CodedOutputStream.newInstance(bytes);
    output.useDeterministicSerialization();
    try {
      relation.writeTo(output);
      output.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("Memory takes every byte", e);
    }
    return ByteString.copyFrom(bytes.toByteArray());
  }

  private static RefusedException notOurs() {
    return RefusedException.of(
        RefusalCode.RELATION_NOT_ALLOWED,
        "An extension is not one of ours",
        "a request without extensions");
  }
}
