package io.sallyport.spark.rows;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.regex.Pattern;
import org.apache.spark.sql.catalyst.util.StringUtils;
import org.junit.jupiter.api.Test;

/** Patterns match what Spark's regular expressions of them match, without going back. */
final class LikePatternTest {

  private static final String CHARACTERS = "aab%%_\n";

  @Test
  void matches_asSparkDoes() {
    Random random = new Random(7);
    int matched = 0;
    for (int i = 0; i < 20_000; i++) {
      String text = text(random, "ab\n%_", 8);
      String pattern = text(random, CHARACTERS, 6);
      if (i % 3 == 0) {
        pattern = pattern.replaceFirst("[%_]", "!$0");
      }
      boolean spark =
          Pattern.compile(StringUtils.escapeLikeRegex(pattern, '!')).matcher(text).matches();

      assertThat(LikePattern.of(pattern, '!').matches(text))
          .describedAs("'%s' LIKE '%s'", text, pattern)
          .isEqualTo(spark);
      matched += spark ? 1 : 0;
    }
    assertThat(matched).isBetween(500, 19_500);
  }

  @Test
  void anyCharacter_isACodePoint() {
    assertThat(LikePattern.of("a_b", '\\').matches("a\uD83D\uDE00b")).isTrue();
    assertThat(LikePattern.of("%_%_%", '\\').matches("\uD83D\uDE00")).isFalse();
  }

  private static String text(Random random, String characters, int most) {
    StringBuilder text = new StringBuilder();
    for (int n = random.nextInt(most + 1); n > 0; n--) {
      text.append(characters.charAt(random.nextInt(characters.length())));
    }
    return text.toString();
  }
}
