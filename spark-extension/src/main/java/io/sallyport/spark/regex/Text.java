package io.sallyport.spark.regex;

import java.util.regex.Pattern;

/** A text as characters, which are code points. */
final class Text {

  private static final int NONE = -1;

  /** Since Java 19 only ASCII has words, unless one asks. */
  private static final boolean ASCII_WORDS = !Pattern.compile("\\b\u00e9").matcher("\u00e9").find();

  private final int[] characters;
  private boolean[] words;

  Text(String text) {
    characters = text.codePoints().toArray();
  }

  int length() {
    return characters.length;
  }

  /** A character, or none where the text does not reach. */
  int at(int place) {
    return place >= 0 && place < characters.length ? characters[place] : NONE;
  }

  String part(int from, int to) {
    return new String(characters, from, to - from);
  }

  static boolean endsLine(int character) {
    return character == '\n'
        || character == '\r'
        || character == 0x85
        || character == 0x2028
        || character == 0x2029;
  }

  /** Whether a character is part of a word; an accent is when what it stands on is. */
  boolean isWord(int place) {
    if (words == null) {
      words = words(characters);
    }
    return place >= 0 && place < words.length && words[place];
  }

  private static boolean[] words(int[] characters) {
    boolean[] words = new boolean[characters.length];
    boolean base = false;
    for (int i = 0; i < characters.length; i++) {
      int character = characters[i];
      boolean accent = Character.getType(character) == Character.NON_SPACING_MARK;
      base = accent ? base : Character.isLetterOrDigit(character);
      boolean letter = ASCII_WORDS ? character < 128 && base : Character.isLetterOrDigit(character);
      words[i] = letter || character == '_' || (accent && base);
    }
    return words;
  }
}
