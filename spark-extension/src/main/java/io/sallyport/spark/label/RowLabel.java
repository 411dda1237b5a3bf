package io.sallyport.spark.label;

import io.sallyport.policy.frame.FrameName;
import io.sallyport.policy.question.Objection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.catalyst.expressions.ExprId;

/** What the rows of a plan node are with respect to governed frames (design §5). */
public sealed interface RowLabel {

  /** The governed frames that have a part in the rows and have not been released. */
  Set<FrameName> governed();

  /** Whether the rows may be shown and combined freely: public, or already released. */
  boolean isFree();

  /** The rows depend on no governed data. */
  record Public() implements RowLabel {
    @Override
    public Set<FrameName> governed() {
      return Set.of();
    }

    @Override
    public boolean isFree() {
      return true;
    }
  }

  /**
   * Every row belongs to at most one privacy unit of each frame, and removing a unit removes
   * exactly its rows.
   *
   * @param frames the frames, each of which occurs once in the plan below
   * @param unitColumns columns of the node that hold the unit in every row that has one
   * @param countsRows whether a frame among them counts rows, not persons
   * @param halves columns that hold the unit together, after an outer join
   */
  record Owned(
      Set<FrameName> frames, Set<ExprId> unitColumns, boolean countsRows, UnitHalves halves)
      implements RowLabel {
    public Owned {
      frames = Set.copyOf(frames);
      unitColumns = Set.copyOf(unitColumns);
    }

    /** Rows below which no outer join stands. */
    public Owned(Set<FrameName> frames, Set<ExprId> unitColumns, boolean countsRows) {
      this(frames, unitColumns, countsRows, UnitHalves.NONE);
    }

    Owned withUnitColumns(Set<ExprId> columns) {
      return new Owned(frames, columns, countsRows);
    }

    @Override
    public Set<FrameName> governed() {
      return frames;
    }

    @Override
    public boolean isFree() {
      return false;
    }
  }

  /** The rows came out of a release: they may be post-processed freely. */
  record Released() implements RowLabel {
    @Override
    public Set<FrameName> governed() {
      return Set.of();
    }

    @Override
    public boolean isFree() {
      return true;
    }
  }

  /**
   * The rows depend on several units and were not released.
   *
   * @param why for each frame, what mixed its units
   */
  record Mixed(Map<FrameName, Objection> why) implements RowLabel {
    public Mixed {
      why = Map.copyOf(new TreeMap<>(why));
    }

    static Mixed of(Set<FrameName> frames, Objection objection) {
      Map<FrameName, Objection> why = new TreeMap<>();
      frames.forEach(frame -> why.put(frame, objection));
      return new Mixed(why);
    }

    @Override
    public Set<FrameName> governed() {
      return why.keySet();
    }

    @Override
    public boolean isFree() {
      return false;
    }
  }
}
