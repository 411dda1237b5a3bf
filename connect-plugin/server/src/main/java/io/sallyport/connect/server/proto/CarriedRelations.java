package io.sallyport.connect.server.proto;

import static io.sallyport.policy.decision.RefusalCode.PARAM_INVALID;
import static io.sallyport.policy.decision.RefusalCode.RELATION_NOT_ALLOWED;

import io.sallyport.spark.RefusedException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.connect.proto.Relation;
import org.apache.spark.connect.proto.SubqueryExpression;
import org.apache.spark.connect.proto.WithRelations;
import org.sparkproject.connect.protobuf.Descriptors.FieldDescriptor;
import org.sparkproject.connect.protobuf.Message;

/**
 * The relations that a plan carries for its subqueries, which name them by number: each has a
 * number of its own, each number that is named is carried, and the plan stays within the limit when
 * every subquery is put in the place of its number. A plan that names what it carries twice, and so
 * on inwards, would double with each step.
 */
final class CarriedRelations {

  private final long most;

  private CarriedRelations(long most) {
    this.most = most;
  }

  /** A check of {@code with_relations}. */
  static FieldCheck check() {
    return (field, value, inspection) ->
        new CarriedRelations(inspection.bounds().nodes()).size((WithRelations) value);
  }

  /** How many messages the plan has once every subquery is in its place. */
  private long size(WithRelations plan) {
    if (plan.getRoot().hasSql()) {
      throw Refusals.refuse(RELATION_NOT_ALLOWED, "SQL text over relations that are sent with it");
    }
    Map<Long, Relation> relations = new HashMap<>();
    Map<Long, Long> carried = new HashMap<>();
    for (Relation reference : plan.getReferencesList()) {
      long number = reference.getCommon().getPlanId();
      Relation other = relations.putIfAbsent(number, reference);
      // Stock clients send a relation once for each subquery that names it.
      if (!reference.getCommon().hasPlanId() || (other != null && !other.equals(reference))) {
        throw invalid("A relation that is sent for a subquery has no number of its own");
      }
      if (other == null) {
        carried.put(number, size(reference, Map.of()));
      }
    }
    return size(plan.getRoot(), carried);
  }

  private long size(Message message, Map<Long, Long> carried) {
    if (message instanceof WithRelations inner) {
      return size(inner);
    }
    long size = 1;
    if (message instanceof SubqueryExpression subquery) {
      size += named(subquery, carried);
    }
    for (Map.Entry<FieldDescriptor, Object> set : message.getAllFields().entrySet()) {
      if (set.getKey().getJavaType() != FieldDescriptor.JavaType.MESSAGE) {
        continue;
      }
      List<?> inside =
          set.getKey().isRepeated() ? (List<?>) set.getValue() : List.of(set.getValue());
      for (Object one : inside) {
        size += size((Message) one, carried);
        if (size > most) {
          throw Refusals.limit("relations and expressions, with its subqueries in place", most);
        }
      }
    }
    return size;
  }

  private static long named(SubqueryExpression subquery, Map<Long, Long> carried) {
    return Optional.ofNullable(carried.get(subquery.getPlanId()))
        .orElseThrow(() -> invalid("A subquery names a relation that is not sent with the plan"));
  }

  private static RefusedException invalid(String subject) {
    return RefusedException.of(PARAM_INVALID, subject, "the request as stock clients send it");
  }
}
