package io.sallyport.spark.release;

import io.sallyport.policy.decision.Obligation;
import io.sallyport.policy.decision.Requirement;
import io.sallyport.policy.frame.FrameName;
import io.sallyport.policy.frame.SmallGroups;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What each frame demands of one exact answer: one of its alternatives, for the answer as a whole.
 *
 * @param requirements of the frames that demand something
 * @param suppressing the frames whose groups may be left out
 */
record ExactTerms(Map<FrameName, Requirement> requirements, Set<FrameName> suppressing) {

  ExactTerms {
    requirements = Map.copyOf(requirements);
    suppressing = Set.copyOf(suppressing);
  }

  /** The terms under which an answer is tried, one after the other. */
  static final class Attempts {

    private final Map<FrameName, List<Requirement>> alternatives = new TreeMap<>();
    private final Map<FrameName, Integer> tried = new HashMap<>();
    private final Map<FrameName, Obligation> obligations = new TreeMap<>();
    private final Set<FrameName> maySuppress = new HashSet<>();
    private boolean suppressing;

    /**
     * @param points for each release point that is answered exactly, what must be checked
     */
    static Attempts of(Collection<List<Obligation>> points) {
      Attempts attempts = new Attempts();
      Map<FrameName, List<Obligation>> byFrame =
          points.stream()
              .flatMap(List::stream)
              .filter(obligation -> !obligation.isMetAnyway())
              .collect(Collectors.groupingBy(Obligation::frame));
      byFrame.forEach(attempts::add);
      attempts.suppressing =
          attempts.alternatives.values().stream().allMatch(all -> all.size() == 1);
      return attempts;
    }

    private void add(FrameName frame, List<Obligation> of) {
      obligations.put(frame, of.get(0));
      alternatives.put(frame, common(of));
      tried.put(frame, 0);
      if (of.stream().allMatch(o -> o.onSmallGroup() == SmallGroups.SUPPRESS)) {
        maySuppress.add(frame);
      }
    }

    /** Those that are enough for each point; all first ones together when there is none. */
    private static List<Requirement> common(List<Obligation> of) {
      List<Requirement> common = new ArrayList<>();
      for (Obligation obligation : of) {
        for (Requirement one : obligation.alternatives()) {
          boolean everywhere =
              of.stream().allMatch(o -> o.alternatives().stream().anyMatch(one::implies));
          if (everywhere && !common.contains(one)) {
            common.add(one);
          }
        }
      }
      if (common.isEmpty()) {
        common.add(
            of.stream()
                .map(obligation -> obligation.alternatives().get(0))
                .reduce(Requirement::and)
                .orElseThrow());
      }
      common.sort(null);
      return common;
    }

    ExactTerms terms() {
      Map<FrameName, Requirement> chosen = new HashMap<>();
      alternatives.forEach((frame, all) -> chosen.put(frame, all.get(tried.get(frame))));
      return new ExactTerms(chosen, suppressing ? maySuppress : Set.of());
    }

    /**
     * Goes on to other terms after some were not met.
     *
     * @return what all frames demand when there are no others: which of them is not met would be
     *     one bit more about the data than that the answer is refused
     */
    Optional<List<Obligation>> next(FrameName broken) {
      int following = tried.merge(broken, 1, Integer::sum);
      if (following < alternatives.get(broken).size()) {
        return Optional.empty();
      }
      if (suppressing || maySuppress.isEmpty()) {
        return Optional.of(List.copyOf(obligations.values()));
      }
      suppressing = true;
      tried.replaceAll((frame, ordinal) -> 0);
      alternatives.replaceAll((frame, all) -> List.of(all.get(0)));
      return Optional.empty();
    }
  }
}
