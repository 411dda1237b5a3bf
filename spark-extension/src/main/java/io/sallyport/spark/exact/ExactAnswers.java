package io.sallyport.spark.exact;

import io.sallyport.policy.decision.Requirement;
import io.sallyport.policy.frame.FrameName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;

/**
 * The exact answers of one question: its release points, each judged on the cells that it and all
 * points before it make together. One instance serves one run.
 */
public final class ExactAnswers {

  /** Beyond so many cells some hold too few people, or there are more groups than are shown. */
  static final int MOST_CELLS = 500_000;

  private final Counts counts;
  private final Map<FrameName, Requirement> requirements;
  private final Set<FrameName> suppressing;
  private final List<Part> parts = new ArrayList<>();
  private final List<PointReading.Piece> shownBefore = new ArrayList<>();

  /**
   * @param requirements what each frame demands of every cell of the answer
   * @param suppressing the frames whose groups may be left out
   */
  public ExactAnswers(
      Counts counts, Map<FrameName, Requirement> requirements, Set<FrameName> suppressing) {
    this.counts = counts;
    this.requirements = Map.copyOf(requirements);
    this.suppressing = Set.copyOf(suppressing);
  }

  /**
   * The rows of a release point that may be shown: key and output row of each group.
   *
   * @param aggregate the point, over free rows in the place of what was released below it
   * @throws Broken when a requirement is not met and nothing may be left out
   * @throws io.sallyport.spark.RefusedException when a join with free rows repeats rows
   */
  public List<ShownGroup> release(Aggregate aggregate) {
    List<ShownGroup> shown = new ArrayList<>();
    GroupingSetPoints.of(aggregate).forEach(point -> shown.addAll(releaseOne(point)));
    return shown;
  }

  private List<ShownGroup> releaseOne(Aggregate aggregate) {
    PointReading point = read(aggregate);
    requireNoRepetition(point);
    requireOthers(point);
    List<CellTable> tables = tables(point.parts(), List.of());
    requireCut(point, tables);
    List<GroupCells> groups = PointGroups.of(point, tables);
    if (groups.isEmpty()) {
      // no group at all reads the same as a small one
      point.frames().stream()
          .filter(frame -> requirements.containsKey(frame) && !suppressing.contains(frame))
          .sorted()
          .findFirst()
          .ifPresent(
              frame -> {
                throw new Broken(frame);
              });
    }
    List<GroupCells> dropped = new ArrayList<>();
    for (GroupCells group : groups) {
      List<FrameName> broken = broken(point, group);
      if (!broken.isEmpty()) {
        requireSuppressing(point, broken);
        dropped.add(group);
      }
    }
    if (dropped.isEmpty()) {
      dropped.addAll(telling(point, groups, tables));
    }
    List<GroupCells> shown =
        dropped.isEmpty() ? asShown(point, groups) : suppressed(point, groups, dropped);
    return rows(point, shown);
  }

  private PointReading read(Aggregate aggregate) {
    PointReading point;
    try {
      point = PointReading.of(aggregate, parts);
    } catch (Unreadable e) {
      throw new IllegalStateException("A point that was read cannot be read again", e);
    }
    point.parts().forEach(piece -> parts.add(piece.part()));
    return point;
  }

  private List<GroupCells> asShown(PointReading point, List<GroupCells> groups) {
    shownBefore.addAll(point.parts());
    return groups;
  }

  // ---- what must hold of the plan's free rows and looked-up frames
  // -------------------------------

  private void requireNoRepetition(PointReading point) {
    for (PointReading.Piece piece : point.parts()) {
      for (FreeKey key : piece.part().once()) {
        if (!key.holds(counts.rows(key.evidence()))) {
          throw FreeKey.repeats();
        }
      }
    }
  }

  /** What a join leaves out of a looked-up frame is nobody or enough too. */
  private void requireOthers(PointReading point) {
    for (PointReading.Piece piece : point.parts()) {
      piece
          .part()
          .lookedUp()
          .forEach(
              table -> {
                Requirement requirement = requirements.get(table.name());
                if (requirement != null
                    && !counts.othersAreEnough(
                        table, piece.part().base().table(), requirement.minimumUnits())) {
                  throw new Broken(table.name());
                }
              });
    }
  }

  // ---- cells
  // -------------------------------------------------------------------------------------

  /** For each of a point's pieces its cells, told apart by what was shown before too. */
  private List<CellTable> tables(List<PointReading.Piece> pieces, List<PointReading.Piece> beside) {
    Map<Integer, CellTable> counted = new HashMap<>();
    List<CellTable> tables = new ArrayList<>();
    for (int i = 0; i < pieces.size(); i++) {
      int first = firstOver(pieces, i);
      CellTable table = counted.get(first);
      if (table == null) {
        table = count(shape(pieces, beside, pieces.get(i).part().base()));
        counted.put(first, table);
      }
      tables.add(table);
    }
    return tables;
  }

