package io.sallyport.policy.decision;

import io.sallyport.policy.frame.Frame;
import io.sallyport.policy.frame.FrameName;
import io.sallyport.policy.frame.FrameSource;
import io.sallyport.policy.frame.Policy;
import io.sallyport.policy.frame.PolicySet;
import io.sallyport.policy.frame.PrivacyUnit;
import io.sallyport.policy.frame.SmallGroups;
import io.sallyport.policy.principal.Principal;
import io.sallyport.policy.principal.Role;
import io.sallyport.policy.question.Objection;
import io.sallyport.policy.question.Question;
import io.sallyport.policy.question.Shape;
import io.sallyport.policy.question.Source;
import io.sallyport.policy.rule.AggregateFamily;
import io.sallyport.policy.rule.Rule;
import io.sallyport.policy.rule.RuleParser;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Frames and questions for tests of the judge. */
final class Terms {
  static final Principal ADA = new Principal("ada", Role.ANALYST);
  static final Objection UNIT_LOST =
      new Objection(
          RefusalCode.UNIT_LOST, "limit(5) mixes people", "no limit before the aggregate");
  static final Objection KEY =
      new Objection(RefusalCode.KEY_NOT_ALLOWED, "groups by name", "another key");

  private Terms() {}

  static Frame frame(String name, Rule automatic, Rule approval) {
    return new Frame(
        FrameName.of(name),
        new FrameSource.Table(name),
        Optional.empty(),
        new PrivacyUnit.Column("patient_id"),
        new Policy(automatic, approval, SmallGroups.APPROVAL),
        Set.of(),
        Set.of(),
        Set.of(),
        1,
        true);
  }

  static PolicySet policies(String automatic, String approval) {
    return policies(frame("stays", RuleParser.parse(automatic), RuleParser.parse(approval)));
  }

  static PolicySet policies(Frame... frames) {
    return new PolicySet(List.of(frames), Set.of(FrameName.of("zips")), "v1");
  }

  static Source source(String frame, Objection... objections) {
    return source(frame, Set.of(AggregateFamily.COUNT), objections);
  }

  static Source source(String frame, Set<AggregateFamily> functions, Objection... objections) {
    return new Source(FrameName.of(frame), List.of(objections), functions);
  }

  static Question question(Shape shape, Source... sources) {
    return new Question(ADA, shape, List.of(sources));
  }

  /** 0 for a release, 1 for needs approval, 2 for a refusal. */
  static int strictness(Verdict verdict) {
    return verdict.fold(release -> 0, needsApproval -> 1, refuse -> 2);
  }
}
