package io.sallyport.spark.regex;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Reads a pattern as Java does. What Java reads in another way than a plain reader would expect,
 * and nobody needs, is refused.
 */
final class PatternParser {

  static final int LONGEST = 1_000;
  private static final int DEEPEST = 30;
  private static final int MOST_TIMES = 1_000;
  private static final String QUANTIFIERS = "*+?{";

  /** Letters after a backslash that stand for one character each. */
  private static final String CHARACTERS = "dDsSwWhHvVtnrfae";

  private final String text;
  private int at;
  private int groups;
  private int depth;
  private Flags flags = Flags.NONE;

  private PatternParser(String text) {
    this.text = text;
  }

  /** A pattern, read: its tree, and how many groups there are in it. */
  record Read(Part part, int groups) {}

  static Read read(String pattern) throws UnreadablePatternException {
    if (pattern.length() > LONGEST) {
      throw new UnreadablePatternException("a pattern of more than " + LONGEST + " characters");
    }
    PatternParser parser = new PatternParser(pattern);
    Part part = parser.choice();
    if (parser.at < pattern.length()) {
      throw new UnreadablePatternException("a parenthesis that nothing opens");
    }
    parser.requireThatJavaAgrees();
    return new Read(part, parser.groups);
  }

  private void requireThatJavaAgrees() throws UnreadablePatternException {
    try {
      if (Pattern.compile(text).matcher("").groupCount() != groups) {
        throw new UnreadablePatternException("a pattern with groups that are hard to tell");
      }
    } catch (PatternSyntaxException e) {
      throw new UnreadablePatternException("what is no regular expression: " + e.getDescription());
    }
  }

  private Part choice() throws UnreadablePatternException {
    if (++depth > DEEPEST) {
      throw new UnreadablePatternException("more than " + DEEPEST + " groups inside each other");
    }
    List<Part> ways = new ArrayList<>();
    ways.add(sequence());
    while (next('|')) {
      ways.add(sequence());
    }
    depth--;
    return ways.size() == 1 ? ways.get(0) : new Part.Choice(ways);
  }

  private Part sequence() throws UnreadablePatternException {
    List<Part> parts = new ArrayList<>();
    while (at < text.length() && text.charAt(at) != '|' && text.charAt(at) != ')') {
      if (text.startsWith("\\Q", at)) {
        quoted(parts);
      } else {
        parts.add(quantified(one()));
      }
    }
    return new Part.Sequence(parts);
  }

  private void quoted(List<Part> parts) throws UnreadablePatternException {
    int end = text.indexOf("\\E", at);
    if (end < 0 || (end + 2 < text.length() && isQuantifier(end + 2))) {
      throw new UnreadablePatternException("\\Q without \\E, or with a quantifier after it");
    }
    for (int character : text.substring(at + 2, end).codePoints().toArray()) {
      parts.add(new Part.One(OneCharacter.literal(character, flags)));
    }
    at = end + 2;
  }

  private Part one() throws UnreadablePatternException {
    int character = text.codePointAt(at);
    at += Character.charCount(character);
    return switch (character) {
      case '(' -> group();
      case '[' -> new Part.One(OneCharacter.of(characterClass(), flags));
      case '.' -> new Part.One(OneCharacter.of(".", flags));
      case '^' -> new Part.At(flags.isMultiline() ? Assertion.START_OF_LINE : Assertion.START);
      case '$' -> new Part.At(flags.isMultiline() ? Assertion.END_OF_LINE : Assertion.END_OF_TEXT);
      case '\\' -> escaped();
      case '*', '+', '?', '{' ->
          throw new UnreadablePatternException(
              "'" + (char) character + "' with nothing that it repeats");
      default -> new Part.One(OneCharacter.literal(character, flags));
    };
  }

  private Part group() throws UnreadablePatternException {
    Flags outside = flags;
    Part inside;
    if (!next('?')) {
      int number = ++groups;
      inside = new Part.Group(number, choice());
    } else if (next(':')) {
      inside = choice();
    } else if (text.startsWith("=", at)
        || text.startsWith("!", at)
        || text.startsWith("<=", at)
        || text.startsWith("<!", at)) {
      throw new UnreadablePatternException("a look ahead or behind, (?=...) and the like");
    } else if (text.startsWith(">", at)) {
      throw new UnreadablePatternException("a group that is never given back, (?>...)");
    } else if (next('<')) {
      at = after('>', "the name of a group");
      int number = ++groups;
      inside = new Part.Group(number, choice());
    } else {
      readFlags();
      if (next(')')) {
        return new Part.Sequence(List.of()); // up to the end of the group around
      }
      require(':');
      inside = choice();
    }
    require(')');
    flags = outside;
    return inside;
  }

  private void readFlags() throws UnreadablePatternException {
    boolean on = true;
    while (at < text.length() && text.charAt(at) != ')' && text.charAt(at) != ':') {
      char letter = text.charAt(at++);
      if (letter == '-') {
        on = false;
      } else {
        flags = flags.with(letter, on);
      }
    }
  }