  private static int firstOver(List<PointReading.Piece> pieces, int ordinal) {
    for (int i = 0; i < ordinal; i++) {
      if (isOver(pieces.get(i), pieces.get(ordinal).part().base())) {
        return i;
      }
    }
    return ordinal;
  }

  private static boolean isOver(PointReading.Piece piece, Base base) {
    return piece.part().base().isOver(base);
  }

  private CellShape shape(
      List<PointReading.Piece> pieces, List<PointReading.Piece> beside, Base base) {
    List<PointReading.Piece> all = new ArrayList<>();
    pieces.stream().filter(piece -> isOver(piece, base)).forEach(all::add);
    beside.stream().filter(piece -> isOver(piece, base)).forEach(all::add);
    shownBefore.stream().filter(piece -> isOver(piece, base)).forEach(all::add);
    return new CellShape(all);
  }

  private CellTable count(CellShape shape) {
    int largest = requirements.values().stream().mapToInt(Requirement::largest).max().orElse(0);
    CellQuery query = new CellQuery(shape, (int) Math.min(least() + 3, MOST_CELLS), largest);
    return new CellCounting(counts, query, shape).table();
  }

  // ---- judgement
  // ---------------------------------------------------------------------------------

  /** Cells that the point does not show hold nobody or enough, whatever other points show. */
  private void requireCut(PointReading point, List<CellTable> tables) {
    for (int i = 0; i < tables.size(); i++) {
      CellTable table = tables.get(i);
      List<PointReading.Piece> over =
          point.parts().stream().filter(piece -> isOver(piece, table.shape().base())).toList();
      CutCells cut = new CutCells(table);
      for (Cell cell : table.cells()) {
        boolean isShown = over.stream().anyMatch(piece -> cell.has(table.shape().passes(piece)));
        if (!isShown && !cut.isHidden(cell, other -> broken(table, other).isEmpty())) {
          broken(table, cell)
              .ifPresent(
                  frame -> {
                    throw new Broken(frame);
                  });
        }
      }
    }
  }

  /** The groups whose numbers tell of too few people, together with others. */
  private List<GroupCells> telling(
      PointReading point, List<GroupCells> groups, List<CellTable> tables) {
    Set<UnsafeRow> cells = telling(tables);
    if (cells.isEmpty()) {
      return List.of();
    }
    requireSuppressing(
        point, point.frames().stream().filter(requirements::containsKey).sorted().toList());
    List<GroupCells> holding = holding(cells, groups);
    // what tells may be left in numbers of other points alone: then the smallest group goes first
    return holding.isEmpty()
        ? groups.stream().min(Suppressing.smallestFirst(point)).stream().toList()
        : holding;
  }

  /** A group is left out where the owner of every frame that forbids it wants that. */
  private void requireSuppressing(PointReading point, List<FrameName> broken) {
    boolean isOneGroup = point.aggregate().groupingExpressions().isEmpty();
    broken.stream()
        .filter(frame -> isOneGroup || !suppressing.contains(frame))
        .findFirst()
        .ifPresent(
            frame -> {
              throw new Broken(frame);
            });
  }

  private Set<UnsafeRow> telling(List<CellTable> tables) {
    Set<CellTable> each = Collections.newSetFromMap(new IdentityHashMap<>());
    each.addAll(tables);
    Set<UnsafeRow> cells = new HashSet<>();
    each.forEach(table -> cells.addAll(new PeopleRule(counts, least()).telling(table)));
    return cells;
  }

  private static List<GroupCells> holding(Set<UnsafeRow> cells, List<GroupCells> groups) {
    return groups.stream()
        .filter(group -> group.cells().stream().anyMatch(in -> cells.contains(in.cell().key())))
        .toList();
  }

  private long least() {
    return requirements.values().stream().mapToLong(Requirement::minimumUnits).max().orElse(0);
  }

  private Optional<FrameName> broken(CellTable table, Cell cell) {
    return requirements.entrySet().stream()
        .filter(one -> !new CellRules(table, one.getKey(), one.getValue()).allows(cell))
        .map(Map.Entry::getKey)
        .sorted()
        .findFirst();
  }

  private List<FrameName> broken(PointReading point, GroupCells group) {
    return requirements.entrySet().stream()
        .filter(one -> !new GroupRules(point, one.getKey(), one.getValue()).allow(group))
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }

  // ---- suppression
  // -------------------------------------------------------------------------------

