package io.sallyport.policy.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The owners' reference says every key there is, and its example is valid. */
final class ReferenceTest {
  @TempDir Path folder;

  @Test
  void reference_hasARowForEveryKeyOfAFrame() throws IOException {
    assertThat(Keys.OF_FRAME)
        .allSatisfy(key -> assertThat(reference()).containsPattern("\n\\| `" + key + "[`.]"));
  }

  @Test
  void reference_namesEveryKeyOfABudget() throws IOException {
    assertThat(Keys.OF_BUDGET)
        .allSatisfy(key -> assertThat(reference()).contains("`budget.<unit-space>." + key + "`"));
  }

  @Test
  void reference_namesEveryKeyOfTheServer() throws IOException {
    assertThat(Keys.SERVER).allSatisfy(key -> assertThat(reference()).contains("`" + key + "`"));
  }

  @Test
  void reference_saysDefaultAndRangeOfEveryLimit() throws IOException {
    for (Limit limit : Limit.values()) {
      String most = limit.valid().replace("a whole number from 1 to ", "");
      assertThat(reference())
          .containsPattern(
              "\n\\| `%s` \\| [^|]+ \\| %d \\| %s \\|".formatted(limit.key(), limit.usual(), most));
    }
  }

  @Test
  void reference_hasAnExampleThatLoads() throws IOException {
    String text = reference();
    int start = text.indexOf("```yaml\n") + "```yaml\n".length();
    String example = text.substring(start, text.indexOf("```", start));
    Files.writeString(folder.resolve("policies.yaml"), example);
    Files.writeString(
        folder.resolve("principals.yaml"),
        "principals: [{name: olga, role: owner, token-sha256: " + "a".repeat(64) + "}]");
    Settings settings =
        Settings.load(
            Map.of("spark.sallyport.policies", folder.resolve("policies.yaml").toString()));
    assertThat(settings.policies().frames()).hasSize(1);
    assertThat(settings.policies().publicTables()).hasSize(1);
  }

  private static String reference() throws IOException {
    return Files.readString(Path.of("..", "docs", "policy.md"));
  }
}
