package io.sallyport.spark.answer;

import io.sallyport.policy.frame.Frame;
import io.sallyport.policy.frame.FrameName;
import io.sallyport.policy.frame.PolicySet;
import io.sallyport.policy.ledger.AnalystSpending;
import io.sallyport.policy.ledger.Balance;
import io.sallyport.policy.principal.Principal;
import io.sallyport.spark.seal.NamedTables;
import io.sallyport.spark.seal.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;

/**
 * {@code sallyport.budgets}: how the budgets stand that a question of the one who looks would be
 * charged to. It depends on policies and past charges alone, so everybody may look. {@code
 * sallyport.spending}: what each analyst's questions took of them, for those who decide.
 */
public final class BudgetTable implements NamedTables {

  private static final List<String> COLUMNS =
      List.of("account", "epsilon", "delta", "window_days", "left", "spent");

  private static final List<String> SPENDING =
      List.of("principal", "unit_space", "questions", "spent", "last");

  private final DurableState durable;
  private final PolicySet policies;

  public BudgetTable(DurableState durable, PolicySet policies) {
    this.durable = durable;
    this.policies = policies;
  }

  @Override
  public Optional<LogicalPlan> find(List<String> nameParts, Principal principal) {
    return switch (String.join(".", nameParts).toLowerCase(Locale.ROOT)) {
      case "sallyport.budgets" -> Optional.of(budgets(principal));
      case "sallyport.spending" ->
          decides(principal) ? Optional.of(spending(principal)) : Optional.empty();
      default -> Optional.empty();
    };
  }

  /** What each analyst's questions took, for those who decide on a frame of the unit space. */
  private LogicalPlan spending(Principal principal) {
    List<List<String>> rows = new ArrayList<>();
    for (AnalystSpending spent : spending(durable, policies, principal)) {
      rows.add(
          List.of(
              spent.principal(),
              spent.space(),
              String.valueOf(spent.questions()),
              new Price(spent.spent()).text(),
              spent.last().toString()));
    }
    return TextTable.of(SPENDING, rows);
  }

  static List<AnalystSpending> spending(
      DurableState durable, PolicySet policies, Principal principal) {
    Set<String> spaces = new TreeSet<>();
    policies.frames().stream()
        .filter(frame -> frame.mayBeDecidedBy(principal))
        .map(frame -> frame.facts().unitSpace())
        .filter(space -> policies.budgets().spaces().containsKey(space))
        .forEach(spaces::add);
    return durable.at(() -> durable.ledger().spending(spaces, policies));
  }

  private boolean decides(Principal principal) {
    return policies.frames().stream().anyMatch(frame -> frame.mayBeDecidedBy(principal));
  }

  private LogicalPlan budgets(Principal principal) {
    TreeMap<String, Balance> accounts = new TreeMap<>();
    for (String space : policies.budgets().spaces().keySet()) {
      Set<FrameName> frames = new TreeSet<>();
      policies.frames().stream()
          .filter(frame -> frame.facts().unitSpace().equals(space))
          .map(Frame::name)
          .forEach(frames::add);
      durable
          .at(() -> durable.ledger().balances(principal.name(), frames, policies))
          .forEach(balance -> accounts.put(balance.account(), balance));
    }
    List<List<String>> rows = new ArrayList<>();
    accounts.values().forEach(balance -> rows.add(row(balance)));
    return TextTable.of(COLUMNS, rows);
  }

  private static List<String> row(Balance balance) {
    return List.of(
        balance.account(),
        balance.budget().epsilon().toString(),
        balance.budget().delta().toString(),
        balance.budget().window().map(window -> String.valueOf(window.toDays())).orElse(""),
        balance.remaining(),
        balance.gone());
  }
}
