package io.sallyport.connect.server.proto;

import io.sallyport.connect.protocol.Request;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.connect.proto.AnalyzePlanRequest;
import org.apache.spark.connect.proto.Command;
import org.apache.spark.connect.proto.CreateDataFrameViewCommand;
import org.apache.spark.connect.proto.Expression.UnresolvedFunction;
import org.apache.spark.connect.proto.Limit;
import org.apache.spark.connect.proto.Plan;
import org.apache.spark.connect.proto.Relation;
import org.apache.spark.connect.proto.SQL;
import org.apache.spark.connect.proto.ShowString;
import org.apache.spark.connect.proto.SqlCommand;
import org.apache.spark.connect.proto.SubqueryAlias;
import org.sparkproject.connect.protobuf.Any;
import org.sparkproject.connect.protobuf.Descriptors.FieldDescriptor;
import org.sparkproject.connect.protobuf.Message;

/**
 * An admitted plan, with our extension relations in it: no named table and no SQL text is left for
 * Spark to resolve or parse, summaries are ours to make, local data are written anew, and the root
 * can be told from every other relation. Equal plans give equal bytes.
 */
final class RewritePlan {

  private final LocalRows localRows;

  RewritePlan(LocalRows localRows) {
    this.localRows = localRows;
  }

  /** A plan that is run: its root, or the input of its show, becomes a release. */
  Plan execution(Plan plan) {
    if (plan.hasCommand()) {
      return Plan.newBuilder().setCommand(command(plan.getCommand())).build();
    }
    Relation root = plan.getRoot();
    Optional<String> dropped = droppedView(root);
    if (dropped.isPresent()) {
      Any drop = ExtensionTypes.text(ExtensionTypes.DROP_VIEW, dropped.get());
      return Plan.newBuilder().setRoot(Relation.newBuilder().setExtension(drop)).build();
    }
    Relation released = root.hasShowString() ? show(root) : wrapped(ExtensionTypes.RELEASE, root);
    return Plan.newBuilder().setRoot(released).build();
  }

  /** A call of our own client, with its plan as it may go on. */
  Plan call(Request call, Plan inner) {
    return Plan.newBuilder().setRoot(extension(ExtensionTypes.CALL, call, inner)).build();
  }

  /** An analysis of such a call: it asks for the columns of the answer. */
  AnalyzePlanRequest describedCall(Request call, AnalyzePlanRequest request) {
    AnalyzePlanRequest.Builder analysis = request.toBuilder();
    Relation root = extension(ExtensionTypes.DESCRIBE_CALL, call, request.getSchema().getPlan());
    analysis.getSchemaBuilder().setPlan(Plan.newBuilder().setRoot(root));
    return analysis.build();
  }

  private Relation extension(String prefix, Request call, Plan inner) {
    byte[] rewritten = ExtensionTypes.bytes(relation(inner.getRoot()));
    Any extension = ExtensionTypes.call(prefix, AdmittedCall.of(call, rewritten));
    return Relation.newBuilder().setExtension(extension).build();
  }

  /** An analysis: the root of the plan that it asks about becomes a describe. */
  AnalyzePlanRequest analysis(AnalyzePlanRequest request) {
    AnalyzePlanRequest.Builder analysis = request.toBuilder();
    if (request.hasSchema()) {
      analysis.getSchemaBuilder().setPlan(described(request.getSchema().getPlan()));
    } else if (request.hasTreeString()) {
      analysis.getTreeStringBuilder().setPlan(described(request.getTreeString().getPlan()));
    }
    return analysis.build();
  }

  private Plan described(Plan plan) {
    return Plan.newBuilder().setRoot(wrapped(ExtensionTypes.DESCRIBE, plan.getRoot())).build();
  }

  private Relation show(Relation root) {
    ShowString show = root.getShowString();
    // One more than are shown, by which Spark knows that there are more.
    Limit first =
        Limit.newBuilder()
            .setInput(relation(show.getInput()))
            .setLimit(show.getNumRows() + 1)
            .build();
    Relation limited = Relation.newBuilder().setLimit(first).build();
    Relation shown =
        Relation.newBuilder().setShowString(show.toBuilder().setInput(limited)).build();
    Any extension = ExtensionTypes.relation(ExtensionTypes.SHOW, shown);
    Relation input = Relation.newBuilder().setExtension(extension).build();
    return root.toBuilder().setShowString(show.toBuilder().setInput(input)).build();
  }

  private Relation wrapped(String typeUrl, Relation relation) {
    Any extension = ExtensionTypes.relation(typeUrl, relation(relation));
    return Relation.newBuilder().setExtension(extension).build();
  }

