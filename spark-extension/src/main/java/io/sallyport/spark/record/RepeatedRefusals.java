package io.sallyport.spark.record;

import io.sallyport.policy.notify.Probing;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Tells of principals whose questions are refused again and again and differ in little but their
 * constants: they look for the constant that passes. Remembers a bounded number of questions. Safe
 * for threads.
 */
final class RepeatedRefusals {

  private static final int MANY = 20;
  private static final int REMEMBERED = 10_000;
  private static final int LONGEST = 8 * 1024;
  private static final Duration FORGOTTEN = Duration.ofMinutes(10);
  private static final Duration SILENCE = Duration.ofHours(1);

  /** Texts in quotes, and numbers: possessive, so that it takes time as the text is long. */
  private static final Pattern CONSTANT = Pattern.compile("'[^']*+'?|\\b[0-9][0-9a-z_.]*+");

  private static final Pattern BLANKS = Pattern.compile("\\s++");

  private record Shape(String principal, String text) {}

  private static final class Seen {
    private int count;
    private Instant last = Instant.EPOCH;
    private Instant told = Instant.EPOCH;
  }

  private final Consumer<Probing> told;
  private final Clock clock;
  private final Map<Shape, Seen> known =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Shape, Seen> eldest) {
          return size() > REMEMBERED;
        }
      };

  /**
   * @param told hears of it once an hour, of each question
   */
  RepeatedRefusals(Consumer<Probing> told, Clock clock) {
    this.told = told;
    this.clock = clock;
  }

  /** One more question of the principal was refused. */
  void refused(String principal, String question, List<String> frames) {
    Instant now = clock.instant();
    int count = count(new Shape(principal, QuestionText.of(plain(question)).hash()), now);
    if (count > 0) {
      told.accept(new Probing(Probing.Pattern.REFUSALS, principal, count, frames, now));
    }
  }

  /** How often it was seen when it is to be told, or else 0. */
  private synchronized int count(Shape shape, Instant now) {
    Seen seen = known.computeIfAbsent(shape, key -> new Seen());
    seen.count = seen.last.plus(FORGOTTEN).isAfter(now) ? seen.count + 1 : 1;
    seen.last = now;
    if (seen.count < MANY || seen.told.plus(SILENCE).isAfter(now)) {
      return 0;
    }
    seen.told = now;
    return seen.count;
  }

  private static String plain(String question) {
    String start = question.substring(0, Math.min(question.length(), LONGEST));
    String plain = CONSTANT.matcher(start.toLowerCase(Locale.ROOT)).replaceAll("?");
    return BLANKS.matcher(plain).replaceAll(" ");
  }
}
