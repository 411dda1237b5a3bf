package io.sallyport.connect.desk.page;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Moments for people. */
final class When {
  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private When() {}

  /** The moment, and how far it is. */
  static void show(Markup page, Instant moment, Instant now) {
    page.open("time", "datetime", moment.toString(), "title", FORMAT.format(moment));
    page.text(distance(Duration.between(now, moment)));
    page.close();
  }

  static String exactly(Instant moment) {
    return FORMAT.format(moment);
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
