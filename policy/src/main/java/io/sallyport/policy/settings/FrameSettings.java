package io.sallyport.policy.settings;

import io.sallyport.policy.frame.Frame;
import io.sallyport.policy.frame.FrameName;
import io.sallyport.policy.frame.FrameSource;
import io.sallyport.policy.frame.Policy;
import io.sallyport.policy.frame.PrivacyUnit;
import io.sallyport.policy.frame.SmallGroups;
import io.sallyport.policy.principal.Principal;
import io.sallyport.policy.rule.Rule;
import io.sallyport.policy.rule.RuleParser;
import io.sallyport.policy.rule.RuleSyntaxException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** All settings of one frame, which together must make a frame. */
final class FrameSettings {
  private static final int MOST_VOTES = 2;

  private final FrameName name;
  private final String firstPlace;
  private final Map<String, Setting> settings = new LinkedHashMap<>();
  private final Map<String, String> options = new TreeMap<>();
  private final Map<String, Setting> columns = new TreeMap<>();

  FrameSettings(FrameName name, String firstPlace) {
    this.name = name;
    this.firstPlace = firstPlace;
  }

  void add(FrameKey key, Setting setting) {
    settings.putIfAbsent(key.key(), setting);
    if (key.key().equals(Keys.OPTIONS)) {
      options.put(key.option(), setting.value());
    } else if (key.key().equals(Keys.COLUMN)) {
      columns.put(key.option().toLowerCase(Locale.ROOT), setting);
    }
  }

  FrameName name() {
    return name;
  }

  Optional<Setting> setting(String key) {
    return Optional.ofNullable(settings.get(key));
  }

  /** The frame. Whatever is not in order is a problem; without a source or a unit there is none. */
  Optional<Frame> frame(Problems problems) {
    Optional<FrameSource> source = source(problems);
    Optional<PrivacyUnit> unit = unit(problems);
    Policy policy = policy(problems);
    Optional<String> owner = setting(Keys.OWNER).map(setting -> owner(setting, problems));
    Set<String> blacklist = columns(Keys.BLACKLIST, problems);
    Set<String> identifiers = columns(Keys.IDENTIFIERS, problems);
    Set<String> reviewers = reviewers(problems);
    int votes = setting(Keys.VOTES_NEEDED).map(setting -> votes(setting, problems)).orElse(1);
    boolean savable =
        setting(Keys.SAVABLE).map(setting -> Values.truth(setting, problems)).orElse(true);
    return source.flatMap(
        from ->
            unit.map(
                person ->
                    new Frame(
                        name,
                        from,
                        owner,
                        person,
                        policy,
                        blacklist,
                        identifiers,
                        reviewers,
                        votes,
                        savable,
                        new FactSettings(name, this::setting, columns).facts(person, problems))));
  }

  private Optional<FrameSource> source(Problems problems) {
    Optional<Setting> table = setting(Keys.TABLE);
    Optional<Setting> path = setting(Keys.PATH);
    Optional<Setting> format = setting(Keys.FORMAT);
    for (String key : new String[] {Keys.PATH, Keys.FORMAT, Keys.OPTIONS}) {
      if (table.isPresent() && setting(key).isPresent()) {
        contradiction(setting(key).get(), "the frame is a table already", problems);
      } else if (path.isEmpty() && setting(key).isPresent()) {
        contradiction(setting(key).get(), "there is no path with it", problems);
      }
    }
    if (path.isPresent() && table.isEmpty() && format.isEmpty()) {
      contradiction(path.get(), "there is no format with it", problems);
    }
    if (table.isEmpty() && settings.keySet().stream().noneMatch(FrameSettings::isOfFiles)) {
      missing(
          Keys.TABLE,
          "nothing says what the frame is",
          "a table, or a path and a format",
          problems);
    }
    if (table.isPresent()) {
      return Optional.of(new FrameSource.Table(table.get().value()));
    }
    return path.flatMap(
        from -> format.map(kind -> new FrameSource.Files(from.value(), kind.value(), options)));
  }

