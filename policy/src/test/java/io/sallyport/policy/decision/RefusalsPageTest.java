package io.sallyport.policy.decision;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The page of refusals has one row for every code. */
final class RefusalsPageTest {

  @ParameterizedTest
  @EnumSource
  void page_hasOneRowForTheCode(RefusalCode code) throws IOException {
    String page = Files.readString(Path.of("..", "docs", "refusals.md"));
    assertThat(page.lines().filter(line -> line.startsWith("| `" + code + "` |"))).hasSize(1);
  }
}
