package io.sallyport.spark.record;

import io.sallyport.policy.notify.Probing;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Tells of principals whose questions are refused again and again and differ in little but their
 * constants, comments and aliases: they look for the constant that passes. Remembers a bounded
 * number of questions of each principal. Safe for threads.
 */
final class RepeatedRefusals {

  private static final int MANY = 20;
  private static final int REMEMBERED = 1_000;
  private static final int LONGEST = 8 * 1024;
  private static final Duration FORGOTTEN = Duration.ofMinutes(10);
  private static final Duration SILENCE = Duration.ofHours(1);

  /** Texts in quotes, and numbers: possessive, so that it takes time as the text is long. */
  private static final Pattern CONSTANT = Pattern.compile("'[^']*+'?|\\b[0-9][0-9a-z_.]*+");

  private static final Pattern COMMENT =
      Pattern.compile("--[^\\n]*+|/\\*(?:[^*]|\\*(?!/))*+(?:\\*/)?");

  /** What a column or table is called in one question. */
  private static final Pattern ALIAS = Pattern.compile("\\bas\\s++(?:`[^`]*+`?|[a-z_][a-z0-9_]*+)");

  private static final Pattern BLANKS = Pattern.compile("\\s++");

  private static final class Seen {
    private int count;
    private Instant last = Instant.EPOCH;
    private Instant told = Instant.EPOCH;
  }

  /** What one principal tried last. */
  private static final class Own extends LinkedHashMap<String, Seen> {
    private static final long serialVersionUID = 1L;

    Own() {
      super(16, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Seen> eldest) {
      return size() > REMEMBERED;
    }
  }

  private final Consumer<Probing> told;
  private final Clock clock;
  private final Map<String, Map<String, Seen>> known = new HashMap<>();

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
    int count = count(principal, QuestionText.of(plain(question)).hash(), now);
    if (count > 0) {
      told.accept(new Probing(Probing.Pattern.REFUSALS, principal, count, frames, now));
    }
  }

  /** How often it was seen when it is to be told, or else 0. */
  private synchronized int count(String principal, String shape, Instant now) {
    Seen seen =
        known.computeIfAbsent(principal, who -> new Own()).computeIfAbsent(shape, s -> new Seen());
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
    String plain = start.toLowerCase(Locale.ROOT);
    plain = COMMENT.matcher(plain).replaceAll(" ");
    plain = CONSTANT.matcher(plain).replaceAll("?");
    plain = ALIAS.matcher(plain).replaceAll("as ?");
    return BLANKS.matcher(plain).replaceAll(" ");
  }
}
