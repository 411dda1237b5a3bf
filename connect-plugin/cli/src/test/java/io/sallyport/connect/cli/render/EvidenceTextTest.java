package io.sallyport.connect.cli.render;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Evidence reads as small tables, and of whatever form it is, it is shown and harmless. */
final class EvidenceTextTest {

  @Test
  void points_areTablesOfPeople() {
    String evidence =
        """
        {"points":[{"keys":["stays.ward"],
          "frames":{"stays":{"total":200,"inside":150,"left_out":50}},
          "group_count":300,
          "groups":[{"key":["A"],"units":{"stays":3}},{"key":[null],"units":{"stays":147}}]},
          {"keys":[],"frames":{"stays":{"total":200,"inside":200,"left_out":0}}},
          {"note":"People are mixed below this aggregate and not counted"}]}
        """;
    assertThat(EvidenceText.lines(evidence, 80))
        .containsExactly(
            "  For each stays.ward:",
            "    FRAME  PEOPLE INSIDE  LEFT OUT  IN ALL",
            "    -----  -------------  --------  ------",
            "    stays  150            50        200",
            "    GROUP  PEOPLE OF stays",
            "    -----  ---------------",
            "    A      3",
            "    null   147",
            "    and 298 groups of at least as many people",
            "  All rows together:",
            "    FRAME  PEOPLE INSIDE  LEFT OUT  IN ALL",
            "    -----  -------------  --------  ------",
            "    stays  200            0         200",
            "  People are mixed below this aggregate and not counted");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"points\":[{\"keys\":[\"\\u001b[2J\"],\"groups\":[{\"key\":[\"\\u001b[2J\"]}]}]}",
        "{\"points\":[1,\"\\u001b[2J\",null,[]]}",
        "{\"points\":[{\"note\":\"\\u001b[2J\"}]}",
        "{\"points\":{\"a\":\"\\u001b[2J\"}}",
        "{\"problem\":\"\\u001b[2J the stored result cannot be read\"}",
        "[{\"a\":\"\\u001b[2J\"},{\"b\":[1,{\"c\":2}]}]",
        "\"\\u001b[2J\"",
        "\u001b[2J no json",
        "{\"cut",
        "[]",
        "17",
        ""
      })
  void anyText_isShown_andHarmless(String evidence) {
    assertThat(EvidenceText.lines(evidence, 80)).isNotEmpty().noneMatch(l -> l.contains("\u001b"));
  }
}
