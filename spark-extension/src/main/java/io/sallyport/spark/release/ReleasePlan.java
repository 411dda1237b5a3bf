package io.sallyport.spark.release;

import io.sallyport.policy.decision.Judge;
import io.sallyport.policy.decision.Obligation;
import io.sallyport.policy.decision.Verdict;
import io.sallyport.policy.frame.PolicySet;
import io.sallyport.policy.principal.Principal;
import io.sallyport.policy.question.Question;
import io.sallyport.policy.question.Shape;
import io.sallyport.policy.question.Source;
import io.sallyport.spark.RefusedException;
import io.sallyport.spark.admission.TextGrowth;
import io.sallyport.spark.certificate.NotCertifiedException;
import io.sallyport.spark.exact.ExactAnswers;
import io.sallyport.spark.exact.Readings;
import io.sallyport.spark.label.NodeLabel;
import io.sallyport.spark.label.PlanLabels;
import io.sallyport.spark.label.ReleasePoint;
import io.sallyport.spark.noise.NoiseAssessment;
import io.sallyport.spark.release.words.CellsInWords;
import io.sallyport.spark.rows.KeptRows;
import io.sallyport.spark.rows.MadeRows;
import io.sallyport.spark.rows.ResultDigest;
import io.sallyport.spark.rows.RowKeeper;
import io.sallyport.spark.scala.Scala;
import io.sallyport.spark.seal.FrameRelations;
import io.sallyport.spark.seal.SealedFrame;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.ExprId;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.types.StructType;

/**
 * From an admitted plan to one that may run in the analyst's session: every release point is
 * judged, then run in the chamber and replaced by what was released.
 *
 * <p>All verdicts fall before anything runs. If one of them is not a release, nothing is released.
 */
public final class ReleasePlan {

  private final Judge judge = new Judge();
  private final Chamber chamber;
  private final FrameTotals totals;
  private final UniqueUnits uniques;
  private final OtherPeople others;
  private final FrameRelations relations;
  private final PolicySet policies;
  private final ResultBound bound;

  ReleasePlan(
      Chamber chamber,
      FrameTotals totals,
      UniqueUnits uniques,
      FrameRelations relations,
      PolicySet policies,
      ResultBound bound) {
    this.chamber = chamber;
    this.totals = totals;
    this.uniques = uniques;
    this.others = new OtherPeople(chamber);
    this.relations = relations;
    this.policies = policies;
    this.bound = bound;
  }

  /** Lists the data's files: what is read through it is one state of the data. */
  public Unseal reading() {
    return new Unseal(relations);
  }

  /**
   * Judges every release point of a plan, and its root.
   *
   * @param wish how much noise the one who asks prefers, within the owners' caps
   * @throws RefusedException when a point could be answered with noise but not under these terms
   * @throws NotCertifiedException when a noisy answer cannot be shown to be private
   */
  public Judged judge(
      LogicalPlan admitted, PlanLabels labels, Principal principal, NoiseWish wish) {
    SampledRows.requireFree(admitted);
    IdentityHashMap<Aggregate, ReleasePoint> points = new IdentityHashMap<>();
    IdentityHashMap<Aggregate, List<Obligation>> obligations = new IdentityHashMap<>();
    List<Question> questions = new ArrayList<>();
    List<Verdict> verdicts = new ArrayList<>();
    List<NoisePlan.Routed> noisy = new ArrayList<>();
    Readings readings = new Readings();
    for (ReleasePoint point : labels.releasePoints()) {
      NoiseAssessment noise = NoiseAssessment.of(point);
      Readings.Read exact = readings.read(OverReleased.of(point.aggregate(), points.keySet()));
      Question question = new Question(principal, Shape.AGGREGATE, sources(point, exact, noise));
      Verdict verdict = judge.judge(question, policies);
      NoiseRoute route =
          NoiseRoute.of(verdict.fold(Verdict.Release::obligations, n -> List.of(), r -> List.of()));
      points.put(point.aggregate(), point);
      obligations.put(point.aggregate(), route.exact());
      if (route.noise().isPresent()) {
        noisy.add(new NoisePlan.Routed(noise.noisy().orElseThrow(), route));
      }
      questions.add(question);
      verdicts.add(verdict);
    }
    if (!labels.root().rows().isFree()) {
      Shape shape = RawFrame.is(admitted) ? Shape.FRAME_ITSELF : Shape.ROWS;
      Question question = new Question(principal, shape, sources(labels.root()));
      questions.add(question);
      verdicts.add(judge.judge(question, policies));
    }
    Verdict verdict = Verdicts.strictest(verdicts, policies);
    boolean releases = verdict.fold(release -> true, asks -> false, refuse -> false);
    NoisePlan withNoise = releases ? NoisePlan.of(noisy, wish) : NoisePlan.NONE;
    withNoise.requirePlaceForIntervals(admitted);
    withNoise.parts().forEach(part -> Certifier.requireBeforeCharge(part, points.keySet()));
    return new Judged(
        admitted,
        labels,
        principal,
        points,
        obligations,
        withNoise,
        readings.partitions(),
        questions,
        verdict);
  }

