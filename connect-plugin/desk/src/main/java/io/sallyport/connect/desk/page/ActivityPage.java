package io.sallyport.connect.desk.page;

import io.sallyport.policy.audit.AuditEntry;
import io.sallyport.policy.audit.AuditRecord;
import io.sallyport.policy.request.ApprovalRequest;
import io.sallyport.policy.request.RequestState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Every question about one's frames and what became of it, refusals among them. */
public final class ActivityPage {
  private static final int SHOWN = 200;
  private static final int MANY = 5;

  private ActivityPage() {}

  /**
   * Which of it is shown.
   *
   * @param text what must occur somewhere in a record
   * @param verdict one of {@link AuditRecord#VERDICTS}, or empty for all
   */
  public record Filter(String text, String verdict) {
    boolean admits(AuditRecord record) {
      String all =
          String.join(
              " ",
              record.principal(),
              record.verdict(),
              record.code().orElse(""),
              String.join(", ", record.frames()),
              record.question(),
              String.join(" ", record.grounds()),
              record.request().orElse(""),
              record.decision().orElse(""));
      return (verdict.isEmpty() || verdict.equals(record.verdict()))
          && all.toLowerCase(Locale.ROOT).contains(text.strip().toLowerCase(Locale.ROOT));
    }
  }

  /** The page; entries come oldest first. */
  public static String of(
      Viewer viewer,
      List<AuditEntry> entries,
      List<ApprovalRequest> requests,
      Filter filter,
      Instant now) {
    List<AuditRecord> records = new ArrayList<>();
    for (int i = entries.size() - 1; i >= 0; i--) {
      records.add(entries.get(i).record());
    }
    List<AuditRecord> found = records.stream().filter(filter::admits).toList();
    return Layout.page(
        viewer,
        "Activity",
        "/activity",
        page -> {
          page.say("h1", "Activity");
          patterns(page, records, requests);
          filters(page, filter);
          page.say(
              "p",
              found.size() <= SHOWN
                  ? found.size() + " of the newest " + records.size()
                  : "The newest " + SHOWN + " of " + found.size() + " that are so",
              "class",
              "hint");
          page.open("ul", "class", "activity");
          found.stream().limit(SHOWN).forEach(record -> item(page, record, now));
          page.close();
        });
  }

  private static void filters(Markup page, Filter filter) {
    page.open("form", "method", "get", "action", "/activity", "class", "filters", "role", "search");
    page.say("label", "Search", "for", "q");
    page.empty("input", "id", "q", "name", "q", "type", "search", "value", filter.text());
    page.say("label", "what became of it", "for", "verdict");
    page.open("select", "id", "verdict", "name", "verdict");
    page.say("option", "Anything", "value", "");
    for (String verdict : new TreeSet<>(AuditRecord.VERDICTS)) {
      if (verdict.equals(filter.verdict())) {
        page.say("option", verdict, "value", verdict, "selected", "");
      } else {
        page.say("option", verdict, "value", verdict);
      }
    }
    page.close();
    page.say("button", "Search", "type", "submit", "class", "quiet");
    page.close();
  }

  /** What is worth a look: many refusals of one kind, and what a rule could have decided. */
  private static void patterns(
      Markup page, List<AuditRecord> records, List<ApprovalRequest> requests) {
    Map<String, Integer> refused = new TreeMap<>();
    for (AuditRecord record : records) {
      if (record.verdict().equals("REFUSED") && record.code().isPresent()) {
        refused.merge(
            record.principal() + " was refused with " + record.code().get(), 1, Integer::sum);
      }
    }
    List<String> hints = new ArrayList<>();
    refused.entrySet().stream()
        .filter(entry -> entry.getValue() >= MANY)
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .limit(MANY)
        .forEach(entry -> hints.add(entry.getKey() + " " + entry.getValue() + " times"));
    List<ApprovalRequest> decided =
        requests.stream()
            .filter(r -> r.state() == RequestState.APPROVED || r.state() == RequestState.REJECTED)
            .toList();
    long groups =
        decided.stream()
            .filter(r -> Verdict.grounds(r).stream().allMatch(g -> g.code().equals("SMALL_GROUP")))
            .count();
    if (groups >= MANY && 2 * groups > decided.size()) {
      hints.add(
          "%d of %d decided requests were about small groups only: on-small-group: suppress would leave these groups out by itself"
              .formatted(groups, decided.size()));
    }
    if (!hints.isEmpty()) {
      page.open("section", "class", "card").say("h2", "Worth a look").open("ul");
      hints.forEach(hint -> page.show("li", hint));
      page.close().close();
    }
  }

  private static void item(Markup page, AuditRecord record, Instant now) {
    page.open("li", "class", "card item");
    page.open("p", "class", "meta");
    page.show("span", record.verdict(), "class", "state " + record.verdict());
    page.show("strong", record.principal());
    page.open("span");
    When.show(page, record.time(), now);
    page.close();
    page.show("span", String.join(", ", record.frames()));
    record.code().ifPresent(code -> page.show("span", code, "class", "code"));
    if (record.rowsOut().isPresent()) {
      page.say("span", record.rowsOut().getAsLong() + " rows");
    }
    record.cost().ifPresent(cost -> page.show("span", "charged " + cost));
    record.request().ifPresent(id -> page.say("a", id, "href", "/requests/" + id, "class", "id"));
    page.close();
    record.decision().ifPresent(decision -> page.show("p", decision));
    record.grounds().forEach(ground -> page.show("p", ground, "class", "hint"));
    page.open("details").open("summary");
    page.others(record.question().lines().findFirst().orElse(""));
    page.close().open("div", "class", "plan");
    page.lines(record.question(), "div");
    page.close().close().close();
  }
}
