package io.sallyport.spark.release.words;

import org.apache.spark.sql.catalyst.expressions.Ascii;
import org.apache.spark.sql.catalyst.expressions.Base64;
import org.apache.spark.sql.catalyst.expressions.BitLength;
import org.apache.spark.sql.catalyst.expressions.Chr;
import org.apache.spark.sql.catalyst.expressions.Crc32;
import org.apache.spark.sql.catalyst.expressions.Elt;
import org.apache.spark.sql.catalyst.expressions.FindInSet;
import org.apache.spark.sql.catalyst.expressions.GetJsonObject;
import org.apache.spark.sql.catalyst.expressions.LengthOfJsonArray;
import org.apache.spark.sql.catalyst.expressions.Levenshtein;
import org.apache.spark.sql.catalyst.expressions.Luhncheck;
import org.apache.spark.sql.catalyst.expressions.Md5;
import org.apache.spark.sql.catalyst.expressions.Overlay;
import org.apache.spark.sql.catalyst.expressions.Quote;
import org.apache.spark.sql.catalyst.expressions.Sha1;
import org.apache.spark.sql.catalyst.expressions.Sha2;
import org.apache.spark.sql.catalyst.expressions.SoundEx;
import org.apache.spark.sql.catalyst.expressions.StringSpace;
import org.apache.spark.sql.catalyst.expressions.ToCharacter;
import org.apache.spark.sql.catalyst.expressions.ToNumber;
import org.apache.spark.sql.catalyst.expressions.TryToNumber;
import org.apache.spark.sql.catalyst.expressions.TryUrlDecode;
import org.apache.spark.sql.catalyst.expressions.TypeOf;
import org.apache.spark.sql.catalyst.expressions.UnBase64;
import org.apache.spark.sql.catalyst.expressions.UrlDecode;
import org.apache.spark.sql.catalyst.expressions.UrlEncode;

/** Texts in other forms, and what can be read from them. */
final class TextFormWords {

  static final ExpressionWords.Table TABLE =
      new ExpressionWords.Table()
          .before(Ascii.class, "the code of the first character of")
          .before(Chr.class, "the character with the code")
          .before(Base64.class, "the letters (base 64) for the bytes of")
          .before(UnBase64.class, "the bytes for the letters (base 64)")
          .before(BitLength.class, "the number of bits of")
          .before(SoundEx.class, "how it sounds (Soundex):")
          .of(Levenshtein.class, "the number of letters to change (Levenshtein)")
          .before(Md5.class, "the hash (MD5) of")
          .before(Sha1.class, "the hash (SHA-1) of")
          .of(Sha2.class, "the hash (SHA-2, of so many bits)")
          .before(Crc32.class, "the checksum (CRC-32) of")
          .of(FindInSet.class, "the place of the first in the list (with commas)")
          .of(Elt.class, "the one whose number is the first")
          .on(
              Overlay.class,
              (e, words) ->
                  words.operand(e, 0)
                      + " with "
                      + words.operand(e, 1)
                      + " written over it from character "
                      + words.operand(e, 2)
                      + " on, over so many: "
                      + words.operand(e, 3))
          .before(StringSpace.class, "as many spaces as")
          .after(Quote.class, "in quotes")
          .after(UrlEncode.class, "written as part of a URL")
          .after(UrlDecode.class, "read as part of a URL")
          .after(TryUrlDecode.class, "read as part of a URL")
          .after(Luhncheck.class, "has a right last digit (Luhn)")
          .of(ToNumber.class, "the number, in the format that is second,")
          .of(TryToNumber.class, "the number, in the format that is second,")
          .of(ToCharacter.class, "the text, in the format that is second,")
          .of(GetJsonObject.class, "what the path that is second finds in the JSON text")
          .before(LengthOfJsonArray.class, "the number of elements of the JSON text")
          .before(TypeOf.class, "the name of the type of");

  private TextFormWords() {}
}
