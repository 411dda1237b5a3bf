package io.sallyport.spark;

import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.spark.admission.Analysis;
import io.sallyport.spark.admission.Statement;
import io.sallyport.spark.answer.Handles;
import io.sallyport.spark.record.AuditTrail;
import io.sallyport.spark.release.NoiseWish;
import io.sallyport.spark.release.OpenedPort;
import io.sallyport.spark.scala.Scala;
import io.sallyport.spark.view.SessionViews;
import io.sallyport.spark.view.View;
import io.sallyport.spark.view.ViewName;
import io.sallyport.spark.view.Views;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.spark.sql.classic.SparkSession;

/**
 * What an analyst may say for the questions to come in a session: names for plans, and wishes for
 * answers. Nothing runs and nothing leaves; a refusal is on record.
 *
 * <p>Throws {@link RefusedException} and nothing else that an analyst may cause. Thread-safe.
 */
public final class SessionQueries {

  private final AuditTrail audit;
  private final Supplier<OpenedPort> port;
  private final Questioning questioning;
  private final Handles handles;
  private final Views views;

  SessionQueries(
      AuditTrail audit,
      Supplier<OpenedPort> port,
      Questioning questioning,
      Handles handles,
      Views views) {
    this.audit = audit;
    this.port = port;
    this.questioning = questioning;
    this.handles = handles;
    this.views = views;
  }

  /** The views of a session. */
  public List<View> views(SparkSession session) {
    return views.of(session).all();
  }

  /** Of all plans that the views of one question may stand for. */
  public long mostViewBytes() {
    return views.mostBytesOfAQuestion();
  }

  /** The view that a name means in a session; empty when it means a frame, or nothing. */
  public Optional<View> view(SparkSession session, List<String> nameParts) {
    return nameParts.size() == 1 && port.get().frames().find(nameParts).isEmpty()
        ? views.of(session).find(nameParts.get(0))
        : Optional.empty();
  }

  /**
   * Makes a view of an admitted plan.
   *
   * @throws RefusedException when its name is not one that it may have, its plan is refused, or
   *     there would be too many views
   */
  public void create(SparkSession session, NewView view, Asking asking) {
    SessionViews own = views.of(session);
    questioning.named(
        session,
        () -> {
          String name = ViewName.of(view.name());
          requireFree(name, asking);
          if (!view.replace()) {
            own.requireFree(name);
          }
          return view.plan().get();
        },
        asking,
        view.words(),
        (built, admitted) -> {
          String name = view.name().get(0);
          own.add(
              new View(name, view.bytes().get(), Analysis.size(built), admitted.schema()),
              view.replace());
        });
  }

  /** A view takes no name that means something to its analyst already. */
  private void requireFree(String name, Asking asking) {
    if (port.get().frames().find(List.of(name)).isPresent()) {
      throw ViewName.taken(name, "a frame or public table");
    }
    if (handles.isSaved(asking.principal().name(), name)) {
      throw ViewName.taken(name, "a result that you saved");
    }
  }

  /** Forgets a view; says whether there was one. */
  public boolean drop(SparkSession session, List<String> nameParts) {
    return nameParts.size() == 1 && views.of(session).drop(nameParts.get(0));
  }

  /**
   * {@code DROP VIEW}.
   *
   * @throws RefusedException PARAM_INVALID when there is none of that name, and there should be
   */
  public void drop(SparkSession session, Statement.Drop drop, String text, Asking asking) {
    onRecord(
        text,
        asking,
        () -> {
          if (!drop(session, drop.name()) && !drop.ifExists()) {
            throw RefusedException.of(
                RefusalCode.PARAM_INVALID,
                "there is no view " + String.join(".", drop.name()) + " in this session",
                "DROP VIEW IF EXISTS, or the name of a view as SHOW VIEWS lists it");
          }
          return true;
        });
  }

  /**
   * {@code SET}: the wish as it is in force then; empty when there is none.
   *
   * @throws RefusedException CONF_NOT_ALLOWED for what is no wish, PARAM_INVALID for a value that
   *     is none
   */
  public Optional<String> set(SparkSession session, Statement.Set set, String text, Asking asking) {
    return onRecord(
        text,
        asking,
        () -> {
          requireWish(set.key(), "SET");
          set.value()
              .ifPresent(
                  value -> {
                    NoiseWish.requireValid(set.key(), value);
                    session.conf().set(set.key(), value);
                  });
          return Scala.optional(session.conf().getOption(set.key()));
        });
  }

  /**
   * {@code RESET} of one wish.
   *
   * @throws RefusedException CONF_NOT_ALLOWED for what is no wish
   */
  public void reset(SparkSession session, Statement.Reset reset, String text, Asking asking) {
    onRecord(
        text,
        asking,
        () -> {
          requireWish(reset.key(), "RESET");
          session.conf().unset(reset.key());
          return true;
        });
  }

  /**
   * Requires that a key is a wish for answers.
   *
   * @throws RefusedException CONF_NOT_ALLOWED for every other key
   */
  public static void requireWish(String key, String verb) {
    if (!NoiseWish.KEYS.contains(key)) {
      throw RefusedException.of(
          RefusalCode.CONF_NOT_ALLOWED,
          verb + " of " + key + " is about the server's configuration, which is its operator's",
          "the program without this line; what can be set is " + String.join(", ", NoiseWish.KEYS));
    }
  }

  private <T> T onRecord(String text, Asking asking, Supplier<T> work) {
    try {
      return work.get();
    } catch (RefusedException e) {
      audit.refused(asking, text, e.refusal());
      throw e;
    }
  }
}
