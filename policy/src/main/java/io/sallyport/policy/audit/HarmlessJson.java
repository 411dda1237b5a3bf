package io.sallyport.policy.audit;

import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sallyport.policy.text.Printable;
import java.util.Locale;

/**
 * JSON that shows what it holds: whatever breaks a line, turns the writing, or cannot be seen is
 * written as its number. Names of columns and constants of analysts stand in what owners read.
 */
final class HarmlessJson extends CharacterEscapes {
  private static final long serialVersionUID = 1L;

  private static final int FIRST_BEYOND_ASCII = 0x80;

  private HarmlessJson() {}

  static ObjectMapper mapper() {
    ObjectMapper mapper = new ObjectMapper();
    mapper.getFactory().setCharacterEscapes(new HarmlessJson());
    return mapper;
  }

  @Override
  public int[] getEscapeCodesForAscii() {
    int[] codes = standardAsciiEscapesForJSON();
    codes[0x7f] = ESCAPE_STANDARD;
    return codes;
  }

  /** Of characters beyond the first plane, each half is asked about on its own, and escaped. */
  @Override
  public SerializableString getEscapeSequence(int character) {
    return character < FIRST_BEYOND_ASCII || Printable.is(character)
        ? null
        : new SerializedString(String.format(Locale.ROOT, "\\u%04x", character));
  }
}
