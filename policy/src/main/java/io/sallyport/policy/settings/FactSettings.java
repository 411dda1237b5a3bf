package io.sallyport.policy.settings;

import io.sallyport.policy.frame.ColumnDomain;
import io.sallyport.policy.frame.FrameName;
import io.sallyport.policy.frame.MissingValues;
import io.sallyport.policy.frame.PrivacyUnit;
import io.sallyport.policy.frame.PublicFacts;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * What an owner declares in public about a frame.
 *
 * @param frame whose
 * @param setting the frame's setting of a key
 * @param columns by column and key, for example {@code age.lower}
 */
record FactSettings(
    FrameName frame, Function<String, Optional<Setting>> setting, Map<String, Setting> columns) {

  private static final String SPACE = "[A-Za-z0-9_.-]{1,64}";
  private static final double FARTHEST_BOUND = 1e270;

  PublicFacts facts(PrivacyUnit unit, Problems problems) {
    String space =
        setting
            .apply(Keys.UNIT_SPACE)
            .map(s -> space(s, problems))
            .orElse(PublicFacts.usualSpace(frame, unit));
    boolean unique =
        setting.apply(Keys.UNIQUE_UNIT).map(s -> Values.truth(s, problems)).orElse(false);
    Map<String, ColumnDomain> domains = new TreeMap<>();
    TreeSet<String> names = new TreeSet<>();
    columns.keySet().forEach(key -> names.add(key.substring(0, key.lastIndexOf('.'))));
    names.stream()
        .filter(this::hasDomain)
        .forEach(name -> domain(name, problems).ifPresent(domain -> domains.put(name, domain)));
    List<String> key =
        setting
            .apply(Keys.UNIQUE)
            .map(s -> Values.names(s, "names of columns", problems))
            .orElse(List.of());
    return new PublicFacts(space, unique, key, missing(names, problems), domains);
  }

  private MissingValues missing(TreeSet<String> names, Problems problems) {
    boolean usual = setting.apply(Keys.MISSING).map(s -> isPublic(s, problems)).orElse(false);
    Map<String, Boolean> ofColumns = new TreeMap<>();
    for (String name : names) {
      of(name, Keys.MISSING).ifPresent(s -> ofColumns.put(name, isPublic(s, problems)));
    }
    return new MissingValues(usual, ofColumns);
  }

  private static boolean isPublic(Setting setting, Problems problems) {
    boolean isPublic = setting.value().equals("public");
    if (!isPublic && !setting.value().equals("private")) {
      problems.add(
          setting,
          "this does not say whether a missing value tells anything",
          "public (it tells nothing) or private");
    }
    return isPublic;
  }

  private static String space(Setting setting, Problems problems) {
    if (!setting.value().matches(SPACE)) {
      problems.add(setting, "this is no name of a unit space", "1 to 64 letters, digits or . _ -");
    }
    return setting.value();
  }

  private boolean hasDomain(String column) {
    return Keys.OF_COLUMN.stream()
        .anyMatch(key -> !key.equals(Keys.MISSING) && of(column, key).isPresent());
  }

  private Optional<ColumnDomain> domain(String column, Problems problems) {
    Optional<Setting> lower = of(column, Keys.LOWER);
    Optional<Setting> upper = of(column, Keys.UPPER);
    OptionalDouble least = lower.map(s -> bound(s, problems)).orElse(OptionalDouble.empty());
    OptionalDouble most = upper.map(s -> bound(s, problems)).orElse(OptionalDouble.empty());
    List<String> values =
        of(column, Keys.VALUES).map(s -> Values.texts(s, problems)).orElse(List.of());
    if (lower.isPresent() != upper.isPresent()) {
      problems.add(
          lower.or(() -> upper).get(), "one of lower and upper is missing", "both, or neither");
      return Optional.empty();
    }
    if (least.isPresent() && most.isPresent() && least.getAsDouble() >= most.getAsDouble()) {
      problems.add(lower.get(), "the lower bound is not below the upper one", "lower < upper");
      return Optional.empty();
    }
    boolean complete =
        of(column, Keys.COMPLETE).map(s -> complete(s, values, problems)).orElse(false);
    boolean whole = least.isPresent() == most.isPresent();
    return whole ? Optional.of(new ColumnDomain(least, most, values, complete)) : Optional.empty();
  }

  private static boolean complete(Setting setting, List<String> values, Problems problems) {
    boolean complete = Values.truth(setting, problems);
    if (complete && values.isEmpty()) {
      problems.add(setting, "there are no values that could be complete", "values beside it");
    }
    return complete && !values.isEmpty();
  }

  private static OptionalDouble bound(Setting setting, Problems problems) {
    if (setting.value().matches("-?[0-9]{1,18}([.][0-9]{1,18})?([eE][-+]?[0-9]{1,3})?")) {
      double value = Double.parseDouble(setting.value());
      if (Math.abs(value) <= FARTHEST_BOUND) {
        return OptionalDouble.of(value);
      }
    }
    problems.add(
        setting,
        "this is no number that noise can be fitted to",
        "a number such as 0, -1.5 or 1e6, from -1e270 to 1e270");
    return OptionalDouble.empty();
  }

  private Optional<Setting> of(String column, String key) {
    return Optional.ofNullable(columns.get(column + "." + key));
  }
}