  /** Whoever calls it takes the first row, as clients do; below anything else it does nothing. */
  private static Optional<String> droppedView(Relation root) {
    Relation call = root.hasLimit() ? root.getLimit().getInput() : root;
    return call.hasCatalog() && call.getCatalog().hasDropTempView()
        ? Optional.of(call.getCatalog().getDropTempView().getViewName())
        : Optional.empty();
  }

  private Command command(Command command) {
    return command.hasCreateDataframeView()
        ? view(command.getCreateDataframeView())
        : sqlCommand(command.getSqlCommand());
  }

  private Command view(CreateDataFrameViewCommand view) {
    SubqueryAlias.Builder named =
        SubqueryAlias.newBuilder().setAlias(view.getName()).setInput(relation(view.getInput()));
    String type = view.getReplace() ? ExtensionTypes.REPLACE_VIEW : ExtensionTypes.CREATE_VIEW;
    return Command.newBuilder()
        .setExtension(
            ExtensionTypes.relation(type, Relation.newBuilder().setSubqueryAlias(named).build()))
        .build();
  }

  private static Command sqlCommand(SqlCommand command) {
    Relation sql =
        command.hasInput()
            ? bound(command.getInput())
            : Relation.newBuilder()
                .setSql(SQL.newBuilder().setQuery(SqlParameters.of(command).bound()))
                .build();
    return Command.newBuilder()
        .setExtension(ExtensionTypes.relation(ExtensionTypes.SQL_COMMAND, sql))
        .build();
  }

  /** The client is answered with this relation, and asks for it: its text says all of it. */
  private static Relation bound(Relation sql) {
    String query = SqlParameters.of(sql.getSql()).bound();
    return sql.toBuilder().setSql(SQL.newBuilder().setQuery(query)).build();
  }

  private Relation relation(Relation relation) {
    return switch (relation.getRelTypeCase()) {
      case READ -> {
        String name = relation.getRead().getNamedTable().getUnparsedIdentifier();
        yield extended(relation, ExtensionTypes.text(ExtensionTypes.FRAME, name));
      }
      case SQL -> {
        String query = SqlParameters.of(relation.getSql()).bound();
        yield extended(relation, ExtensionTypes.text(ExtensionTypes.QUERY, query));
      }
      case LOCAL_RELATION ->
          relation.toBuilder()
              .setLocalRelation(localRows.validated(relation.getLocalRelation()))
              .build();
      case DESCRIBE, SUMMARY -> {
        Relation asked = (Relation) inside(relation.toBuilder().clearCommon().build());
        yield extended(relation, ExtensionTypes.relation(ExtensionTypes.SUMMARY, asked));
      }
      case FILL_NA, DROP_NA, REPLACE -> {
        Relation asked = (Relation) inside(relation.toBuilder().clearCommon().build());
        yield extended(relation, ExtensionTypes.relation(ExtensionTypes.MISSING, asked));
      }
      case SAMPLE -> {
        Relation asked = (Relation) inside(relation.toBuilder().clearCommon().build());
        yield extended(relation, ExtensionTypes.relation(ExtensionTypes.SAMPLE, asked));
      }
      case CROSSTAB -> {
        Relation asked = (Relation) inside(relation.toBuilder().clearCommon().build());
        yield extended(relation, ExtensionTypes.relation(ExtensionTypes.CROSSTAB, asked));
      }
      case CATALOG -> {
        String query = CatalogQuery.of(relation.getCatalog());
        yield extended(relation, ExtensionTypes.text(ExtensionTypes.QUERY, query));
      }
      case CORR, COV, APPROX_QUANTILE, HINT, REPARTITION, REPARTITION_BY_EXPRESSION ->
          (Relation) inside(PlainRelations.of(relation));
      default -> (Relation) inside(relation);
    };
  }

  private static Relation extended(Relation relation, Any extension) {
    return relation.toBuilder().setExtension(extension).build();
  }

  private Message rewritten(Message message) {
    if (message instanceof Relation relation) {
      return relation(relation);
    }
    if (message instanceof UnresolvedFunction function) {
      return inside(function.toBuilder().setIsInternal(false).build());
    }
    return inside(message);
  }

  private Message inside(Message message) {
    Message.Builder rewritten = message.toBuilder();
    for (Map.Entry<FieldDescriptor, Object> set : message.getAllFields().entrySet()) {
      FieldDescriptor field = set.getKey();
      if (field.getJavaType() != FieldDescriptor.JavaType.MESSAGE) {
        continue;
      }
      if (field.isRepeated()) {
        for (int i = 0; i < message.getRepeatedFieldCount(field); i++) {
          Message element = (Message) message.getRepeatedField(field, i);
          rewritten.setRepeatedField(field, i, rewritten(element));
        }
      } else {
        rewritten.setField(field, rewritten((Message) set.getValue()));
      }
    }
    return rewritten.build();
  }
}
