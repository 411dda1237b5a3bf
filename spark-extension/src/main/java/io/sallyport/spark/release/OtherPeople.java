package io.sallyport.spark.release;

import static io.sallyport.spark.scala.Catalyst.alias;

import io.sallyport.policy.frame.FrameName;
import io.sallyport.policy.frame.PrivacyUnit;
import io.sallyport.spark.scala.Catalyst;
import io.sallyport.spark.scala.Scala;
import io.sallyport.spark.seal.FrameTable;
import io.sallyport.spark.seal.SealedFrame;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.EqualTo;
import org.apache.spark.sql.catalyst.plans.JoinType$;
import org.apache.spark.sql.catalyst.plans.logical.Join;
import org.apache.spark.sql.catalyst.plans.logical.JoinHint;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;

/**
 * How many people of one frame have no row in another, counted once for each state of their data.
 * Only the newest state is remembered.
 */
public final class OtherPeople {

  private record Pair(FrameName frame, FrameName measured) {}

  private record Counted(String version, long people) {}

  private final Map<Pair, Counted> counted = new ConcurrentHashMap<>();
  private final Chamber chamber;

  public OtherPeople(Chamber chamber) {
    this.chamber = chamber;
  }

  long of(FrameTable frame, FrameTable measured, Unseal unseal) {
    Pair pair = new Pair(frame.name(), measured.name());
    Optional<String> version =
        DataVersion.of(unseal.relation(frame))
            .flatMap(
                own -> DataVersion.of(unseal.relation(measured)).map(other -> own + " " + other));
    Counted known = counted.get(pair);
    if (known != null && version.filter(known.version()::equals).isPresent()) {
      return known.people();
    }
    long people = count(frame, measured, unseal);
    version.ifPresent(v -> counted.put(pair, new Counted(v, people)));
    return people;
  }

  private long count(FrameTable frame, FrameTable measured, Unseal unseal) {
    SealedFrame own = SealedFrame.of(frame);
    SealedFrame other = SealedFrame.of(measured);
    LogicalPlan without =
        new Join(
            own,
            other,
            JoinType$.MODULE$.apply("leftanti"),
            Scala.some(new EqualTo(unit(own), unit(other))),
            JoinHint.NONE());
    LogicalPlan plan =
        Catalyst.aggregate(
            List.of(), List.of(alias(Catalyst.countDistinct(unit(own)), "people")), without);
    return chamber.run(unseal.in(plan)).get(0).getLong(0);
  }

  private static Attribute unit(SealedFrame leaf) {
    PrivacyUnit.Column unit = (PrivacyUnit.Column) leaf.table().frame().orElseThrow().unit();
    return leaf.attributes().stream()
        .filter(column -> column.name().equalsIgnoreCase(unit.name()))
        .findFirst()
        .orElseThrow();
  }
}