  /**
   * Looks whether the public groups of some parts can be shown, before anything is charged.
   *
   * @throws RefusedException LIMIT_EXCEEDED when a key table has too many keys
   */
  public void requireKeys(List<NoisePlan.Part> parts, Unseal unseal) {
    parts.forEach(new KeyRows(chamber, unseal, bound.rows())::of);
  }

  /**
   * Runs what was judged to be a release.
   *
   * @param recorded noisy releases that were made and paid for before; what is not there was
   *     charged
   * @param first how many rows are wanted, when only the first are: of more, only these are made
   *     where that changes nothing of what is released
   * @throws ApprovalNeeded when some group is small and the policy puts such results before owners
   * @throws RefusedException when some group is small and the policy does not
   */
  public Outcome run(Judged judged, Unseal unseal, RecordedReleases recorded, OptionalInt first) {
    if (!judged.verdict().fold(release -> true, needsApproval -> false, refuse -> false)) {
      throw new IllegalArgumentException("Only what was judged to be a release is run");
    }
    ExactTerms.Attempts attempts = ExactTerms.Attempts.of(judged.obligations().values());
    while (true) {
      Run run = new Run(judged, unseal, recorded, attempts.terms(), first);
      try {
        return run.whole();
      } catch (ExactAnswers.Broken broken) {
        attempts
            .next(broken.frame())
            .ifPresent(
                obligations -> {
                  throw run.smallGroup(obligations);
                });
      }
    }
  }

  /** Takes up rows of so many fields that are read again. */
  public RowKeeper keeper(int fields) {
    return chamber.keeper(fields);
  }

  /** The rows that an outcome's plan, free of sealed leaves, makes of what was released. */
  public Result result(LogicalPlan free) {
    return new ExactRows(chamber, bound).ofFree(free);
  }

  /**
   * A plan with the columns that its result will have, error bars among them. A question that is
   * refused, or not answered with noise, has those that it asks for.
   */
  public LogicalPlan described(LogicalPlan admitted, Principal principal, NoiseWish wish) {
    PlanLabels labels = PlanLabels.of(admitted);
    NoisePlan noise = judge(admitted, labels, principal, wish).noise();
    return noise.isEmpty() ? admitted : PassOn.described(admitted, noise.parts().get(0));
  }

  /**
   * Requires that the text of released rows is not too large.
   *
   * @param rows that were released, and nothing above them
   * @throws RefusedException LIMIT_EXCEEDED
   */
  public void requireShort(ShownText text, LogicalPlan rows) {
    text.require(rows, bound.bytes());
  }

  /** The exact result, wiped, and what stands behind it: for owners to decide on. */
  public Result exact(Judged judged, Unseal unseal) {
    SampledRows.requireNoneOf(judged.plan(), judged.points().keySet());
    return new ExactRows(chamber, bound)
        .ofGoverned(unseal.in(judged.plan()), judged, new Evidence(chamber, totals, unseal));
  }

  /** What stands against a release point, as an exact answer and as one with noise. */
  private static List<Source> sources(
      ReleasePoint point, Readings.Read exact, NoiseAssessment noise) {
    return point.sources().stream()
        .map(
            source ->
                new Source(
                    source.frame(),
                    exact.objection().stream().toList(),
                    exact.reading().isPresent() ? exact.functions() : source.functions(),
                    noise.against(source.frame())))
        .toList();
  }

  private static List<Source> sources(NodeLabel root) {
    return root.rows().governed().stream()
        .sorted()
        .map(frame -> new Source(frame, root.objections().against(frame)))
        .toList();
  }

  private static boolean holdsSealedLeaf(LogicalPlan plan) {
    return Scala.<LogicalPlan>list(plan.collectLeaves()).stream()
        .anyMatch(SealedFrame.class::isInstance);
  }

  /** One execution of a judged plan: one reading of the data. */
  private final class Run {

    private final Judged judged;
    private final ExactRelease exact;
    private final NoiseRelease noise;
    private final Unseal unseal;
    private final RecordedReleases recorded;
    private final OptionalInt first;
    private final List<Released> released = new ArrayList<>();
    private final Map<ExprId, List<Attribute>> bars = new HashMap<>();
    private final Map<String, List<UnsafeRow>> drawn = new HashMap<>();
    private final IdentityHashMap<Aggregate, Long> sizes = new IdentityHashMap<>();

