package io.sallyport.policy.store;

/** Which texts a database can hold: those that are UTF-8 without the character NUL. */
public final class StoredText {
  private StoredText() {}

  /** Whether both databases hold this text as it is. */
  public static boolean isStorable(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean pair =
          Character.isHighSurrogate(c)
              && i + 1 < text.length()
              && Character.isLowSurrogate(text.charAt(i + 1));
      if (c == 0 || (Character.isSurrogate(c) && !pair)) {
        return false;
      }
      i += pair ? 1 : 0;
    }
    return true;
  }

  static String require(String text) {
    if (!isStorable(text)) {
      throw new IllegalArgumentException(
          "A stored text must have no NUL character and no half of a surrogate pair");
    }
    return text;
  }
}
