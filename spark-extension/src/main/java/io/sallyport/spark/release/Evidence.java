package io.sallyport.spark.release;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.policy.frame.FrameName;
import io.sallyport.spark.label.ReleasePoint;
import io.sallyport.spark.label.RowLabel;
import io.sallyport.spark.scala.Catalyst;
import io.sallyport.spark.scala.Scala;
import io.sallyport.spark.seal.FrameTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.types.DataTypes;

/**
 * What stands behind an exact result, for owners only: how many people each group rests on, how
 * many people have a part in it at all, and how many of the frame it leaves out.
 *
 * <p>JSON: {@code {"points":[{"keys":[..],"frames":{f:{"total":n,"inside":n,"left_out":n}},
 * "groups":[{"key":[..],"units":{f:n}}],"outputs":[n]}]}}; of many groups, the smallest. {@code
 * outputs} are the result's columns that hold the keys, from 0; missing when that is not known.
 */
final class Evidence {

  private static final int MOST_GROUPS = 200;

  private final Chamber chamber;
  private final FrameTotals totals;
  private final Unseal unseal;

  Evidence(Chamber chamber, FrameTotals totals, Unseal unseal) {
    this.chamber = chamber;
    this.totals = totals;
    this.unseal = unseal;
  }

  String of(Judged judged) {
    ObjectNode evidence = JsonNodeFactory.instance.objectNode();
    ArrayNode points = evidence.putArray("points");
    for (ReleasePoint point : judged.labels().releasePoints()) {
      if (point.rows() instanceof RowLabel.Owned) {
        LogicalPlan input = point.aggregate().child();
        ObjectNode counted = point(Scala.list(point.aggregate().groupingExpressions()), input);
        KeyColumns.of(judged.plan(), point.aggregate())
            .ifPresent(columns -> columns.forEach(counted.putArray("outputs")::add));
        points.add(counted);
      } else {
        points.addObject().put("note", "People are mixed below this aggregate and not counted");
      }
    }
    if (judged.labels().root().rows() instanceof RowLabel.Owned) {
      points.add(point(List.of(), judged.plan()));
    }
    return evidence.toString();
  }

  private ObjectNode point(List<Expression> keys, LogicalPlan input) {
    CarriedPlan carried = CarryUnits.through(input);
    List<FrameTable> tables = FrameTotals.tables(input);
    ObjectNode point = JsonNodeFactory.instance.objectNode();
    ArrayNode names = point.putArray("keys");
    keys.forEach(key -> names.add(key.sql()));
    InternalRow inside = chamber.run(counted(List.of(), carried, tables)).get(0);
    ObjectNode frames = point.putObject("frames");
    for (int i = 0; i < tables.size(); i++) {
      long total = totals.of(tables.get(i), unseal);
      frames
          .putObject(tables.get(i).name().value())
          .put("total", total)
          .put("inside", inside.getLong(i))
          .put("left_out", total - inside.getLong(i));
    }
    if (!keys.isEmpty()) {
      addGroups(point, keys, carried, tables);
    }
    return point;
  }

  private void addGroups(
      ObjectNode point, List<Expression> keys, CarriedPlan carried, List<FrameTable> tables) {
    int width = keys.size();
    List<InternalRow> rows = new ArrayList<>(chamber.run(counted(keys, carried, tables)));
    rows.sort((a, b) -> Long.compare(fewest(a, width, tables), fewest(b, width, tables)));
    point.put("group_count", rows.size());
    ArrayNode groups = point.putArray("groups");
    for (InternalRow row : rows.subList(0, Math.min(MOST_GROUPS, rows.size()))) {
      ObjectNode group = groups.addObject();
      ArrayNode key = group.putArray("key");
      for (int i = 0; i < width; i++) {
        key.add(row.isNullAt(i) ? null : row.getUTF8String(i).toString());
      }
      ObjectNode units = group.putObject("units");
      for (int i = 0; i < tables.size(); i++) {
        units.put(tables.get(i).name().value(), row.getLong(width + i));
      }
    }
  }

  private static long fewest(InternalRow row, int width, List<FrameTable> tables) {
    long fewest = Long.MAX_VALUE;
    for (int i = 0; i < tables.size(); i++) {
      fewest = Math.min(fewest, row.getLong(width + i));
    }
    return fewest;
  }

  private LogicalPlan counted(List<Expression> keys, CarriedPlan carried, List<FrameTable> tables) {
    List<NamedExpression> columns = new ArrayList<>();
    keys.forEach(key -> columns.add(Catalyst.alias(text(key), "key")));
    Map<FrameName, Attribute> units = carried.units();
    for (FrameTable table : tables) {
      Attribute unit = units.get(table.name());
      boolean row = table.frame().orElseThrow().unit().isRow();
      Expression count = row ? Catalyst.count(List.of(unit)) : Catalyst.countDistinct(unit);
      columns.add(Catalyst.alias(count, "units"));
    }
    return unseal.in(Catalyst.aggregate(keys, columns, carried.plan()));
  }

  private static Expression text(Expression key) {
    return new Cast(key, DataTypes.StringType, Scala.some("UTC"), evalMode());
  }

  private static scala.Enumeration.Value evalMode() {
    return org.apache.spark.sql.catalyst.expressions.EvalMode$.MODULE$.LEGACY();
  }
}
