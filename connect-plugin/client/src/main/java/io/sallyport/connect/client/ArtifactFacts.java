package io.sallyport.connect.client;

import io.sallyport.connect.protocol.AnsweredVerdict;
import io.sallyport.connect.protocol.SizeClass;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import scala.jdk.javaapi.CollectionConverters;

/**
 * What the server told about an artifact.
 *
 * @param schema its columns
 * @param verdict what the policies say
 * @param grounds why
 * @param sizeClass how large it is, roughly
 */
record ArtifactFacts(
    StructType schema, AnsweredVerdict verdict, List<Ground> grounds, SizeClass sizeClass) {

  ArtifactFacts {
    grounds = List.copyOf(grounds);
  }

  /** From the answer to a Collect. */
  static ArtifactFacts collected(Row row) {
    return new ArtifactFacts(
        Answers.schema(Answers.text(row, "schema")),
        Answers.name(row, "verdict", AnsweredVerdict.class),
        grounds(row),
        Answers.name(row, "size_class", SizeClass.class));
  }

  private static List<Ground> grounds(Row row) {
    Optional<?> cell = Answers.cell(row, "grounds", scala.collection.Iterable.class);
    return cell.stream()
        .flatMap(grounds -> CollectionConverters.asJava(seq(grounds)).stream())
        .map(ArtifactFacts::ground)
        .toList();
  }

  private static scala.collection.Seq<?> seq(Object grounds) {
    return ((scala.collection.Iterable<?>) grounds).toSeq();
  }

  private static Ground ground(Object struct) {
    if (!(struct instanceof Row row)) {
      throw new RemoteFailure("The server's grounds cannot be read");
    }
    return new Ground(
        Answers.said(row, "frame").orElse(""),
        Answers.said(row, "code").orElse(""),
        Answers.said(row, "subject").orElse(""),
        Answers.said(row, "policy").orElse(""),
        Answers.said(row, "remedy").orElse(""));
  }
}
