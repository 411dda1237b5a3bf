package io.sallyport.connect.desk.page;

import io.sallyport.policy.advice.FrameWords;
import io.sallyport.policy.frame.PolicySet;
import io.sallyport.policy.ledger.AnalystSpending;
import io.sallyport.policy.ledger.Balance;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** How much was spent, by whom, what is left, and what that means. */
public final class BudgetsPage {
  private static final int WIDTH = 400;

  private BudgetsPage() {}

  /** The page. */
  public static String of(
      Viewer viewer,
      List<Balance> balances,
      List<AnalystSpending> spending,
      PolicySet policies,
      Instant now) {
    return Layout.page(
        viewer,
        "Budgets",
        "/budgets",
        page -> {
          page.say("h1", "Budgets");
          if (balances.isEmpty()) {
            page.say(
                "p",
                "None of your frames answers with noise, so there is no budget.",
                "class",
                "card");
          }
          balances.forEach(balance -> account(page, balance, spending, policies));
          if (!spending.isEmpty()) {
            analysts(page, spending, now);
          }
        });
  }

  private static void account(
      Markup page, Balance balance, List<AnalystSpending> spending, PolicySet policies) {
    page.open("section", "class", "card");
    page.show("h2", balance.account());
    BigDecimal budget = balance.budget().epsilon().value();
    bar(page, balance.spentEpsilon(), budget);
    page.show("p", "Left: " + balance.remaining() + ". Spent: " + balance.gone() + ".");
    String space = balance.account().replaceFirst("^unit space ", "");
    more(page, balance, spending.stream().filter(s -> s.space().equals(space)).toList());
    page.show("p", meaning(balance.budget().epsilon().value().doubleValue()), "class", "hint");
    if (policies.budgets().spaces().containsKey(space)) {
      page.open("dl");
      for (FrameWords.Term term : FrameWords.of(policies.budgets().spaces().get(space))) {
        page.say("dt", term.name()).show("dd", term.value());
      }
      page.close();
    }
    page.close();
  }

  private static void bar(Markup page, BigDecimal spent, BigDecimal budget) {
    double part =
        budget.signum() == 0
            ? 1
            : spent.divide(budget, 6, RoundingMode.HALF_UP).min(BigDecimal.ONE).doubleValue();
    String label = String.format(Locale.ROOT, "%.1f percent of the budget is spent", 100 * part);
    page.open(
        "svg",
        "class",
        "bar",
        "viewBox",
        "0 0 " + WIDTH + " 14",
        "role",
        "img",
        "aria-label",
        label);
    page.say("title", label);
    page.open("rect", "class", "all", "width", String.valueOf(WIDTH), "height", "14", "rx", "3")
        .close();
    page.open(
            "rect",
            "class",
            part > 0.8 ? "spent much" : "spent",
            "width",
            String.valueOf(Math.round(WIDTH * part)),
            "height",
            "14",
            "rx",
            "3")
        .close();
    page.close();
  }

  private static void more(Markup page, Balance balance, List<AnalystSpending> spending) {
    long questions = spending.stream().mapToLong(AnalystSpending::questions).sum();
    if (questions == 0 || balance.spentEpsilon().signum() == 0) {
      return;
    }
    BigDecimal usual =
        balance.spentEpsilon().divide(BigDecimal.valueOf(questions), 12, RoundingMode.UP);
    BigDecimal left = balance.leftEpsilon().divide(usual, 0, RoundingMode.DOWN);
    page.say(
        "p",
        "That is about %s more %s like the %d so far."
            .formatted(
                left.toPlainString(),
                left.compareTo(BigDecimal.ONE) == 0 ? "question" : "questions",
                questions));
  }

  /** The bound on what anybody can learn, with its number. */
  private static String meaning(double epsilon) {
    double most = 100 / (1 + Math.exp(-epsilon));
    return String.format(
        Locale.ROOT,
        "What it means: when all of it is spent, somebody who gave it even odds that a person is in"
            + " the data, and who knows everything else, can be at most %.1f percent sure.",
        Math.min(most, 99.9));
  }

  private static void analysts(Markup page, List<AnalystSpending> spending, Instant now) {
    page.open("section", "class", "card").say("h2", "By analyst");
    page.open(
        "div", "class", "scroll", "tabindex", "0", "role", "region", "aria-label", "By analyst");
    page.open("table").open("thead").open("tr");
    for (String title : List.of("Analyst", "People", "Questions", "Charged in all", "Last")) {
      page.say("th", title, "scope", "col");
    }
    page.close().close().open("tbody");
    for (AnalystSpending one : spending) {
      page.open("tr").show("td", one.principal()).show("td", one.space());
      page.say("td", String.valueOf(one.questions()), "class", "number");
      page.say("td", charged(one));
      page.open("td");
      When.show(page, one.last(), now);
      page.close().close();
    }
    page.close().close().close().close();
  }

  private static String charged(AnalystSpending one) {
    String epsilon = "epsilon " + shown(one.spent().pure().value());
    String rho = one.spent().rho().isZero() ? "" : ", rho " + shown(one.spent().rho().value());
    return one.spent().pure().isZero() && !rho.isEmpty() ? rho.substring(2) : epsilon + rho;
  }

  private static String shown(BigDecimal value) {
    return value.signum() == 0
        ? "0"
        : value.setScale(6, RoundingMode.UP).stripTrailingZeros().toPlainString();
  }
}
