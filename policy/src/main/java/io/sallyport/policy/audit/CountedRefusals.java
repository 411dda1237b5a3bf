package io.sallyport.policy.audit;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Refusals of one principal that were too many to be recorded one by one: how many of each code
 * there were within a minute.
 *
 * @param minute when
 * @param byCode how many, by refusal code
 */
public record CountedRefusals(Instant minute, SortedMap<String, Integer> byCode) {
  private static final Pattern TEXT =
      Pattern.compile(
          "further refusals in the minute of (\\S+): ([A-Z_]+ [0-9]+(?:, [A-Z_]+ [0-9]+)*+)");

  public CountedRefusals {
    requireNonNull(minute, "minute");
    byCode = Collections.unmodifiableSortedMap(new TreeMap<>(byCode));
  }

  /** What stands in the record as the question. */
  public String text() {
    StringBuilder text = new StringBuilder("further refusals in the minute of " + minute + ":");
    String separator = " ";
    for (Map.Entry<String, Integer> count : byCode.entrySet()) {
      text.append(separator).append(count.getKey()).append(' ').append(count.getValue());
      separator = ", ";
    }
    return text.toString();
  }

  /** What a record counts; empty when it is about one question. */
  public static Optional<CountedRefusals> of(AuditRecord record) {
    Matcher text = TEXT.matcher(record.question());
    if (!record.verdict().equals("REFUSED") || record.code().isPresent() || !text.matches()) {
      return Optional.empty();
    }
    SortedMap<String, Integer> byCode = new TreeMap<>();
    for (String count : text.group(2).split(", ", -1)) {
      int blank = count.indexOf(' ');
      byCode.put(count.substring(0, blank), Integer.parseInt(count.substring(blank + 1)));
    }
    return Optional.of(new CountedRefusals(Instant.parse(text.group(1)), byCode));
  }
}
