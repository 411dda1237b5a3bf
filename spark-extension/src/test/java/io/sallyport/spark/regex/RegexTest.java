package io.sallyport.spark.regex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The value is that of Java's engine, which Spark uses; the time is not. */
final class RegexTest {

  private static final List<String> ATOMS =
      List.of(
          "a",
          "b",
          ".",
          "[ab]",
          "[^a]",
          "\\d",
          "\\W",
          "\\s",
          "1",
          "\\.",
          "\\n",
          "[a-c&&[^b]]",
          "-",
          "\\p{L}",
          "\\p{Upper}",
          "\u00e9",
          "\\Qa.\\E");

  private static final List<String> PLACES = List.of("^", "$", "\\b", "\\B", "\\A", "\\z", "\\Z");

  private static final List<String> FLAGS = List.of("(?i)", "(?m)", "(?s)", "(?is)", "(?iu)");

  private static final String TEXT = "aaabbbcAB1 -.\n\r\u0085\u2028\u00e9\u00c9_\u0301";

  @Test
  void matchesOfRandomPatterns_areThoseOfJava() throws UnreadablePatternException {
    Random random = new Random(42);
    int read = 0;
    for (int i = 0; i < 30_000; i++) {
      String pattern = (random.nextInt(5) == 0 ? pick(random, FLAGS) : "") + pattern(random, 3);
      Regex regex;
      try {
        regex = Regex.of(pattern);
      } catch (UnreadablePatternException e) {
        continue;
      }
      read++;
      String text = text(random);
      assertThat(matches(regex, text)).as("%s in %s", pattern, text).isEqualTo(java(pattern, text));
      assertThat(regex.split(text, random.nextInt(4) - 1))
          .as("%s splits %s", pattern, text)
          .hasSizeGreaterThan(0);
      assertThat(regex.split(text, -1))
          .as("%s splits %s", pattern, text)
          .isEqualTo(Arrays.asList(text.split(pattern, -1)));
      assertThat(regex.split(text, 2)).isEqualTo(Arrays.asList(text.split(pattern, 2)));
      assertThat(Replacement.of("<$0>\\$", regex).in(text, regex))
          .isEqualTo(Pattern.compile(pattern).matcher(text).replaceAll("<$0>\\$"));
    }
    assertThat(read).as("a telling test").isGreaterThan(15_000);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(a)\\1",
        "(?=a)",
        "(?<!a)b",
        "(?>a)",
        "a*+",
        "(a*)*",
        "(a|)+",
        "(^)*",
        "a{1001}",
        "((a{90}){90})",
        "(",
        ")",
        "*a",
        "[]a]",
        "[a",
        "a\\",
        "(?x)a",
        "\\G",
        "(?<n>a)\\k<n>",
        "a**",
      })
  void whatNoLinearMachineReads_isRefused(String pattern) {
    assertThatThrownBy(() -> Regex.of(pattern)).isInstanceOf(UnreadablePatternException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"(a|aa)+$", "(a|a)*b", "(?:a+)+b", "^(([a-z])+.)+[A-Z]([a-z])+$"})
  @Timeout(10)
  void patternsThatJavaNeverEnds_takeATimeThatGrowsWithTheText(String pattern)
      throws UnreadablePatternException {
    assertThat(Regex.of(pattern).in("a".repeat(20_000) + "!").find()).isFalse();
  }

  @Test
  @Timeout(20)
  void matchesThatEachReadFarAhead_endBeforeTheTextIsReadTooOften() throws Exception {
    Search search = Regex.of("a*b|a").in("a".repeat(200_000));

    assertThatThrownBy(
            () -> {
              while (search.find()) {}
            })
        .isInstanceOf(TooMuchWorkException.class);
  }

  private static List<String> matches(Regex regex, String text) {
    List<String> all = new ArrayList<>();
    Search search = regex.in(text);
    while (search.find()) {
      for (int group = 0; group <= regex.groups(); group++) {
        all.add(search.start() + "-" + search.end() + ":" + search.group(group));
      }
    }
    return all;
  }

  private static List<String> java(String pattern, String text) {
    List<String> all = new ArrayList<>();
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    while (matcher.find()) {
      for (int group = 0; group <= matcher.groupCount(); group++) {
        all.add(matcher.start() + "-" + matcher.end() + ":" + matcher.group(group));
      }
    }
    return all;
  }

  private static String pattern(Random random, int depth) {
    StringBuilder all = new StringBuilder();
    int parts = 1 + random.nextInt(4);
    for (int i = 0; i < parts; i++) {
      int kind = random.nextInt(10);
      String one =
          kind < 6 || depth == 0
              ? pick(random, ATOMS)
              : kind == 6
                  ? pick(random, PLACES)
                  : (random.nextBoolean() ? "(" : "(?:") + choice(random, depth - 1) + ")";
      all.append(one);
      if (random.nextInt(3) == 0 && kind != 6) {
        all.append(pick(random, List.of("*", "+", "?", "{2}", "{1,3}", "{2,}", "*?", "+?", "??")));
      }
    }
    return all.toString();
  }

  private static String choice(Random random, int depth) {
    return random.nextInt(3) == 0
        ? pattern(random, depth) + "|" + pattern(random, depth)
        : pattern(random, depth);
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    int length = random.nextInt(12);
    for (int i = 0; i < length; i++) {
      text.append(TEXT.charAt(random.nextInt(TEXT.length())));
    }
    return text.toString();
  }

  private static String pick(Random random, List<String> of) {
    return of.get(random.nextInt(of.size()));
  }
}
