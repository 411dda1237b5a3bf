package io.sallyport.policy.settings;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The settings about watching the server. */
final class OperatingSettings {
  private static final int MOST_PORT = 65_535;
  private static final String LOOPBACK = "127.0.0.1";
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.:%_-]{1,255}");
  private static final Pattern LOGGER = Pattern.compile("[A-Za-z_$][A-Za-z0-9_$.-]*");

  private final Function<String, Optional<Setting>> settings;
  private final Problems problems;

  OperatingSettings(Function<String, Optional<Setting>> settings, Problems problems) {
    this.settings = settings;
    this.problems = problems;
  }

  Operating operating() {
    Optional<Long> port =
        settings
            .apply(Keys.HEALTH_PORT)
            .flatMap(setting -> Values.number(setting, 0, MOST_PORT, problems));
    return new Operating(
        port.map(number -> OptionalInt.of(number.intValue())).orElse(OptionalInt.empty()),
        settings.apply(Keys.HEALTH_ADDRESS).flatMap(this::address).orElse(LOOPBACK),
        settings.apply(Keys.LOGGERS).map(this::loggers).orElse(List.of()),
        settings.apply(Keys.PLANS_SHOWN_BY).map(this::views).orElse(Set.of()));
  }

  private Optional<String> address(Setting setting) {
    if (HOST.matcher(setting.value()).matches()) {
      return Optional.of(setting.value());
    }
    problems.add(setting, "this is no address", "an address of this machine, such as 0.0.0.0");
    return Optional.empty();
  }

  private Set<PlanView> views(Setting setting) {
    Set<PlanView> views = EnumSet.noneOf(PlanView.class);
    for (String name : Values.names(setting, "parts of Spark", problems)) {
      PlanView.of(name)
          .ifPresentOrElse(
              views::add,
              () ->
                  problems.add(
                      setting,
                      "'" + name + "' is no part of Spark that shows plans",
                      PlanView.names()));
    }
    return views;
  }

  private List<String> loggers(Setting setting) {
    List<String> names = Values.names(setting, "names of loggers", problems);
    for (String name : names) {
      if (!LOGGER.matcher(name).matches()) {
        problems.add(
            setting,
            "'" + name + "' is no name of a logger",
            "names of classes or packages, such as org.apache.hadoop.fs");
      }
    }
    return names;
  }
}
