package io.sallyport.policy.settings;

import io.sallyport.policy.frame.FrameName;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The key of one setting of a frame, for example {@code hospital.stays.options.header}: the name
 * may have dots, and ends before the first key word.
 *
 * @param frame whose setting
 * @param key one of {@link Keys#OF_FRAME}
 * @param option which one of the data source's, or which column and what of it, when the key names
 *     these; else empty
 */
record FrameKey(FrameName frame, String key, String option) {
  private static final String VALID =
      Keys.PREFIX
          + "frame.<frame>.<key>, the key being one of "
          + String.join(", ", Keys.OF_FRAME)
          + ", and the frame's name of letters, digits and underscores, in parts joined by dots, without"
          + " these words";

  /** The key that a setting's key says, or a problem. */
  static Optional<FrameKey> of(Setting setting, Problems problems) {
    String text = setting.key().substring((Keys.PREFIX + Keys.FRAME).length());
    List<String> parts = Arrays.asList(text.split("\\.", -1));
    Optional<String> key = parts.stream().filter(Keys.OF_FRAME::contains).findFirst();
    if (key.isPresent()) {
      return of(setting, parts, parts.indexOf(key.get()), problems);
    }
    String last = parts.get(parts.size() - 1);
    String hint = DidYouMean.hint(last, Keys.OF_FRAME);
    return none(setting, problems, "there is no key '" + last + "'" + hint);
  }

  private static Optional<FrameKey> of(
      Setting setting, List<String> parts, int at, Problems problems) {
    String key = parts.get(at);
    String rest = String.join(".", parts.subList(at + 1, parts.size()));
    Optional<FrameName> name = FrameName.parse(String.join(".", parts.subList(0, at)));
    if (name.isEmpty()) {
      return none(setting, problems, "before the key word '" + key + "' stands no name of a frame");
    }
    if (key.equals(Keys.OPTIONS) && rest.isBlank()) {
      return none(setting, problems, "the name of the option is missing after 'options.'");
    }
    if (key.equals(Keys.COLUMN)) {
      return ofColumn(setting, name.get(), parts.subList(at + 1, parts.size()), problems);
    }
    if (!key.equals(Keys.OPTIONS) && parts.size() > at + 1) {
      return none(setting, problems, "nothing may follow the key word '" + key + "'");
    }
    return Optional.of(new FrameKey(name.get(), key, rest));
  }

  private static Optional<FrameKey> ofColumn(
      Setting setting, FrameName frame, List<String> rest, Problems problems) {
    if (rest.size() != 2 || rest.get(0).isBlank() || !Keys.OF_COLUMN.contains(rest.get(1))) {
      return none(
          setting,
          problems,
          "after 'column.' stand a column's name without dots and one of "
              + String.join(", ", Keys.OF_COLUMN));
    }
    return Optional.of(new FrameKey(frame, Keys.COLUMN, String.join(".", rest)));
  }

  /** The same text for the same setting, however the frame's name was written. */
  String canonical() {
    return Keys.FRAME
        + frame
        + "."
        + key
        + (option.isEmpty() ? "" : "." + option.toLowerCase(Locale.ROOT));
  }

  private static Optional<FrameKey> none(Setting setting, Problems problems, String problem) {
    problems.add(setting, problem, VALID);
    return Optional.empty();
  }
}
