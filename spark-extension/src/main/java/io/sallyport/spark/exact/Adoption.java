package io.sallyport.spark.exact;

import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.spark.seal.FrameTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.ExprId;

/**
 * Writes a part over the base of an earlier part of the same question, where both are over the same
 * data: frames over one source are one frame, and what is told of it is told by one table.
 */
final class Adoption {

  private Adoption() {}

  /**
   * @throws Unreadable when both are over the same data, but not over the same rows
   */
  static Part of(Part part, List<Part> before, Origins origins) {
    Part adopted = null;
    for (Part earlier : before) {
      if (!earlier.base().isOver(part.base())) {
        requireApart(part, earlier);
        continue;
      }
      if (!earlier.base().sameRows(part.base())) {
        throw new Unreadable(
            RefusalCode.UNIT_AMBIGUOUS, whatDiffers(part.base(), earlier.base()), "two queries");
      }
      adopted = adopted == null ? over(part, earlier, origins) : adopted;
    }
    return adopted == null ? part : adopted;
  }

  private static String whatDiffers(Base one, Base other) {
    boolean both = one.leaf() && other.leaf() && one.unit().isPresent() == other.unit().isPresent();
    return both
        ? "one query tells of frame %s and of frame %s, which have rows in common"
            .formatted(one.table().name(), other.table().name())
        : "one query tells of rows and of persons of " + one.table().name();
  }

  /**
   * Numbers of the same people over different measured rows are not cells of one table, so nothing
   * would say of how many people their differences are.
   */
  private static void requireApart(Part part, Part earlier) {
    for (FrameTable one : tables(part)) {
      for (FrameTable other : tables(earlier)) {
        if (Base.isOver(one, other)) {
          throw new Unreadable(
              RefusalCode.UNIT_AMBIGUOUS,
              "one query tells of " + one.name() + " over rows of different frames",
              "two queries, or the same join in each part of the query");
        }
      }
    }
  }

  private static List<FrameTable> tables(Part part) {
    List<FrameTable> tables = new ArrayList<>(part.lookedUp());
    tables.add(part.base().table());
    return tables;
  }

  private static Part over(Part part, Part earlier, Origins origins) {
    Base base = earlier.base();
    List<Attribute> own = part.base().columns();
    List<Attribute> shared = base.columns();
    Map<ExprId, Attribute> names = new HashMap<>();
    Set<ExprId> freelyMissing = new HashSet<>();
    for (int i = 0; i < own.size(); i++) {
      names.put(own.get(i).exprId(), shared.get(i));
      origins.copy(own.get(i).exprId(), shared.get(i).exprId());
      if (part.freelyMissing().contains(own.get(i).exprId())
          && earlier.freelyMissing().contains(shared.get(i).exprId())) {
        freelyMissing.add(shared.get(i).exprId());
      }
    }
    return part.over(base, expression -> Fresh.renamed(expression, names), freelyMissing);
  }
}
