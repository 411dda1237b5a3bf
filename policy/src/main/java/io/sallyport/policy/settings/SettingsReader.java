package io.sallyport.policy.settings;

import io.sallyport.policy.frame.Budgets;
import io.sallyport.policy.frame.Frame;
import io.sallyport.policy.frame.FrameName;
import io.sallyport.policy.frame.PolicySet;
import io.sallyport.policy.principal.Principals;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** From texts to settings that fit together; what does not is a problem, and all are told. */
final class SettingsReader {
  private static final String CONF = "Spark conf";
  private static final Path USUAL_STORE = Path.of("sallyport-store");

  private final Problems problems = new Problems();
  private final Map<String, Setting> seen = new HashMap<>();
  private final Map<FrameName, FrameSettings> frames = new TreeMap<>();
  private final BudgetSettings budgets = new BudgetSettings(problems);

  private SettingsReader() {}

  static Settings read(Map<String, String> sparkConf) {
    SettingsReader reader = new SettingsReader();
    new TreeMap<>(sparkConf).forEach(reader::addFromConf);
    reader.addFromYaml();
    return reader.settings();
  }

  private void addFromConf(String key, String value) {
    String own = Keys.PREFIX.substring(0, Keys.PREFIX.length() - 1);
    if (key.toLowerCase(Locale.ROOT).startsWith(own)) {
      add(new Setting(key, value, CONF));
    }
  }

  private void addFromYaml() {
    Optional<Setting> named = setting(Keys.POLICIES);
    named
        .flatMap(setting -> Values.file(setting, problems))
        .ifPresent(file -> YamlSettings.read(file, named.get(), problems).forEach(this::addInner));
  }

  private void addInner(Setting setting) {
    if (setting.key().equals(Keys.PREFIX + Keys.POLICIES)) {
      problems.add(setting, "a policies file cannot name another", "the key left out");
    } else {
      add(setting);
    }
  }

  private void add(Setting written) {
    String key = written.key();
    String inner = key.startsWith(Keys.PREFIX) ? key.substring(Keys.PREFIX.length()) : "";
    String value = Keys.isOption(inner) ? written.value() : written.value().strip();
    Setting setting = new Setting(key, value, written.place());
    if (inner.startsWith(Keys.FRAME)) {
      FrameKey.of(setting, problems)
          .filter(frameKey -> isUsable(frameKey.canonical(), setting))
          .ifPresent(frameKey -> add(frameKey, setting));
    } else if (inner.startsWith(Keys.BUDGET)) {
      budgets
          .key(setting)
          .filter(budgetKey -> isUsable(budgetKey, setting))
          .ifPresent(budgetKey -> budgets.add(budgetKey, setting));
    } else if (Keys.SERVER.contains(inner) || limit(inner).isPresent()) {
      isUsable(inner, setting);
    } else {
      unknown(inner, setting);
    }
  }

  private void add(FrameKey key, Setting setting) {
    frames
        .computeIfAbsent(key.frame(), name -> new FrameSettings(name, setting.place()))
        .add(key, setting);
  }

  private boolean isUsable(String canonicalKey, Setting setting) {
    Setting first = seen.putIfAbsent(canonicalKey, setting);
    if (first != null) {
      problems.add(
          setting,
          "the key is given twice, also as %s (%s)".formatted(first.key(), first.place()),
          "each key once, in the Spark conf or in YAML");
      return false;
    }
    if (setting.value().isEmpty() && !Keys.isOption(canonicalKey)) {
      problems.add(setting, "there is no value", "a value, or the key left out");
      return false;
    }
    return true;
  }

  private void unknown(String inner, Setting setting) {
    if (inner.startsWith(Keys.PREFIX)) {
      problems.add(setting, "in YAML keys stand without " + Keys.PREFIX, "the key without it");
    } else if (inner.startsWith(Keys.LIMIT)) {
      String limit = inner.substring(Keys.LIMIT.length());
      problems.add(
          setting,
          "there is no such limit" + DidYouMean.hint(limit, Keys.OF_LIMIT),
          String.join(", ", Keys.OF_LIMIT));
    } else {
      problems.add(
          setting,
          "there is no such key" + hint(inner),
          Keys.PREFIX
              + "{"
              + String.join(", ", Keys.SERVER)
              + ", frame.<frame>.<key>, budget.<unit-space>.<key>, limit.<key>}");
    }
  }

  /** The key as a whole, or its first word: {@code frames.stays.table}. */
  private static String hint(String inner) {
    String whole = DidYouMean.hint(inner, Keys.SERVER);
    return whole.isEmpty() ? DidYouMean.hint(inner.replaceFirst("[.].*", ""), Keys.ROOTS) : whole;
  }

