package io.sallyport.spark.certificate;

import io.sallyport.dp.loss.PrivacyLoss;
import io.sallyport.dp.selection.NoisyMinimum;
import io.sallyport.dp.sensitivity.Sensitivity;
import io.sallyport.spark.scala.Scala;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;

/**
 * Checks a certificate: derives anew, from the plan that is to run and the noise that is to be
 * drawn, how far one person moves each number and what that costs, and compares it with what is
 * claimed and charged.
 *
 * <p>Guarantee: what passes is private by the losses of its claim, under add/remove of all rows of
 * one person, if the noise is drawn as its parameters say, and if frames that are declared to have
 * one row per person do. This holds whatever the deriving side got wrong.
 */
public final class CertificateChecker {

  private CertificateChecker() {}

  /** The operators over people's rows that can be certified; any other is rejected. */
  public static Set<Class<?>> operators() {
    return PlanFacts.operators();
  }

  /**
   * Checks all of it.
   *
   * @throws NotCertifiedException when something is not as it is claimed, or is not known here
   */
  public static void check(Certificate certificate) {
    LogicalPlan plan = certificate.plan();
    ReleaseClaim claim = certificate.release();
    List<LogicalPlan> children = Scala.children(plan);
    NotCertifiedException.unless(
        children.size() == 1 && Scala.list(plan.subqueries()).isEmpty(), "no sums of rows");
    PlanFacts facts = new PlanFacts();
    RowFacts rows = facts.of(children.get(0));
    requireSteps(certificate.steps(), facts.steps());
    Totals totals = Totals.of(plan, rows, claim.frames());
    requireBounds(claim, totals);
    requireValues(certificate);
    requireKeys(claim, totals);
    requirePrice(claim, totals);
  }

  /** What is claimed of the nodes below the bounding is among what was derived. */
  private static void requireSteps(List<Step> claimed, List<Step> derived) {
    NotCertifiedException.unless(
        !claimed.isEmpty() && claimed.size() <= derived.size(), "steps that are not the plan's");
    for (int i = 0; i < claimed.size(); i++) {
      Step claim = claimed.get(i);
      Step own = derived.get(i);
      NotCertifiedException.unless(
          claim.operator() == own.operator() && claim.rule() == own.rule(),
          "step %d is %s by %s, not %s by %s"
              .formatted(
                  i,
                  own.operator().getSimpleName(),
                  own.rule(),
                  claim.operator().getSimpleName(),
                  claim.rule()));
      NotCertifiedException.unless(
          own.people().containsAll(claim.people()),
          "step %d, %s, has a column taken for the person that is not"
              .formatted(i, own.operator().getSimpleName()));
    }
  }

  /** The claimed bounds hold in the plan, and the noise was made for no less. */
  private static void requireBounds(ReleaseClaim claim, Totals totals) {
    BigInteger groups = totals.groups();
    NotCertifiedException.unless(
        groups.compareTo(BigInteger.valueOf(claim.bounds().groups())) <= 0,
        "people in more groups than is claimed");
    if (claim.oneRow().isPresent()) {
      NotCertifiedException.unless(
          claim.oneRow().equals(totals.oneRow()), "people who may have several rows");
    }
    NotCertifiedException.unless(
        claim.statistics().size() == totals.statistics(),
        "draws of noise that are not one for each statistic");
    for (int i = 0; i < totals.statistics(); i++) {
      StatisticClaim statistic = claim.statistics().get(i);
      BigInteger most = totals.most().get(i);
      NotCertifiedException.unless(
          statistic.perGroup() <= claim.bounds().perGroup()
              && most.compareTo(statistic.most()) <= 0,
          "a statistic that one person moves further than is claimed");
      Sensitivity made = statistic.noise().sensitivity();
      BigInteger l1 = groups.multiply(most);
      NotCertifiedException.unless(
          made.perCoordinate().compareTo(most) >= 0
              && made.l1().compareTo(l1) >= 0
              && made.l2Squared().compareTo(l1.multiply(most)) >= 0
              && BigInteger.valueOf(made.coordinates()).compareTo(groups) >= 0,
          "noise that was made for less than one person's part");
    }
  }

