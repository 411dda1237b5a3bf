package io.sallyport.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.spark.admission.FunctionTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** docs/functions.md says what the code says. */
class FunctionsPageTest {

  private static final Path PAGE = Path.of("../../docs/functions.md");
  private static final Pattern LISTS =
      Pattern.compile("<!-- functions.*?-->(.*?)<!-- end of functions -->", Pattern.DOTALL);
  private static final Pattern NAME = Pattern.compile("`([^`]+)`");

  @Test
  void functions_areThoseOfTheTable() throws IOException {
    String lists =
        LISTS.matcher(Files.readString(PAGE)).results().findFirst().orElseThrow().group(1);

    List<String> names = NAME.matcher(lists).results().map(FunctionsPageTest::name).toList();

    assertThat(names)
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(FunctionTable.admitted());
  }

  private static String name(MatchResult match) {
    return match.group(1).replace("\\|", "|"); // a cell of a table ends at a bare one
  }
}