  private static boolean isOfFiles(String key) {
    return key.equals(Keys.PATH) || key.equals(Keys.FORMAT) || key.equals(Keys.OPTIONS);
  }

  private Optional<PrivacyUnit> unit(Problems problems) {
    Optional<Setting> unit = setting(Keys.UNIT);
    if (unit.isEmpty()) {
      missing(
          Keys.UNIT,
          "nothing says what one person is",
          "a column whose values are people, or row",
          problems);
    }
    return unit.map(
        setting ->
            setting.value().equals("row")
                ? new PrivacyUnit.Row()
                : new PrivacyUnit.Column(setting.value()));
  }

  private Policy policy(Problems problems) {
    Policy usual = Policy.defaults();
    return new Policy(
        setting(Keys.AUTOMATIC)
            .flatMap(setting -> rule(setting, problems))
            .orElse(usual.automatic()),
        setting(Keys.APPROVAL)
            .flatMap(setting -> approval(setting, problems))
            .orElse(usual.approval()),
        setting(Keys.ON_SMALL_GROUP)
            .map(setting -> smallGroups(setting, problems))
            .orElse(usual.onSmallGroup()));
  }

  private static Optional<Rule> rule(Setting setting, Problems problems) {
    try {
      return Optional.of(RuleParser.parse(setting.value()));
    } catch (RuleSyntaxException e) {
      problems.add(setting, e.problem(), e.valid());
      return Optional.empty();
    }
  }

  /** What owners approve is the exact result: there is no noise in it. */
  private static Optional<Rule> approval(Setting setting, Problems problems) {
    Optional<Rule> rule = rule(setting, problems);
    if (rule.isPresent() && rule.get().fold(new NoiseRules()).findAny().isPresent()) {
      problems.add(setting, "dp(...) is a rule for automatic answers", "a rule without dp");
    }
    return rule;
  }

  private static SmallGroups smallGroups(Setting setting, Problems problems) {
    return switch (setting.value()) {
      case "approval" -> SmallGroups.APPROVAL;
      case "suppress" -> SmallGroups.SUPPRESS;
      default -> {
        problems.add(setting, "there is no such way with small groups", "approval or suppress");
        yield SmallGroups.APPROVAL;
      }
    };
  }

  private static String owner(Setting setting, Problems problems) {
    if (!Principal.isName(setting.value())) {
      problems.add(setting, "this is no name of a principal", "1 to 64 letters, digits or . _ @ -");
    }
    return setting.value();
  }

  private Set<String> reviewers(Problems problems) {
    Set<String> names = new TreeSet<>();
    setting(Keys.REVIEWERS)
        .ifPresent(
            setting -> {
              for (String reviewer : Values.names(setting, "names of principals", problems)) {
                if (Principal.isName(reviewer)) {
                  names.add(reviewer);
                } else {
                  problems.add(
                      setting,
                      "'" + reviewer + "' is no name of a principal",
                      "1 to 64 letters, digits or . _ @ -, joined by commas");
                }
              }
            });
    return names;
  }

  private static int votes(Setting setting, Problems problems) {
    return Values.number(setting, 1, MOST_VOTES, problems).map(Math::toIntExact).orElse(1);
  }

  private Set<String> columns(String key, Problems problems) {
    return setting(key)
        .map(setting -> Set.copyOf(Values.names(setting, "names of columns", problems)))
        .orElse(Set.of());
  }

  private void contradiction(Setting setting, String problem, Problems problems) {
    problems.add(setting, problem, "either table, or path with format and, if need be, options");
  }

  private void missing(String key, String problem, String valid, Problems problems) {
    problems.add(Keys.PREFIX + Keys.FRAME + name + "." + key, firstPlace, problem, valid);
  }
}
