package io.sallyport.policy.decision;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What becomes of an answer. From lenient to strict: release, needs approval, refuse. */
public sealed interface Verdict {

  /** The case that this verdict is. */
  <R> R fold(
      Function<Release, R> release,
      Function<NeedsApproval, R> needsApproval,
      Function<Refuse, R> refuse);

  /** What the analyst is told; empty for a release. */
  default Optional<Refusal> refusal() {
    return fold(
        release -> Optional.empty(),
        needsApproval -> Optional.of(RefusalTexts.needsApproval(needsApproval)),
        refuse -> Optional.of(RefusalTexts.refused(refuse)));
  }

  /** The answer leaves, once each obligation is met on the data. */
  record Release(List<Obligation> obligations) implements Verdict {
    public Release {
      obligations = List.copyOf(obligations);
    }

    @Override
    public <R> R fold(
        Function<Release, R> release,
        Function<NeedsApproval, R> needsApproval,
        Function<Refuse, R> refuse) {
      return release.apply(this);
    }
  }

  /** Only the owners can let the answer leave. There is at least one ground. */
  record NeedsApproval(List<Ground> grounds) implements Verdict {
    public NeedsApproval {
      grounds = requireGrounds(grounds);
    }

    @Override
    public <R> R fold(
        Function<Release, R> release,
        Function<NeedsApproval, R> needsApproval,
        Function<Refuse, R> refuse) {
      return needsApproval.apply(this);
    }
  }

  /** The answer does not leave. There is at least one ground. */
  record Refuse(List<Ground> grounds) implements Verdict {
    public Refuse {
      grounds = requireGrounds(grounds);
    }

    @Override
    public <R> R fold(
        Function<Release, R> release,
        Function<NeedsApproval, R> needsApproval,
        Function<Refuse, R> refuse) {
      return refuse.apply(this);
    }
  }

  private static List<Ground> requireGrounds(List<Ground> grounds) {
    if (grounds.isEmpty()) {
      throw new IllegalArgumentException("A verdict that is no release must have a ground");
    }
    return List.copyOf(grounds);
  }
}
