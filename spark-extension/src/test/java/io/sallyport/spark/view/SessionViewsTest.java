package io.sallyport.spark.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionViewsTest {

  private final SessionViews views = new SessionViews(1_000);

  private static View view(String name, int bytes, long operators, int depth) {
    return new View(
        name,
        new byte[bytes],
        new View.Size(operators, depth, 0, 0),
        new StructType().add("x", "int"));
  }

  @Test
  void names_areAlikeWithoutRegardToCase() {
    views.add(view("Mine", 1, 1, 1), false);

    assertThat(views.find("MINE")).map(View::name).contains("Mine");
    assertThatThrownBy(() -> views.add(view("mine", 2, 1, 1), false))
        .hasMessageContaining("PARAM_INVALID")
        .hasMessageContaining("already");
    views.add(view("mine", 2, 1, 1), true);
    assertThat(views.all()).singleElement().extracting(View::bytes).isEqualTo(2);
    assertThat(views.drop("mINE")).isTrue();
    assertThat(views.drop("mine")).isFalse();
    assertThat(views.all()).isEmpty();
  }

  @Test
  void everyBound_isOfAllTogether_andWhatIsBeyondChangesNothing() {
    views.add(view("a", 600, 60_000, 200), false);

    for (View beyond :
        List.of(
            view("b", 401, 1, 1),
            view("b", 1, 40_001, 1),
            view("b", 1, 1, SessionViews.DEEPEST + 1))) {
      assertThatThrownBy(() -> views.add(beyond, true)).hasMessageContaining("LIMIT_EXCEEDED");
    }
    assertThat(views.all()).hasSize(1);
    views.add(view("b", 400, 40_000, 1), false);
    views.add(view("A", 1, 1, 1), true);
    for (int i = 2; i < SessionViews.MOST; i++) {
      views.add(view("v" + i, 1, 1, 1), false);
    }
    assertThatThrownBy(() -> views.add(view("more", 1, 1, 1), false))
        .hasMessageContaining("LIMIT_EXCEEDED")
        .hasMessageContaining("at most 100");
    views.add(view("v2", 1, 1, 1), true);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a.b", "a`b", "sallyport", "RESULTS"})
  void nameThatMeansSomethingElse_isRefused(String name) {
    assertThatThrownBy(() -> ViewName.of(List.of(name))).hasMessageContaining("PARAM_INVALID");
  }

  @Test
  void nameOfOnePart_passes() {
    assertThat(ViewName.of(List.of("\u00dcmit 2"))).isEqualTo("\u00dcmit 2");
    assertThatThrownBy(() -> ViewName.of(List.of("a", "b"))).hasMessageContaining("one part");
    assertThatThrownBy(() -> ViewName.of(List.of("a".repeat(129))))
        .hasMessageContaining("at most 128");
  }
}
