package io.sallyport.policy.settings;

import io.sallyport.policy.frame.Frame;
import io.sallyport.policy.frame.FrameName;
import io.sallyport.policy.principal.Principal;
import io.sallyport.policy.principal.Principals;
import io.sallyport.policy.principal.Role;
import io.sallyport.policy.rule.Rule;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What settings of different places say of each other. */
final class CrossChecks {
  private final Collection<FrameSettings> written;
  private final List<Frame> frames;
  private final Problems problems;

  CrossChecks(Collection<FrameSettings> written, List<Frame> frames, Problems problems) {
    this.written = written;
    this.frames = frames;
    this.problems = problems;
  }

  /**
   * Owners are owners, rules and reviewers name people who are there, and there are enough of those
   * who decide. Unchecked when nobody knows who is there.
   */
  void people(Optional<Principals> principals) {
    if (principals.isEmpty()) {
      return;
    }
    List<Principal> all = principals.get().all();
    for (FrameSettings frame : written) {
      frame.setting(Keys.OWNER).ifPresent(setting -> owner(setting, all));
    }
    for (Frame frame : frames) {
      users(frame, Keys.AUTOMATIC, frame.policy().automatic(), all);
      users(frame, Keys.APPROVAL, frame.policy().approval(), all);
      groups(frame, Keys.AUTOMATIC, frame.policy().automatic(), all);
      groups(frame, Keys.APPROVAL, frame.policy().approval(), all);
      unknown(frame, Keys.REVIEWERS, frame.reviewers().stream(), all);
      deciders(frame, all);
    }
  }

  /** What has a policy is not public, neither by its name nor by the table behind it. */
  void publicTables(Setting setting, List<FrameName> names) {
    for (FrameName name : names) {
      for (FrameSettings frame : written) {
        boolean sameName = frame.name().equals(name);
        boolean sameTable =
            frame
                .setting(Keys.TABLE)
                .map(table -> plain(table.value()).equals(plain(name.value())))
                .orElse(false);
        if (sameName || sameTable) {
          problems.add(
              setting,
              "'%s' is governed as frame %s".formatted(name, frame.name()),
              "tables without a policy");
        }
      }
    }
  }

  private void owner(Setting setting, List<Principal> all) {
    boolean isOwner =
        all.stream().anyMatch(p -> p.role() == Role.OWNER && p.name().equals(setting.value()));
    if (Principal.isName(setting.value()) && !isOwner) {
      problems.add(
          setting,
          "there is no principal '" + setting.value() + "' with the role owner",
          "a principal of "
              + Keys.PREFIX
              + Keys.PRINCIPALS
              + " with the role owner: "
              + names(all, principal -> principal.role() == Role.OWNER));
    }
  }

  private static String names(List<Principal> all, Predicate<Principal> of) {
    List<String> names = all.stream().filter(of).map(Principal::name).sorted().toList();
    return names.isEmpty() ? "there is none yet" : String.join(", ", names);
  }

  private void users(Frame frame, String key, Rule rule, List<Principal> all) {
    unknown(frame, key, rule.fold(new Users()).distinct(), all);
  }

  /** A group that nobody is in is a name that was misspelt. */
  private void groups(Frame frame, String key, Rule rule, List<Principal> all) {
    Optional<Setting> setting = setting(frame, key);
    rule.fold(new Groups())
        .distinct()
        .filter(group -> all.stream().noneMatch(person -> person.groups().contains(group)))
        .forEach(
            group ->
                setting.ifPresent(
                    place ->
                        problems.add(
                            place,
                            "there is nobody in a group '" + group + "'",
                            "a group that a principal of "
                                + Keys.PREFIX
                                + Keys.PRINCIPALS
                                + " is in")));
  }

