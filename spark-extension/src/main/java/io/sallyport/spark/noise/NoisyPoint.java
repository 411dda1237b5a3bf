package io.sallyport.spark.noise;

import io.sallyport.dp.sensitivity.ContributionBounds;
import io.sallyport.spark.label.ReleasePoint;
import io.sallyport.spark.scala.Scala;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.IsNotNull;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;

/**
 * A release point as it is answered with noise: what is counted in each group, and how the
 * analyst's functions are computed from it. Known before any data are read.
 *
 * @param point the release point
 * @param statistics what is counted; each is bought once, however many functions need it
 * @param values what is counted by value; each is bought once too
 * @param estimators one for each aggregate function, in their order
 * @param publicKeys the groups, when they are public; empty when the data say which there are
 * @param singleRows whether each person has one row at most, so that no contribution needs bounding
 */
public record NoisyPoint(
    ReleasePoint point,
    List<Statistic> statistics,
    List<Values> values,
    List<Estimator> estimators,
    Optional<PublicKeys> publicKeys,
    boolean singleRows) {

  public NoisyPoint {
    statistics = List.copyOf(statistics);
    values = List.copyOf(values);
    estimators = List.copyOf(estimators);
  }

  static NoisyPoint of(ReleasePoint point, List<Estimator> estimators, PublicDomains domains) {
    List<Statistic> statistics = new ArrayList<>();
    List<Values> values = new ArrayList<>();
    for (Estimator estimator : estimators) {
      for (Statistic wanted : estimator.statistics()) {
        if (statistics.stream().noneMatch(wanted::isSame)) {
          statistics.add(wanted);
        }
      }
      for (Values wanted : estimator.values()) {
        if (values.stream().noneMatch(wanted::isSame)) {
          values.add(wanted);
        }
      }
    }
    return new NoisyPoint(
        point,
        statistics,
        values,
        estimators,
        publicKeys(point.aggregate(), domains),
        SingleRows.in(point.aggregate().child()));
  }

  /** Where there is a key table, its groups are the only ones that there can be. */
  private static Optional<PublicKeys> publicKeys(Aggregate aggregate, PublicDomains domains) {
    return KeyedJoin.of(aggregate)
        .<PublicKeys>map(table -> table)
        .or(() -> DeclaredKeys.of(keys(aggregate), domains));
  }

  /** The public table whose keys are the groups, when there is one. */
  public Optional<KeyTable> keyTable() {
    return publicKeys.filter(KeyTable.class::isInstance).map(KeyTable.class::cast);
  }

  /** The queries of what is counted by value, with every person's contribution bounded. */
  public List<ValueQuery> valueQueries(ContributionBounds bounds, long secret) {
    return values.stream().map(v -> new ValueQuery(this, v, bounds, secret)).toList();
  }

  /** The grouping expressions. */
  List<Expression> keys() {
    return keys(point.aggregate());
  }

  private static List<Expression> keys(Aggregate aggregate) {
    return Scala.list(aggregate.groupingExpressions());
  }

  /** The keys of a counted row, which begins with them, as a row that compares by value. */
  InternalRow key(InternalRow counted) {
    return layout().key(counted);
  }

  /** The output columns. */
  List<NamedExpression> shown() {
    return Scala.list(point.aggregate().aggregateExpressions());
  }

  boolean isGlobal() {
    return keys().isEmpty();
  }

  /** Whether the data say which groups there are, so that showing a key tells of people. */
  boolean selectsKeys() {
    return !isGlobal() && publicKeys.isEmpty();
  }

  /** The groupings, when there are several at once. */
  Optional<GroupingSets> groupingSets() {
    return GroupingSets.of(point.aggregate());
  }

  /** In how many groups one person counts, when the terms allow so many of each grouping. */
  long groups(long ofEach) {
    return groupingSets().map(sets -> sets.groups(ofEach)).orElse(ofEach);
  }

  /** What keeps each person's first groups. */
  GroupsPerPerson first(
      Attribute person, List<Attribute> keys, ContributionBounds bounds, long secret) {
    return groupingSets()
        .map(
            sets ->
                new GroupsPerPerson(
                    person,
                    Optional.of(keys.get(sets.key())),
                    keys,
                    sets.ofEach(bounds.groups()),
                    secret))
        .orElseGet(
            () -> new GroupsPerPerson(person, Optional.empty(), keys, bounds.groups(), secret));
  }

  /** Which rows of a person count: all, or those of public groups. */
  Expression counts(Expression person) {
    Expression known = new IsNotNull(person);
    return publicKeys().<Expression>map(all -> new And(known, all.contain(keys()))).orElse(known);
  }

  /** Whether a person may be in more groups than the bounds allow. */
  boolean mayHaveMoreGroupsThan(ContributionBounds bounds) {
    return !isGlobal() && publicKeys().map(all -> mayBeMore(all, bounds.groups())).orElse(true);
  }

  /** How many keys a table has is not in the plan that counts, so there they are always cut. */
  private static boolean mayBeMore(PublicKeys keys, long groups) {
    return keys instanceof KeyTable || keys.atMost().orElse(Long.MAX_VALUE) > groups;
  }

  /** How many numbers, or trees of numbers, get noise of their own in each group. */
  int noisyParts() {
    return layout().noisyParts();
  }

  /**
   * Whether plan and policy bound how many groups there are: one in all, or those that owners
   * declared.
   */
  public boolean hasPublicGroups() {
    return !selectsKeys();
  }

  /** What a group of it looks like, without the plan below it. */
  Layout layout() {
    return new Layout(keys(), shown(), statistics, values, estimators);
  }

  /** Where values stand among those that get noise: after the statistics. */
  int ordinal(Values wanted) {
    return layout().ordinal(wanted);
  }

  /** Where a statistic stands among those that are counted. */
  int ordinal(Statistic wanted) {
    return layout().ordinal(wanted);
  }
}
