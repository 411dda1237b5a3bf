package io.sallyport.policy.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.policy.principal.Principal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Groups of people, and rules that name them. */
final class GroupSettingsTest {
  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"[study-7, trial-2]", "'trial-2, study-7'"})
  void groups_areAListOrATextWithCommas(String groups) throws IOException {
    assertThat(load(groups, "group(\"study-7\")").principals().all())
        .extracting(Principal::groups)
        .singleElement()
        .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.ITERABLE)
        .containsExactly("study-7", "trial-2");
  }

  @Test
  void ruleThatNamesAGroupThatNobodyIsIn_isAProblem() {
    assertThatThrownBy(() -> load("[study-7]", "any(aggregation(10), group(\"study-8\"))"))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("there is nobody in a group 'study-8'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "[a b]", "'a,,b'", "[x, {y: z}]"})
  void whatIsNoListOfGroups_isAProblem(String groups) {
    assertThatThrownBy(() -> load(groups, "aggregation(10)"))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining(".groups");
  }

  private Settings load(String groups, String rule) throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("principals.yaml"),
            "principals:\n  - {name: ada, role: analyst, groups: %s, token-sha256: '%064x'}\n"
                .formatted(groups, 7));
    String frame = "spark.sallyport.frame.stays.";
    return Settings.load(
        Map.of(
            "spark.sallyport.principals",
            file.toString(),
            frame + "path",
            "x",
            frame + "format",
            "parquet",
            frame + "privacy-unit",
            "id",
            frame + "approval",
            "false",
            frame + "automatic",
            rule));
  }
}
