package io.sallyport.connect.cli.render;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;

/** Moments for people. */
public final class When {
  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private When() {}

  /** "2026-11-22 12:00 UTC (3 hours ago)"; what is no moment stays as it is. */
  public static String of(String moment, Instant now) {
    try {
      Instant instant = Instant.parse(moment);
      return FORMAT.format(instant) + " (" + distance(Duration.between(now, instant)) + ")";
    } catch (DateTimeParseException e) {
      return SafeText.line(moment);
    }
  }

  /** "3 hours ago", "in 6 days"; what is no moment stays as it is. */
  public static String distance(String moment, Instant now) {
    try {
      return distance(Duration.between(now, Instant.parse(moment)));
    } catch (DateTimeParseException e) {
      return SafeText.line(moment);
    }
  }

  private static String distance(Duration distance) {
    Duration length = distance.abs();
    String said =
        length.toDays() > 1
            ? length.toDays() + " days"
            : length.toHours() > 1
                ? length.toHours() + " hours"
                : length.toMinutes() > 1 ? length.toMinutes() + " minutes" : "a minute";
    return distance.isNegative() || distance.isZero() ? said + " ago" : "in " + said;
  }
}
