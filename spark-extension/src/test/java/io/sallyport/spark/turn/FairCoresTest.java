package io.sallyport.spark.turn;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.spark.turn.FairCores.Demand;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whose tasks give way, and how many. */
final class FairCoresTest {

  @Test
  void whoHasEverything_givesTheYoungestTask_toWhoHasNothing() {
    assertThat(FairCores.toGiveBack(List.of(eve(9, 8), ada(1)), 0, 2)).containsExactly(9L);
    assertThat(FairCores.toGiveBack(List.of(eve(9, 8, 7, 6), ada(5)), 0, 4))
        .containsExactly(9L, 8L);
  }

  @Test
  void whoWantsLittle_getsThatOnly() {
    assertThat(FairCores.toGiveBack(List.of(eve(9, 8, 7, 6), ada(1)), 0, 4)).containsExactly(9L);
  }

  @Test
  void nothingIsGivenBack_whileACoreIsFree_orNobodyWaits_orTheSharesAreFair() {
    assertThat(FairCores.toGiveBack(List.of(eve(9, 8), ada(1)), 0, 3)).isEmpty();
    assertThat(FairCores.toGiveBack(List.of(eve(9, 8)), 0, 2)).isEmpty();
    assertThat(
            FairCores.toGiveBack(
                List.of(eve(9, 8), new Demand("ada", List.of(1L, 2L), 0, 100)), 0, 4))
        .isEmpty();
    assertThat(
            FairCores.toGiveBack(List.of(eve(9, 8), new Demand("ada", List.of(1L), 0, 100)), 0, 3))
        .as("three cores cannot be halved")
        .isEmpty();
  }

  @Test
  void tasksThatAreStopping_countAsGivenBack() {
    Demand eve = new Demand("eve", List.of(8L), 1, 100);

    assertThat(FairCores.toGiveBack(List.of(eve, ada(1)), 0, 2)).isEmpty();
  }

  @Test
  void manyWhoWait_getOneCoreEach_asFarAsThereAreCores() {
    List<Demand> demands =
        List.of(
            eve(9, 8, 7),
            ada(50),
            new Demand("bob", List.of(), 0, 50),
            new Demand("carl", List.of(3L), 0, 50));

    assertThat(FairCores.toGiveBack(demands, 0, 4)).containsExactly(9L, 8L);
  }

  @Test
  void morePeopleThanCores_takeNobodysOnlyTask() {
    Demand ada = new Demand("ada", List.of(1L), 0, 0);
    Demand bob = new Demand("bob", List.of(), 0, 2);
    Demand eve = new Demand("eve", List.of(9L), 0, 100);

    assertThat(FairCores.toGiveBack(List.of(ada, bob, eve), 0, 2)).isEmpty();
    assertThat(FairCores.toGiveBack(List.of(ada, bob, eve(9, 8)), 0, 3)).containsExactly(9L);
  }

  @Test
  void tasksOfNobody_haveTheirCores() {
    assertThat(FairCores.toGiveBack(List.of(eve(9, 8), ada(1)), 1, 3)).containsExactly(9L);
  }

  private static Demand eve(long... tasks) {
    return new Demand("eve", Arrays.stream(tasks).boxed().toList(), 0, 100);
  }

  private static Demand ada(int waiting) {
    return new Demand("ada", List.of(), 0, waiting);
  }
}
