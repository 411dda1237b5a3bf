package io.sallyport.connect.cli;

import io.sallyport.connect.cli.render.FactsJson;
import io.sallyport.connect.cli.render.Terminal;
import io.sallyport.connect.cli.render.TextTable;
import io.sallyport.connect.cli.render.When;
import io.sallyport.connect.cli.server.Answer;
import io.sallyport.connect.cli.server.OwnerServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How the budgets stand, and what each analyst took of them. */
@Command(
    name = "budgets",
    mixinStandardHelpOptions = true,
    description = "Tells how the budgets stand, and what each analyst's questions took of them.")
final class Budgets implements Callable<Integer> {
  private final Surroundings with;

  @Mixin private ServerOptions server;

  @Option(names = "--json", description = "As JSON, with nothing left out.")
  private boolean json;

  Budgets(Surroundings with) {
    this.with = with;
  }

  @Override
  public Integer call() {
    try (OwnerServer session = server.connect(with)) {
      Answer budgets = session.sql("SELECT * FROM sallyport.budgets");
      Answer spending = session.sql("SELECT * FROM sallyport.spending");
      Terminal terminal = with.terminal();
      if (json) {
        terminal.line(FactsJson.rows(budgets));
        terminal.line(FactsJson.rows(spending));
      } else {
        print(terminal, budgets, spending);
      }
    }
    return 0;
  }

  private void print(Terminal terminal, Answer budgets, Answer spending) {
    if (budgets.rows().isEmpty()) {
      terminal.line("There are no budgets.");
      return;
    }
    List<List<String>> stand = new ArrayList<>();
    for (int i = 0; i < budgets.rows().size(); i++) {
      stand.add(fields(budgets.row(i), List.of("account", "left", "spent")));
    }
    table(terminal, List.of("BUDGET", "LEFT", "SPENT"), stand);
    if (!spending.rows().isEmpty()) {
      terminal.line("");
      List<List<String>> took = new ArrayList<>();
      for (int i = 0; i < spending.rows().size(); i++) {
        Map<String, String> one = spending.row(i);
        List<String> row =
            new ArrayList<>(fields(one, List.of("principal", "unit_space", "questions", "spent")));
        row.add(When.distance(one.getOrDefault("last", ""), with.clock().instant()));
        took.add(row);
      }
      table(terminal, List.of("ANALYST", "PEOPLE", "QUESTIONS", "CHARGED IN ALL", "LAST"), took);
    }
  }

  private static void table(Terminal terminal, List<String> titles, List<List<String>> rows) {
    TextTable.lines(new Answer(titles, rows), terminal.width(), Set.of(0)).forEach(terminal::line);
  }

  private static List<String> fields(Map<String, String> fields, List<String> names) {
    return names.stream().map(name -> fields.getOrDefault(name, "")).toList();
  }
}