  /** No request could ever be approved if there were fewer deciders than votes needed. */
  private void deciders(Frame frame, List<Principal> all) {
    long owners = all.stream().filter(principal -> principal.role() == Role.OWNER).count();
    long deciders = frame.deciders().isEmpty() ? owners : frame.deciders().size();
    if (deciders < frame.votesNeeded()) {
      setting(frame, Keys.VOTES_NEEDED)
          .ifPresent(
              setting ->
                  problems.add(
                      setting,
                      "there are fewer deciders than votes needed",
                      "at least %d different people as owner and reviewers"
                          .formatted(frame.votesNeeded())));
    }
  }

  private void unknown(Frame frame, String key, Stream<String> named, List<Principal> all) {
    Optional<Setting> setting = setting(frame, key);
    named
        .filter(user -> all.stream().noneMatch(principal -> principal.name().equals(user)))
        .forEach(
            user ->
                setting.ifPresent(
                    place ->
                        problems.add(
                            place,
                            "there is no principal '" + user + "'",
                            "a principal of "
                                + Keys.PREFIX
                                + Keys.PRINCIPALS
                                + ": "
                                + names(all, principal -> true))));
  }

  private Optional<Setting> setting(Frame frame, String key) {
    return written.stream()
        .filter(settings -> settings.name().equals(frame.name()))
        .findFirst()
        .flatMap(settings -> settings.setting(key));
  }

  /** A table's identifier without quotes and without the parts that go without saying. */
  private static String plain(String identifier) {
    String lower = identifier.replace("`", "").toLowerCase(Locale.ROOT);
    String inCatalog =
        lower.startsWith("spark_catalog.") ? lower.substring("spark_catalog.".length()) : lower;
    return inCatalog.startsWith("default.") ? inCatalog.substring("default.".length()) : inCatalog;
  }

  /** The principals whom a rule names. */
  private static final class Users implements Rule.Cases<Stream<String>> {
    @Override
    public Stream<String> aggregation(Rule.Aggregation rule) {
      return Stream.empty();
    }

    @Override
    public Stream<String> dp(Rule.Dp rule) {
      return Stream.empty();
    }

    @Override
    public Stream<String> user(Rule.User rule) {
      return Stream.of(rule.principal());
    }

    @Override
    public Stream<String> group(Rule.Group rule) {
      return Stream.empty();
    }

    @Override
    public Stream<String> all(Rule.All rule) {
      return each(rule.rules());
    }

    @Override
    public Stream<String> any(Rule.Any rule) {
      return each(rule.rules());
    }

    @Override
    public Stream<String> atLeast(Rule.AtLeast rule) {
      return each(rule.rules());
    }

    @Override
    public Stream<String> always(Rule.Always rule) {
      return Stream.empty();
    }

    @Override
    public Stream<String> never(Rule.Never rule) {
      return Stream.empty();
    }

    private Stream<String> each(List<Rule> rules) {
      return rules.stream().flatMap(rule -> rule.fold(this));
    }
  }

  /** The groups that a rule names. */
  private static final class Groups implements Rule.Cases<Stream<String>> {
    @Override
    public Stream<String> aggregation(Rule.Aggregation rule) {
      return Stream.empty();
    }

    @Override
    public Stream<String> dp(Rule.Dp rule) {
      return Stream.empty();
    }

    @Override
    public Stream<String> user(Rule.User rule) {
      return Stream.empty();
    }

    @Override
    public Stream<String> group(Rule.Group rule) {
      return Stream.of(rule.name());
    }

    @Override
    public Stream<String> all(Rule.All rule) {
      return each(rule.rules());
    }

    @Override
    public Stream<String> any(Rule.Any rule) {
      return each(rule.rules());
    }

    @Override
    public Stream<String> atLeast(Rule.AtLeast rule) {
      return each(rule.rules());
    }

    @Override
    public Stream<String> always(Rule.Always rule) {
      return Stream.empty();
    }

    @Override
    public Stream<String> never(Rule.Never rule) {
      return Stream.empty();
    }

    private Stream<String> each(List<Rule> rules) {
      return rules.stream().flatMap(rule -> rule.fold(this));
    }
  }
}