    Run(
        Judged judged,
        Unseal unseal,
        RecordedReleases recorded,
        ExactTerms terms,
        OptionalInt first) {
      this.first = first;
      this.judged = judged;
      this.recorded = recorded;
      this.noise = new NoiseRelease(chamber, uniques, unseal, bound.rows());
      this.exact = new ExactRelease(chamber, uniques, others, unseal, bound, terms);
      this.unseal = unseal;
    }

    Outcome whole() {
      LogicalPlan replaced = replace(judged.plan());
      LogicalPlan remaining = bars.isEmpty() ? replaced : PassOn.through(replaced, bars);
      if (!holdsSealedLeaf(remaining)) {
        return free(remaining);
      }
      Released rows =
          new RowsRelease(chamber, unseal, bound).release(remaining, judged.labels().root());
      released.add(rows);
      return outcome(rows.relation());
    }

    LogicalPlan replace(LogicalPlan plan) {
      List<LogicalPlan> before = Scala.children(plan);
      List<LogicalPlan> after = before.stream().map(this::replace).toList();
      LogicalPlan replaced = before.isEmpty() ? plan : Scala.withChildren(plan, after);
      ReleasePoint point = plan instanceof Aggregate a ? judged.points().get(a) : null;
      if (point == null) {
        return replaced;
      }
      Released result =
          judged
              .noise()
              .part(point.aggregate())
              .map(part -> noisy(part, (Aggregate) replaced))
              .orElseGet(() -> exact.release(point, (Aggregate) replaced));
      released.add(result);
      sizes.put((Aggregate) plan, (long) result.rows().size());
      return result.relation();
    }

    /** What was recorded for exactly this is shown again; noise is never drawn twice. */
    private Released noisy(NoisePlan.Part part, Aggregate aggregate) {
      List<UnsafeRow> rows = drawn.get(part.hash());
      if (rows == null) {
        rows = recorded.find(part).orElseGet(() -> draw(part, aggregate));
        drawn.put(part.hash(), rows);
      }
      if (!judged.noise().intervals()) {
        return noise.shown(part, aggregate, rows);
      }
      NoiseRelease.Barred barred = noise.barred(part, aggregate, rows);
      bars.putAll(barred.ends());
      return barred.released();
    }

    private List<UnsafeRow> draw(NoisePlan.Part part, Aggregate aggregate) {
      List<UnsafeRow> rows = noise.release(part, aggregate);
      StructType schema = Result.schemaOf(noise.columns(part, aggregate));
      recorded.keep(part, new Result(schema, Optional.of(rows), "{}"));
      return rows;
    }

    /** In the same words whichever of these is not met. */
    private RuntimeException smallGroup(List<Obligation> demanded) {
      List<Obligation> all =
          judged.verdict().fold(Verdict.Release::obligations, asks -> List.of(), no -> List.of());
      return judge
          .smallGroup(
              demanded,
              frame -> CellsInWords.of(judged.cells(), frame),
              judged.principal(),
              policies)
          .fold(
              release -> {
                throw new AssertionError("A small group is never released");
              },
              asks -> beforeOwners(Verdicts.beforeOwners(asks.grounds(), all, policies)),
              ReleasePlan::refused);
    }

    private RuntimeException beforeOwners(Verdict verdict) {
      return verdict.fold(
          release -> {
            throw new AssertionError("What goes before owners is not released");
          },
          asks -> new ApprovalNeeded(asks.grounds()),
          ReleasePlan::refused);
    }

    /** What is made of public rows and of what was released is made here, within bounds. */
    Outcome free(LogicalPlan remaining) {
      if (!released.isEmpty() && KeptRows.isOnly(remaining)) {
        released.stream()
            .map(Released::rows)
            .filter(few -> !KeptRows.areMany(few))
            .forEach(bound::require);
        return outcome(remaining);
      }
      MadeRows.require(judged.plan(), sizes);
      TextGrowth.require(judged.plan(), sizes);
      Released rows = new FreeRows(chamber, bound).of(remaining, first);
      if (released.isEmpty()) {
        released.add(rows);
      }
      return outcome(rows.relation());
    }

    Outcome outcome(LogicalPlan plan) {
      long rows = released.stream().mapToLong(result -> result.rows().size()).sum();
      ResultDigest digest = ResultDigest.of(released.stream().map(Released::digest).toList());
      return new Outcome(plan, digest, rows);
    }
  }

  private static RefusedException refused(Verdict.Refuse verdict) {
    return new RefusedException(
        verdict
            .refusal()
            .orElseThrow(() -> new AssertionError("A verdict that is no release has a refusal")));
  }
}
