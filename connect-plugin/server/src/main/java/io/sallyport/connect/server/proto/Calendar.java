package io.sallyport.connect.server.proto;

import java.time.LocalDate;
import java.util.concurrent.TimeUnit;

/** The years 1 to 9999: outside of them Spark's own functions overflow, and an overflow tells. */
final class Calendar {

  static final long FIRST_DAY = LocalDate.of(1, 1, 1).toEpochDay();
  static final long LAST_DAY = LocalDate.of(9999, 12, 31).toEpochDay();
  static final long FIRST_MICROSECOND = TimeUnit.DAYS.toMicros(FIRST_DAY);
  static final long LAST_MICROSECOND = TimeUnit.DAYS.toMicros(LAST_DAY + 1) - 1;

  private Calendar() {}

  static boolean isDay(long day) {
    return day >= FIRST_DAY && day <= LAST_DAY;
  }

  static boolean isMicrosecond(long microsecond) {
    return microsecond >= FIRST_MICROSECOND && microsecond <= LAST_MICROSECOND;
  }
}
