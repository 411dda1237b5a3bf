package io.sallyport.spark.release;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;

/**
 * Suppression in totals and their parts, shown together.
 *
 * <p>The groups of a chain are a tree: each lies within one of the next coarser release point. A
 * group that is left out takes all groups within it along. Then whatever can be computed from the
 * shown groups by adding and subtracting is made of <em>rests</em>: a shown group without the shown
 * groups within it. (A shown group is the sum of the rests of the shown groups at and below it, so
 * the rests span all of it, and they are disjoint.) Hence it is enough that every rest could be
 * shown itself, and so could all that a release point leaves out, which is its rest in the frame.
 */
final class NestedSuppression {

  private NestedSuppression() {}

  /**
   * The groups that each release point shows.
   *
   * @param levels coarsest first
   * @param ordinals for each level but the first, where the next coarser one's keys are among its
   */
  static List<List<Group>> shown(List<Measured> levels, List<List<Integer>> ordinals) {
    List<List<Group>> shown = new ArrayList<>();
    Measured coarsest = levels.get(0);
    shown.add(coarsest.shown(coarsest.groups()));
    for (int i = 1; i < levels.size(); i++) {
      shown.add(within(shown.get(i - 1), levels.get(i), ordinals.get(i - 1)));
    }
    return shown;
  }

  private static List<Group> within(List<Group> parents, Measured level, List<Integer> parentKeys) {
    Map<UnsafeRow, List<Group>> parts = new HashMap<>();
    UnsafeProjection parent = Rows.projection(references(level, parentKeys));
    for (Group group : level.groups()) {
      parts.computeIfAbsent(Rows.project(parent, group.key()), key -> new ArrayList<>()).add(group);
    }
    List<Group> shown = new ArrayList<>();
    for (Group group : parents) {
      shown.addAll(level.shown(parts.getOrDefault(group.key(), List.of())));
    }
    return restIsSafe(level, shown) ? shown : List.of();
  }

  private static boolean restIsSafe(Measured level, List<Group> shown) {
    Set<UnsafeRow> keys = shown.stream().map(Group::key).collect(Collectors.toSet());
    List<Group> dropped =
        level.groups().stream().filter(group -> !keys.contains(group.key())).toList();
    return dropped.isEmpty() || level.remainder().isSafe(dropped);
  }

  private static List<Expression> references(Measured level, List<Integer> ordinals) {
    List<Attribute> keys = level.point().keyAttributes();
    List<Expression> all = Rows.references(keys, 0, keys.size());
    return ordinals.stream().map(all::get).toList();
  }
}