  private Settings settings() {
    Optional<Principals> principals = principals();
    List<Frame> policed = frames();
    List<FrameName> publicTables = publicTables();
    CrossChecks checks = new CrossChecks(frames.values(), policed, problems);
    checks.people(principals);
    setting(Keys.PUBLIC).ifPresent(setting -> checks.publicTables(setting, publicTables));
    Optional<Tls> tls = tls();
    Path store = setting(Keys.STORE).flatMap(s -> Values.path(s, problems)).orElse(USUAL_STORE);
    Map<Limit, Long> limits = limits();
    Durable durable = new DurableSettings(this::setting, problems).durable(store, limits);
    Operating operating = new OperatingSettings(this::setting, problems).operating();
    Optional<DeskAddress> desk = desk();
    Budgets spending = budgets.budgets(policed, frames.values());
    if (!problems.isEmpty()) {
      throw new SettingsException(problems.texts());
    }
    return new Settings(
        PolicySet.of(policed, Set.copyOf(publicTables), spending),
        principals.orElseThrow(),
        tls,
        store,
        Limits.of(limits),
        durable,
        operating,
        desk);
  }

  private List<Frame> frames() {
    List<Frame> built = new ArrayList<>();
    frames.values().forEach(frame -> frame.frame(problems).ifPresent(built::add));
    return built;
  }

  /** Nobody when no file is named; nothing when the one that is named is not in order. */
  private Optional<Principals> principals() {
    Optional<Setting> named = setting(Keys.PRINCIPALS);
    return named.isEmpty()
        ? Optional.of(Principals.of(List.of()))
        : Values.file(named.get(), problems)
            .flatMap(file -> PrincipalsFile.read(file, named.get(), problems));
  }

  private List<FrameName> publicTables() {
    List<FrameName> names = new ArrayList<>();
    setting(Keys.PUBLIC)
        .ifPresent(
            setting -> {
              for (String text : Values.names(setting, "names of tables", problems)) {
                FrameName.parse(text)
                    .ifPresentOrElse(
                        names::add,
                        () ->
                            problems.add(
                                setting,
                                "'" + text + "' is no name of a table",
                                "letters, digits and underscores, in parts joined by dots"));
              }
            });
    return names;
  }

  private Optional<Tls> tls() {
    Optional<Setting> certificate = setting(Keys.CERTIFICATE);
    Optional<Setting> key = setting(Keys.KEY);
    if (certificate.isPresent() != key.isPresent()) {
      problems.add(
          certificate.or(() -> key).get(),
          "one of " + Keys.CERTIFICATE + " and " + Keys.KEY + " is missing",
          "both, or neither");
    }
    Optional<Path> certificateFile = certificate.flatMap(s -> Values.file(s, problems));
    Optional<Path> keyFile = key.flatMap(s -> Values.file(s, problems));
    return certificateFile.flatMap(chain -> keyFile.map(secret -> new Tls(chain, secret)));
  }

  /** Nowhere unless a port is set. */
  private Optional<DeskAddress> desk() {
    String host = setting(Keys.DESK_ADDRESS).map(Setting::value).orElse("127.0.0.1");
    Optional<Setting> port = setting(Keys.DESK_PORT);
    if (port.isEmpty()) {
      setting(Keys.DESK_ADDRESS)
          .ifPresent(
              address ->
                  problems.add(
                      address,
                      "there is no port with it, so the desk listens nowhere",
                      Keys.PREFIX + Keys.DESK_PORT + " beside it, or the key left out"));
    }
    return port.flatMap(setting -> Values.number(setting, 0, 65_535, problems))
        .map(number -> new DeskAddress(host, Math.toIntExact(number)));
  }

  private Map<Limit, Long> limits() {
    Map<Limit, Long> given = new EnumMap<>(Limit.class);
    for (Limit limit : Limit.values()) {
      setting(Keys.LIMIT + limit.key()).ifPresent(setting -> addLimit(given, limit, setting));
    }
    return given;
  }

  private void addLimit(Map<Limit, Long> given, Limit limit, Setting setting) {
    String text = setting.value();
    if (text.matches("[0-9]{1,15}") && limit.allows(Long.parseLong(text))) {
      given.put(limit, Long.parseLong(text));
    } else {
      problems.add(setting, "the limit is out of its range or no number", limit.valid());
    }
  }

  private static Optional<Limit> limit(String inner) {
    return inner.startsWith(Keys.LIMIT)
        ? Limit.of(inner.substring(Keys.LIMIT.length()))
        : Optional.empty();
  }

  private Optional<Setting> setting(String key) {
    return Optional.ofNullable(seen.get(key)).filter(setting -> !setting.value().isEmpty());
  }
}