  /**
   * The groups that are shown when some are left out: further ones are left out, the smallest
   * first, until all that is left out may be told of as a whole. Each round leaves out twice as
   * many as the one before.
   */
  private List<GroupCells> suppressed(
      PointReading point, List<GroupCells> groups, List<GroupCells> broken) {
    List<GroupCells> left = new ArrayList<>(Suppressing.without(groups, broken));
    left.sort(Suppressing.smallestFirst(point));
    List<GroupCells> dropped = new ArrayList<>(broken);
    for (int step = 1; !left.isEmpty(); step *= 2) {
      List<PointReading.Piece> shown = new ArrayList<>();
      List<PointReading.Piece> totals = new ArrayList<>();
      for (PointReading.Piece piece : point.parts()) {
        List<PointReading.Piece> both = Dropped.from(piece, Suppressing.keys(dropped));
        shown.add(both.get(0));
        totals.add(both.get(1));
      }
      PointReading rest = new PointReading(point.aggregate(), shown);
      List<CellTable> tables = tables(shown, totals);
      List<GroupCells> worst = left;
      if (allAreAllowed(tables)) {
        List<GroupCells> now = PointGroups.of(rest, tables);
        Set<UnsafeRow> telling = telling(tables);
        if (telling.isEmpty()) {
          shownBefore.addAll(shown);
          shownBefore.addAll(totals);
          return now;
        }
        Set<UnsafeRow> keys = new HashSet<>(Suppressing.keys(holding(telling, now)));
        worst = left.stream().filter(group -> keys.contains(group.key())).toList();
        worst = worst.isEmpty() ? left : worst;
      }
      List<GroupCells> next = List.copyOf(worst.subList(0, Math.min(step, worst.size())));
      dropped.addAll(next);
      left = new ArrayList<>(Suppressing.without(left, next));
    }
    return List.of();
  }

  private boolean allAreAllowed(List<CellTable> tables) {
    return tables.stream().allMatch(this::allAreAllowed);
  }

  private boolean allAreAllowed(CellTable table) {
    CutCells cut = new CutCells(table);
    return table.cells().stream()
        .allMatch(
            cell ->
                broken(table, cell).isEmpty()
                    || cut.isHidden(cell, other -> broken(table, other).isEmpty()));
  }

  // ---- rows
  // --------------------------------------------------------------------------------------

  private List<ShownGroup> rows(PointReading point, List<GroupCells> groups) {
    Answer answer = new Answer(point);
    PeopleCounts people = new PeopleCounts(counts);
    List<Map<Integer, Long>> numbers = people.of(groups);
    Map<UnsafeRow, Map<Integer, Object>> quantiles = quantiles(point, groups);
    List<ShownGroup> rows = new ArrayList<>();
    for (int i = 0; i < groups.size(); i++) {
      UnsafeRow key = groups.get(i).key();
      Map<Integer, Object> own = quantiles.getOrDefault(key, Map.of());
      rows.add(new ShownGroup(key, answer.row(groups.get(i), numbers.get(i), own)));
    }
    return rows;
  }

  /** Where groups may be left out, a quantile may be too: it is NULL then. */
  private Map<UnsafeRow, Map<Integer, Object>> quantiles(
      PointReading point, List<GroupCells> groups) {
    if (groups.isEmpty() || !QuantileAnswers.isAskedFor(point.parts().get(0))) {
      return Map.of();
    }
    PointReading.Piece piece = groups.get(0).cells().get(0).piece();
    QuantileAnswers.Shown shown =
        new QuantileAnswers(counts, Math.max(1, least()))
            .of(
                piece,
                new HashSet<>(Suppressing.keys(groups)),
                bands -> tables(List.of(piece), List.of(bands)).get(0),
                (table, cell) -> broken(table, cell).isEmpty());
    if (shown.failed()) {
      point.frames().stream()
          .filter(frame -> requirements.containsKey(frame) && !suppressing.contains(frame))
          .sorted()
          .findFirst()
          .ifPresent(
              frame -> {
                throw new Broken(frame);
              });
    }
    shown.piece().ifPresent(shownBefore::add);
    return shown.numbers();
  }

  /**
   * A group that is shown.
   *
   * @param key the values of the grouping expressions
   * @param output the row, as the analyst's aggregate has it
   */
  public record ShownGroup(UnsafeRow key, UnsafeRow output) {}

  /** A requirement of this frame is not met. */
  public static final class Broken extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient FrameName frame;

    /**
     * @param frame whose requirement
     */
    public Broken(FrameName frame) {
      super("A requirement of " + frame + " is not met", null, false, false);
      this.frame = frame;
    }

    public FrameName frame() {
      return frame;
    }
  }
}
