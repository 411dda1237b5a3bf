package io.sallyport.connect.server.relation;

import io.sallyport.connect.server.proto.ExtensionTypes;
import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.spark.RefusedException;
import io.sallyport.spark.admission.NamesInText;
import io.sallyport.spark.admission.TableNames;
import io.sallyport.spark.admission.WrittenOut;
import io.sallyport.spark.view.View;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.spark.connect.proto.Relation;
import org.apache.spark.connect.proto.SubqueryAlias;
import org.sparkproject.connect.protobuf.Any;
import org.sparkproject.connect.protobuf.Descriptors.FieldDescriptor;
import org.sparkproject.connect.protobuf.Message;

/**
 * Puts views in the places of their names, in a relation that the gate admitted and rewrote: the
 * one place where a view's name means something.
 *
 * <p>A table's name that is a view's becomes the view's plan under that name. A text that names
 * views gets them beside it ({@link ExtensionTypes#VIEWS}). What comes out speaks of no view of the
 * session any more, so it means the same whenever, and in whatever session, it is planned. A view
 * counts as often as it is named, before anything is built. Not thread-safe; made for each
 * relation.
 */
final class ViewBinding {

  private final Function<List<String>, Optional<View>> views;
  private final long mostBytes;
  private final WrittenOut question = WrittenOut.ofQuestion();

  /**
   * @param views the view that a name means, by its parts
   * @param mostBytes of the plans of all views and kept results of the question
   */
  ViewBinding(Function<List<String>, Optional<View>> views, long mostBytes) {
    this.views = views;
    this.mostBytes = mostBytes;
  }

  /**
   * The relation with its views bound.
   *
   * @throws RefusedException LIMIT_EXCEEDED when it is too large with them; PARAM_INVALID when a
   *     text gives a view's name to a common table
   */
  Relation bound(Relation relation) {
    if (!relation.hasExtension()) {
      return (Relation) inside(relation);
    }
    Any extension = relation.getExtension();
    String type = extension.getTypeUrl();
    if (type.equals(ExtensionTypes.FRAME)) {
      return find(TableNames.parts(ExtensionTypes.text(extension)))
          .map(view -> relation.toBuilder().setSubqueryAlias(named(view)).build())
          .orElse(relation);
    }
    if (type.equals(ExtensionTypes.QUERY)) {
      return text(relation);
    }
    if (ExtensionTypes.holdsRelation(type)) {
      Relation inner = bound(ExtensionTypes.relation(extension));
      return relation.toBuilder().setExtension(ExtensionTypes.relation(type, inner)).build();
    }
    return relation;
  }

  private Relation text(Relation relation) {
    NamesInText names = NamesInText.of(ExtensionTypes.text(relation.getExtension()));
    names.common().forEach(this::requireNoView);
    Map<String, Relation> used = new TreeMap<>();
    for (List<String> name : names.mentioned()) {
      find(name)
          .ifPresent(
              view ->
                  used.computeIfAbsent(
                      view.name().toLowerCase(Locale.ROOT),
                      key -> Relation.newBuilder().setSubqueryAlias(named(view)).build()));
    }
    return used.isEmpty() ? relation : ExtensionTypes.withViews(relation, used.values());
  }

  /** What a name means must not depend on its scope. */
  private void requireNoView(String common) {
    if (views.apply(List.of(common)).isPresent()) {
      throw RefusedException.of(
          RefusalCode.PARAM_INVALID,
          "the common table " + common + " has the name of a view of this session",
          "another name in WITH, or spark.catalog.dropTempView(name) before");
    }
  }

  private Optional<View> find(List<String> name) {
    Optional<View> view = views.apply(name);
    view.ifPresent(this::count);
    return view;
  }

  private void count(View view) {
    question.add(view.size());
    question.addBytes(view.plan().length, mostBytes);
  }

  private static SubqueryAlias.Builder named(View view) {
    return SubqueryAlias.newBuilder()
        .setAlias(view.name())
        .setInput(ExtensionTypes.relation(view.plan()));
  }

  private Message inside(Message message) {
    Message.Builder bound = message.toBuilder();
    for (Map.Entry<FieldDescriptor, Object> set : message.getAllFields().entrySet()) {
      FieldDescriptor field = set.getKey();
      if (field.getJavaType() != FieldDescriptor.JavaType.MESSAGE) {
        continue;
      }
      if (field.isRepeated()) {
        for (int i = 0; i < message.getRepeatedFieldCount(field); i++) {
          bound.setRepeatedField(field, i, part((Message) message.getRepeatedField(field, i)));
        }
      } else {
        bound.setField(field, part((Message) set.getValue()));
      }
    }
    return bound.build();
  }

  private Message part(Message message) {
    return message instanceof Relation relation ? bound(relation) : inside(message);
  }
}