  /** From the bracket that was read to the one that closes it. */
  private String characterClass() throws UnreadablePatternException {
    int start = at - 1;
    opened();
    for (int open = 1; open > 0; ) {
      if (at >= text.length()) {
        throw new UnreadablePatternException("[ without ]");
      }
      char character = text.charAt(at++);
      if (character == '\\' && at < text.length()) {
        requirePlain(text.charAt(at++));
      } else if (character == '[') {
        open++;
        opened();
      } else if (character == ']') {
        open--;
      } else if (character == '&' && text.startsWith("&]", at)) {
        throw new UnreadablePatternException("&& with nothing after it");
      }
    }
    return text.substring(start, at);
  }

  private void opened() throws UnreadablePatternException {
    if (text.startsWith("]", at) || text.startsWith("^]", at)) {
      throw new UnreadablePatternException("] right after [; it is written \\]");
    }
  }

  private static void requirePlain(char escaped) throws UnreadablePatternException {
    if (escaped == 'Q' || escaped == 'E' || escaped == 'c' || escaped == 'N') {
      throw new UnreadablePatternException("\\" + escaped + " in brackets");
    }
  }

  private Part escaped() throws UnreadablePatternException {
    if (at >= text.length()) {
      throw new UnreadablePatternException("a backslash at the end");
    }
    int character = text.codePointAt(at);
    int start = at - 1;
    at += Character.charCount(character);
    boolean isLetter = (character | 0x20) >= 'a' && (character | 0x20) <= 'z';
    if (!isLetter && !(character >= '0' && character <= '9')) {
      return new Part.One(OneCharacter.literal(character, flags));
    }
    if (CHARACTERS.indexOf(character) >= 0) {
      return new Part.One(OneCharacter.of(text.substring(start, at), flags));
    }
    switch (character) {
      case 'A' -> {
        return new Part.At(Assertion.START);
      }
      case 'z' -> {
        return new Part.At(Assertion.END);
      }
      case 'Z' -> {
        return new Part.At(Assertion.END_OF_TEXT);
      }
      case 'b' -> {
        if (text.startsWith("{", at)) {
          throw new UnreadablePatternException("\\b{g}");
        }
        return new Part.At(Assertion.EDGE_OF_WORD);
      }
      case 'B' -> {
        return new Part.At(Assertion.NO_EDGE_OF_WORD);
      }
      case 'p', 'P' -> at = next('{') ? after('}', "\\p{") : at + 1;
      case 'x' -> at = next('{') ? after('}', "\\x{") : at + 2;
      case 'u' -> at = at + 4;
      default -> throw unknown(character);
    }
    if (at > text.length()) {
      throw new UnreadablePatternException("an escape that ends early");
    }
    String written = text.substring(start, at);
    if (written.startsWith("\\ud") || written.startsWith("\\uD")) {
      throw new UnreadablePatternException("half a character; write \\x{...}");
    }
    return new Part.One(OneCharacter.of(written, flags));
  }

  private static UnreadablePatternException unknown(int character) {
    return new UnreadablePatternException(
        Character.isDigit(character) || character == 'k'
            ? "what a group matched before, \\1 and the like"
            : "\\" + Character.toString(character));
  }

  private Part quantified(Part part) throws UnreadablePatternException {
    if (!isQuantifier(at)) {
      return part;
    }
    int least = 0;
    int most = -1;
    switch (text.charAt(at++)) {
      case '+' -> least = 1;
      case '?' -> most = 1;
      case '{' -> {
        least = number();
        most = next(',') ? (text.startsWith("}", at) ? -1 : number()) : least;
        require('}');
      }
      default -> {}
    }
    boolean once = least == 0 && most == 1 && !(part instanceof Part.At);
    if (part.isEmptyable() && !once) {
      throw new UnreadablePatternException("a repetition of what may match nothing");
    }
    boolean lazy = next('?');
    if (isQuantifier(at)) {
      throw new UnreadablePatternException("a repetition that gives nothing back, *+ and the like");
    }
    return new Part.Repeat(part, least, most, !lazy);
  }

  private boolean isQuantifier(int place) {
    return place < text.length() && QUANTIFIERS.indexOf(text.charAt(place)) >= 0;
  }

  private int number() throws UnreadablePatternException {
    int start = at;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    if (start == at || at - start > 4 || Integer.parseInt(text.substring(start, at)) > MOST_TIMES) {
      throw new UnreadablePatternException("more than " + MOST_TIMES + " repetitions");
    }
    return Integer.parseInt(text.substring(start, at));
  }

  private int after(char end, String what) throws UnreadablePatternException {
    int place = text.indexOf(end, at);
    if (place < 0) {
      throw new UnreadablePatternException(what + " that does not end");
    }
    return place + 1;
  }

  private boolean next(char character) {
    boolean isNext = at < text.length() && text.charAt(at) == character;
    at += isNext ? 1 : 0;
    return isNext;
  }

  private void require(char character) throws UnreadablePatternException {
    if (!next(character)) {
      throw new UnreadablePatternException("something without its '" + character + "'");
    }
  }
}