  /** Counts by value are cut as claimed, and their noise was made for no less. */
  private static void requireValues(Certificate certificate) {
    ReleaseClaim claim = certificate.release();
    NotCertifiedException.unless(
        claim.values().size() == certificate.values().size(), "counts by value without a claim");
    for (int i = 0; i < claim.values().size(); i++) {
      ValuesClaim values = claim.values().get(i);
      ValueTotals totals = ValueTotals.of(certificate.values().get(i), claim.keys(), values);
      requireSteps(certificate.steps(), totals.steps());
      BigInteger most = BigInteger.valueOf(values.perGroup());
      BigInteger groups = BigInteger.valueOf(claim.bounds().groups());
      NotCertifiedException.unless(
          totals.groups().compareTo(groups) <= 0,
          "people in more groups of values than is claimed");
      NotCertifiedException.unless(
          totals.most().compareTo(most) <= 0 && values.perGroup() <= claim.bounds().perGroup(),
          "people with more values than is claimed");
      BigInteger counts = groups.multiply(values.counts());
      Sensitivity made = values.noise().sensitivity();
      NotCertifiedException.unless(
          made.perCoordinate().compareTo(most) >= 0
              && made.l1().compareTo(counts.multiply(most)) >= 0
              && made.l2Squared().compareTo(counts.multiply(most).multiply(most)) >= 0,
          "noise that was made for less than one person's values");
    }
  }

  /** Which groups there are is known anyway, or selected. */
  private static void requireKeys(ReleaseClaim claim, Totals totals) {
    NotCertifiedException.unless(
        claim.keys() == totals.keys().size(), "keys that are not those claimed");
    boolean global = claim.keys() == 0;
    Optional<List<Set<Object>>> shown =
        claim.publicKeys().map(keys -> keys.stream().map(CertificateChecker::set).toList());
    if (shown.isPresent()) {
      NotCertifiedException.unless(
          shown.equals(totals.allValues()), "keys that are shown, but not from the declared list");
    }
    claim
        .keyTable()
        .ifPresent(
            table ->
                NotCertifiedException.unless(
                    new PlanFacts().of(table).isPublic(), "keys that are shown, but not public"));
    boolean known = global || shown.isPresent() || claim.keyTable().isPresent();
    NotCertifiedException.unless(
        known || claim.selection().filter(s -> !(s instanceof NoisyMinimum)).isPresent(),
        "keys that are shown without selection");
    NotCertifiedException.unless(
        claim.minimumUnits() <= 1 || claim.selection().isPresent(),
        "groups that are shown without a test of their minimum of people");
    NotCertifiedException.unless(
        !known || claim.minimumUnits() > 1 || claim.selection().isEmpty(),
        "a selection among groups that are all shown");
  }

  private static Set<Object> set(List<Object> values) {
    return Set.copyOf(new HashSet<>(values));
  }

  /** Each loss covers its noise, and together they are what the policy grants. */
  private static void requirePrice(ReleaseClaim claim, Totals totals) {
    List<PrivacyLoss> charged = new ArrayList<>(claim.losses());
    int statistics = totals.statistics();
    int parts = statistics + claim.values().size();
    NotCertifiedException.unless(charged.size() >= parts, "noise that is not charged");
    int first = charged.size() - parts;
    List<PrivacyLoss> forSelection = charged.subList(0, first);
    if (claim.selection().isPresent()) {
      Selections.require(
          claim.selection().get(), totals.groups(), claim.minimumUnits(), forSelection);
    } else {
      NotCertifiedException.unless(forSelection.isEmpty(), "a charge for no selection");
    }
    for (int i = 0; i < statistics; i++) {
      Losses.require(
          claim.statistics().get(i).noise().noise(),
          totals.groups(),
          totals.most().get(i),
          charged.get(first + i));
    }
    for (int i = 0; i < claim.values().size(); i++) {
      ValuesClaim values = claim.values().get(i);
      Losses.require(
          values.noise().noise(),
          BigInteger.valueOf(claim.bounds().groups()).multiply(values.counts()),
          BigInteger.valueOf(values.perGroup()),
          charged.get(first + statistics + i));
    }
    Losses.requireWithin(charged, claim.epsilon(), claim.delta());
  }
}
