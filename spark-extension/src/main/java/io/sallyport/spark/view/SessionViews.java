package io.sallyport.spark.view;

import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.spark.RefusedException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The views of one session, of bounded number and size. Safe for threads. */
public final class SessionViews {

  /** Views of one session. */
  public static final int MOST = 100;

  /** Operators of all views of one session. */
  static final long MOST_OPERATORS = 100_000;

  /** Operators inside each other in one view. */
  static final int DEEPEST = 200;

  private final long mostBytes;
  private final Map<String, View> views = new TreeMap<>();

  /**
   * @param mostBytes of the plans of all views
   */
  SessionViews(long mostBytes) {
    this.mostBytes = mostBytes;
  }

  public synchronized Optional<View> find(String name) {
    return Optional.ofNullable(views.get(View.key(name)));
  }

  /** All of them, by name. */
  public synchronized List<View> all() {
    return List.copyOf(views.values());
  }

  /**
   * Takes a view up.
   *
   * @param replace whether it may take the place of another of its name
   * @throws RefusedException PARAM_INVALID when there is one and it may not; LIMIT_EXCEEDED when
   *     there would be too many, or too large ones; nothing has changed then
   */
  public synchronized void add(View view, boolean replace) {
    if (!replace) {
      requireFree(view.name());
    }
    Map<String, View> after = new TreeMap<>(views);
    after.put(view.key(), view);
    requireBounded(view.size().depth(), DEEPEST, "operators inside each other in one view");
    requireBounded(after.size(), MOST, "views in this session");
    requireBounded(
        sum(after.values(), true), MOST_OPERATORS, "operators in the views of this session");
    requireBounded(sum(after.values(), false), mostBytes, "bytes in the views of this session");
    views.put(view.key(), view);
  }

  /**
   * Requires that a name is free.
   *
   * @throws RefusedException PARAM_INVALID when there is a view of that name
   */
  public synchronized void requireFree(String name) {
    if (views.containsKey(View.key(name))) {
      throw RefusedException.of(
          RefusalCode.PARAM_INVALID,
          "there is a view " + name + " already",
          "createOrReplaceTempView, CREATE OR REPLACE TEMPORARY VIEW, or another name");
    }
  }

  /** Forgets a view; says whether there was one. Views that were made of it stay as they are. */
  public synchronized boolean drop(String name) {
    return views.remove(View.key(name)) != null;
  }

  private static long sum(Collection<View> views, boolean operators) {
    return views.stream().mapToLong(v -> operators ? v.size().operators() : v.bytes()).sum();
  }

  private static void requireBounded(long size, long most, String what) {
    if (size > most) {
      throw RefusedException.of(
          RefusalCode.LIMIT_EXCEEDED,
          "there would be too many " + what,
          "at most " + most + "; spark.catalog.dropTempView(name) makes room");
    }
  }
}
