package io.sallyport.policy.request;

import static io.sallyport.policy.request.Filings.ADA;
import static io.sallyport.policy.request.Filings.LATER;
import static io.sallyport.policy.request.Filings.OLGA;
import static io.sallyport.policy.request.Filings.OTTO;
import static io.sallyport.policy.request.Filings.RITA;
import static io.sallyport.policy.request.Filings.STAYS;
import static io.sallyport.policy.request.Filings.VISITS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.policy.frame.FrameName;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class BallotTest {
  private static final Demand TWO = new Demand(STAYS, Set.of("olga", "rita"), 2, List.of());
  private static final Demand ANY_OWNER = new Demand(VISITS, Set.of(), 1, List.of());

  @Test
  void frames_ofAPerson_areThoseThatNameThem_orThatNameNobodyIfTheyAreAnOwner() {
    Ballot ballot = new Ballot(List.of(TWO, ANY_OWNER), List.of(yes(STAYS, "olga")));
    assertThat(ballot.framesOf(OLGA)).containsExactly(STAYS, VISITS);
    assertThat(ballot.openFramesOf(OLGA)).containsExactly(VISITS);
    assertThat(ballot.framesOf(OTTO)).containsExactly(VISITS);
    assertThat(ballot.framesOf(RITA)).containsExactly(STAYS);
    assertThat(ballot.framesOf(ADA)).isEmpty();
  }

  @Test
  void ballot_isCarried_whenEveryFrameHasItsVotesOfDifferentPeople() {
    Ballot ballot = new Ballot(List.of(TWO, ANY_OWNER), List.of(yes(VISITS, "otto")));
    assertThat(ballot.isCarried()).isFalse();
    Ballot one = ballot.with(List.of(yes(STAYS, "olga"), yes(STAYS, "olga")));
    assertThat(one.isCarried()).isFalse();
    assertThat(one.with(List.of(no(STAYS, "rita"))).isCarried()).isFalse();
    assertThat(one.with(List.of(yes(VISITS, "rita"))).isCarried()).isFalse();
    assertThat(one.with(List.of(yes(STAYS, "rita"))).isCarried()).isTrue();
  }

  @Test
  void demand_thatNobodyCouldMeet_isNotMade() {
    assertThatThrownBy(() -> new Demand(STAYS, Set.of("olga"), 2, List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Demand(STAYS, Set.of(), 0, List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Demand(STAYS, Set.of("a b"), 1, List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> NewRequest.requireDemands(List.of(TWO, TWO)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Vote yes(FrameName frame, String decider) {
    return new Vote(frame, decider, true, "", LATER);
  }

  private static Vote no(FrameName frame, String decider) {
    return new Vote(frame, decider, false, "", LATER);
  }
}
