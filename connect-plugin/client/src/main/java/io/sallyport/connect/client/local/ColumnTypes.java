package io.sallyport.connect.client.local;

import static io.sallyport.connect.client.local.ScalaViews.list;
import static io.sallyport.connect.client.local.ScalaViews.optional;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.sql.internal.Alias;
import org.apache.spark.sql.internal.CaseWhenOtherwise;
import org.apache.spark.sql.internal.Cast;
import org.apache.spark.sql.internal.ColumnNode;
import org.apache.spark.sql.internal.InvokeInlineUserDefinedFunction;
import org.apache.spark.sql.internal.Literal;
import org.apache.spark.sql.internal.SortOrder;
import org.apache.spark.sql.internal.SqlExpression;
import org.apache.spark.sql.internal.UnresolvedAttribute;
import org.apache.spark.sql.internal.UnresolvedExtractValue;
import org.apache.spark.sql.internal.UnresolvedFunction;
import org.apache.spark.sql.internal.Window;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/** Walks a column's tree, checks what can be checked, and says its type as far as it is known. */
final class ColumnTypes {

  private final Scope scope;

  ColumnTypes(Scope scope) {
    this.scope = scope;
  }

  /**
   * The column's type; empty when only the server can tell.
   *
   * @throws LocalError when it cannot be meant
   */
  Optional<DataType> of(ColumnNode node) {
    if (node instanceof UnresolvedAttribute attribute) {
      return scope.resolve(attribute).flatMap(LocalColumn::type);
    } else if (node instanceof Literal literal) {
      return optional(literal.dataType()).or(() -> Types.ofValue(literal.value()));
    } else if (node instanceof Alias alias) {
      return of(alias.child());
    } else if (node instanceof SortOrder order) {
      return of(order.child());
    } else if (node instanceof Cast cast) {
      of(cast.child());
      return Optional.of(cast.dataType());
    } else if (node instanceof UnresolvedFunction function) {
      return function(function);
    } else if (node instanceof CaseWhenOtherwise cases) {
      return cases(cases);
    } else if (node instanceof SqlExpression text) {
      return SqlText.parse(scope, text.expression()).type();
    } else if (node instanceof UnresolvedExtractValue extract) {
      of(extract.child());
      of(extract.extraction());
    } else if (node instanceof Window window) {
      of(window.windowFunction());
    } else if (node instanceof InvokeInlineUserDefinedFunction) {
      throw LocalError.in(
          scope.operator(), "A function of your own is never sent: use Spark's functions");
    }
    return Optional.empty();
  }

  /** Checks a condition. */
  void requireCondition(ColumnNode node) {
    requireCondition(of(node), shown(node));
  }

  private void requireCondition(Optional<DataType> type, String shown) {
    type.filter(known -> !Types.isBoolean(known) && !Types.isNull(known))
        .ifPresent(
            known -> {
              throw LocalError.in(
                  scope.operator(), shown + " is " + known.sql() + ", and must be boolean");
            });
  }

  private Optional<DataType> function(UnresolvedFunction function) {
    if (function.isUserDefinedFunction()) {
      list(function.arguments()).forEach(this::of);
      return Optional.empty();
    }
    List<ColumnNode> arguments = list(function.arguments());
    List<Optional<DataType>> types = new ArrayList<>();
    arguments.forEach(argument -> types.add(of(argument)));
    String name = function.functionName().toLowerCase(Locale.ROOT);
    FunctionRules.FunctionRule rule = FunctionRules.of(name);
    new Arguments(scope.operator(), name, rule.demand(), arguments, types).check();
    return rule.result().apply(types);
  }

  private Optional<DataType> cases(CaseWhenOtherwise cases) {
    List<Optional<DataType>> values = new ArrayList<>();
    for (var branch : list(cases.branches())) {
      requireCondition(branch._1());
      values.add(of(branch._2()));
    }
    optional(cases.otherwise()).ifPresent(other -> values.add(of(other)));
    List<Optional<DataType>> told =
        values.stream()
            .filter(type -> !type.equals(Optional.of(DataTypes.NullType)))
            .distinct()
            .toList();
    return told.size() == 1 ? told.get(0) : Optional.empty();
  }

  /** A column for an error: as its tree is written. */
  static String shown(ColumnNode node) {
    return "`" + node.sql() + "`";
  }
}
