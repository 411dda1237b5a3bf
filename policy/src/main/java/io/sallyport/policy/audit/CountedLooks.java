package io.sallyport.policy.audit;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Plans that were described, or questions that were explained, for one principal, too many to be
 * recorded one by one: how many there were within a minute.
 *
 * @param minute when
 * @param count how many
 */
public record CountedLooks(Instant minute, int count) {
  private static final Pattern TEXT =
      Pattern.compile("further ones in the minute of (\\S+): ([0-9]+)");

  public CountedLooks {
    requireNonNull(minute, "minute");
  }

  /** What stands in the record as the question. */
  public String text() {
    return "further ones in the minute of %s: %d".formatted(minute, count);
  }

  /** How many looks a record stands for; none when it is about something else. */
  public static int in(AuditRecord record) {
    if (!record.verdict().equals("EXPLAINED") && !record.verdict().equals("DESCRIBED")) {
      return 0;
    }
    return of(record).map(CountedLooks::count).orElse(1);
  }

  private static Optional<CountedLooks> of(AuditRecord record) {
    Matcher text = TEXT.matcher(record.question());
    return text.matches()
        ? Optional.of(
            new CountedLooks(Instant.parse(text.group(1)), Integer.parseInt(text.group(2))))
        : Optional.empty();
  }
}
