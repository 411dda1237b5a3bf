package io.sallyport.connect.server.relation;

import io.sallyport.connect.protocol.AnswerSchemas;
import io.sallyport.connect.server.proto.SqlLiteral;
import io.sallyport.spark.answer.Explanation;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.connect.proto.Relation;

/** What {@code EXPLAIN PRIVACY} answers: one row for each frame and part of the question. */
final class ExplainAnswer {

  private static final String COLUMNS =
      AnswerSchemas.EXPLAIN_PRIVACY.stream()
          .map(AnswerSchemas.Column::name)
          .collect(Collectors.joining(", "));

  private ExplainAnswer() {}

  static Relation of(List<Explanation> lines) {
    // A question about nothing governed has no lines, and VALUES needs one.
    String rows =
        lines.isEmpty()
            ? values(new Explanation("", "RELEASE", "", "", "nothing governed", "", "", ""))
            : lines.stream().map(ExplainAnswer::values).collect(Collectors.joining(", "));
    return TextRelation.of(
        "SELECT %s FROM VALUES %s AS explained(%s)".formatted(COLUMNS, rows, COLUMNS));
  }

  private static String values(Explanation line) {
    return Stream.of(
            line.frame(),
            line.verdict(),
            line.code(),
            line.subject(),
            line.policy(),
            line.remedy(),
            line.releasePoint(),
            line.obligation())
        .map(SqlLiteral::text)
        .collect(Collectors.joining(", ", "(", ")"));
  }
}
