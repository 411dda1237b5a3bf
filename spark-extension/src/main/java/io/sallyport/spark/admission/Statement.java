package io.sallyport.spark.admission;

import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.spark.RefusedException;
import io.sallyport.spark.scala.Scala;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.analysis.LocalTempView$;
import org.apache.spark.sql.catalyst.analysis.UnresolvedIdentifier;
import org.apache.spark.sql.catalyst.plans.logical.DropView;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.execution.command.CreateViewCommand;
import org.apache.spark.sql.execution.command.ResetCommand;
import org.apache.spark.sql.execution.command.SetCommand;
import org.apache.spark.sql.execution.datasources.CreateTempViewUsing;

/** SQL text that asks for nothing, but says something for questions to come in its session. */
public sealed interface Statement {

  /** How a view is made, for a refusal. */
  String VIEW = "CREATE OR REPLACE TEMPORARY VIEW name AS SELECT ...";

  /**
   * {@code CREATE [OR REPLACE] TEMPORARY VIEW name AS query}.
   *
   * @param name its parts; a view has one
   * @param query as text, not yet judged
   */
  record Create(List<String> name, String query, boolean replace) implements Statement {

    public Create {
      name = List.copyOf(name);
    }
  }

  /** {@code DROP VIEW [IF EXISTS] name}. */
  record Drop(List<String> name, boolean ifExists) implements Statement {

    public Drop {
      name = List.copyOf(name);
    }
  }

  /** {@code SET key = value}, or {@code SET key}, which asks for the value. */
  record Set(String key, Optional<String> value) implements Statement {}

  /** {@code RESET key}. */
  record Reset(String key) implements Statement {}

  /**
   * The statement that a parsed text is; empty when it is something else.
   *
   * @throws RefusedException for a view that would be more than a name of this session, and for SET
   *     and RESET of everything
   */
  static Optional<Statement> of(LogicalPlan parsed) {
    if (parsed instanceof CreateViewCommand create) {
      return Optional.of(create(create));
    }
    if (parsed instanceof org.apache.spark.sql.catalyst.plans.logical.CreateView) {
      throw refusedView("a view that outlives its session would be written to a catalog");
    }
    if (parsed instanceof CreateTempViewUsing) {
      throw refusedView("a view USING a source would read files");
    }
    if (parsed instanceof DropView drop && drop.child() instanceof UnresolvedIdentifier named) {
      return Optional.of(new Drop(Scala.<String>list(named.nameParts()), drop.ifExists()));
    }
    if (parsed instanceof SetCommand set) {
      return Optional.of(
          Scala.optional(set.kv())
              .map(pair -> new Set(pair._1(), Scala.optional(pair._2())))
              .orElseThrow(() -> refusedSetting("SET")));
    }
    if (parsed instanceof ResetCommand reset) {
      return Optional.of(
          Scala.optional(reset.config())
              .map(Reset::new)
              .orElseThrow(() -> refusedSetting("RESET")));
    }
    return Optional.empty();
  }

  private static Create create(CreateViewCommand create) {
    if (create.viewType() != LocalTempView$.MODULE$) {
      throw refusedView("a global view would be seen in other sessions");
    }
    boolean plain =
        create.userSpecifiedColumns().isEmpty()
            && create.comment().isEmpty()
            && create.collation().isEmpty()
            && create.properties().isEmpty()
            && !create.allowExisting();
    if (!plain) {
      throw refusedView("a view has a name and a query, no list of columns, comment or properties");
    }
    String query =
        Scala.optional(create.originalText())
            .orElseThrow(() -> refusedView("the view's query has no text"));
    boolean isHere = create.name().database().isEmpty() && create.name().catalog().isEmpty();
    List<String> name =
        isHere ? List.of(create.name().table()) : Scala.<String>list(create.name().nameParts());
    return new Create(name, query, create.replace());
  }

  private static RefusedException refusedView(String subject) {
    return RefusedException.of(RefusalCode.COMMAND_NOT_ALLOWED, subject, VIEW);
  }

  private static RefusedException refusedSetting(String verb) {
    return RefusedException.of(
        RefusalCode.CONF_NOT_ALLOWED,
        verb + " without a key is about the server's configuration, which is its operator's",
        verb + " of a key of your own questions, such as spark.sallyport.query.epsilon");
  }
}
