package io.sallyport.policy.decision;

import io.sallyport.policy.principal.Principal;
import io.sallyport.policy.rule.AggregateFamily;
import io.sallyport.policy.rule.Dominance;
import io.sallyport.policy.rule.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * From a rule to the requirements under which it holds for one principal and one kind of answer.
 *
 * <p>Who asks, whether the answer is an aggregate and which functions it uses are known from the
 * plan. What is left of the rule depends on the data only through {@code aggregation(...)}, is
 * monotone, and so is a disjunction of conjunctions of them. A conjunction of aggregation terms is
 * one {@link Requirement}, their join in its lattice; so the rule holds for an answer if, and only
 * if, all its rows meet one and the same of the returned alternatives. None of them implies
 * another: the one that demands less is kept, because whatever meets the stricter meets it too. No
 * alternative means that the rule cannot hold; {@link Requirement#NONE} alone that it holds anyway.
 * An exact alternative stands beside a noisy one that demands more: frames that are answered
 * together may leave only the noisy way.
 *
 * <p>A dp rule asks for noise, and needs a plan that can be answered with it. With an aggregation
 * rule in one conjunction, its number of people becomes the least that a shown group rests on, and
 * its degrees of freedom need no check, because noise protects the estimate. Dominance cannot be
 * looked at under noise: such a conjunction never holds.
 *
 * <p>Requirements on single numbers of people form a chain, so rules without options have one
 * alternative at most. With options there can be many; {@link #MOST_ALTERNATIVES} are kept, those
 * that come first in the order of requirements. Dropping one can only refuse.
 */
final class Requirements implements Rule.Cases<List<Requirement>> {
  /** How many alternatives are looked at. */
  static final int MOST_ALTERNATIVES = 16;

  private static final List<Requirement> HOLDS = List.of(Requirement.NONE);
  private static final List<Requirement> FAILS = List.of();

  private final Principal principal;
  private final Fitness fitness;
  private final Set<AggregateFamily> functions;

  /**
   * What kinds of rule a plan could meet.
   *
   * @param exact whether it is, without objection, an aggregate over the frame's people
   * @param noisy whether it can, without objection, be answered with noise
   */
  record Fitness(boolean exact, boolean noisy) {
    static final Fitness NONE = new Fitness(false, false);
  }

  private Requirements(Principal principal, Fitness fitness, Set<AggregateFamily> functions) {
    this.principal = principal;
    this.fitness = fitness;
    this.functions = Set.copyOf(functions);
  }

  /**
   * @param fitness what kinds of rule the plan could meet
   * @param functions which functions the aggregate uses
   */
  static List<Requirement> of(
      Rule rule, Principal principal, Fitness fitness, Set<AggregateFamily> functions) {
    return rule.fold(new Requirements(principal, fitness, functions)).stream()
        .filter(Requirement::isPossible)
        .toList();
  }

  @Override
  public List<Requirement> aggregation(Rule.Aggregation rule) {
    if (!fitness.exact() || !rule.functions().containsAll(functions)) {
      return FAILS;
    }
    boolean sums = functions.stream().anyMatch(function -> function != AggregateFamily.COUNT);
    boolean estimates = functions.stream().anyMatch(function -> function.parameters() > 0);
    List<Dominance> dominance = sums ? rule.dominance() : List.of();
    return List.of(new Requirement(rule.k(), dominance, estimates ? rule.dof() : 0));
  }

  @Override
  public List<Requirement> dp(Rule.Dp rule) {
    NoiseTerms terms = new NoiseTerms(rule.epsilon(), rule.delta(), rule.groups(), rule.rows());
    return fitness.noisy() ? List.of(new Requirement(0, List.of(), 0, Optional.of(terms))) : FAILS;
  }

  @Override
  public List<Requirement> user(Rule.User rule) {
    return principal.name().equals(rule.principal()) ? HOLDS : FAILS;
  }

  @Override
  public List<Requirement> group(Rule.Group rule) {
    return principal.groups().contains(rule.name()) ? HOLDS : FAILS;
  }

  @Override
  public List<Requirement> all(Rule.All rule) {
    return atLeast(rule.rules().size(), rule.rules());
  }

  @Override
  public List<Requirement> any(Rule.Any rule) {
    return atLeast(1, rule.rules());
  }

  @Override
  public List<Requirement> atLeast(Rule.AtLeast rule) {
    return atLeast(rule.n(), rule.rules());
  }

  @Override
  public List<Requirement> always(Rule.Always rule) {
    return HOLDS;
  }

  @Override
  public List<Requirement> never(Rule.Never rule) {
    return FAILS;
  }

  /** After each rule, entry m has the ways in which m or more of the rules so far hold. */
  private List<Requirement> atLeast(int n, List<Rule> rules) {
    List<List<Requirement>> holding = new ArrayList<>();
    holding.add(HOLDS);
    for (Rule rule : rules) {
      List<Requirement> one = rule.fold(this);
      List<List<Requirement>> next = new ArrayList<>();
      next.add(HOLDS);
      for (int m = 1; m <= holding.size() && m <= n; m++) {
        Stream<Requirement> without = m < holding.size() ? holding.get(m).stream() : Stream.empty();
        next.add(weakest(Stream.concat(without, both(holding.get(m - 1), one))));
      }
      holding = next;
    }
    return holding.size() > n ? holding.get(n) : FAILS;
  }

  private static Stream<Requirement> both(List<Requirement> some, List<Requirement> others) {
    return some.stream().flatMap(a -> others.stream().map(a::and));
  }

  private static List<Requirement> weakest(Stream<Requirement> requirements) {
    List<Requirement> all = requirements.distinct().sorted().toList();
    return all.stream()
        .filter(r -> all.stream().noneMatch(o -> isBetter(o, r)))
        .limit(MOST_ALTERNATIVES)
        .toList();
  }

  private static boolean isBetter(Requirement one, Requirement other) {
    boolean sameWay = one.noise().isPresent() == other.noise().isPresent();
    return !one.equals(other) && other.implies(one) && (sameWay || one.equals(Requirement.NONE));
  }
}
