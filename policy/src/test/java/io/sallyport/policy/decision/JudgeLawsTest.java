package io.sallyport.policy.decision;

import static io.sallyport.policy.decision.Terms.ADA;
import static io.sallyport.policy.decision.Terms.strictness;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.policy.frame.Frame;
import io.sallyport.policy.frame.PolicySet;
import io.sallyport.policy.question.Objection;
import io.sallyport.policy.question.Question;
import io.sallyport.policy.question.Shape;
import io.sallyport.policy.question.Source;
import io.sallyport.policy.rule.RandomRules;
import io.sallyport.policy.rule.Rule;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Laws that hold for all policies and questions; each case is made from its seed alone. */
final class JudgeLawsTest {
  private static final int FRAMES = 4;
  private final Judge judge = new Judge();

  static Stream<Case> cases() {
    return IntStream.range(0, 200).mapToObj(Case::of);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void verdict_doesNotDependOnTheOrderOfSources(Case c) {
    List<Source> shuffled = new ArrayList<>(c.question.sources());
    Collections.shuffle(shuffled, new Random(c.seed));
    Question other = new Question(ADA, c.question.shape(), shuffled);
    assertThat(judge.judge(other, c.policies)).isEqualTo(judge.judge(c.question, c.policies));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void verdict_overSources_isTheStrictestOfTheirOwn(Case c) {
    int strictest =
        c.question.sources().stream()
            .map(source -> new Question(ADA, c.question.shape(), List.of(source)))
            .mapToInt(question -> strictness(judge.judge(question, c.policies)))
            .max()
            .orElse(0);
    assertThat(strictness(judge.judge(c.question, c.policies))).isEqualTo(strictest);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void verdict_withOneObjectionMore_isNeverMoreLenient(Case c) {
    List<Source> objected =
        c.question.sources().stream()
            .map(
                source ->
                    new Source(
                        source.frame(), with(source.objections(), Terms.KEY), source.functions()))
            .toList();
    Question other = new Question(ADA, c.question.shape(), objected);
    assertThat(strictness(judge.judge(other, c.policies)))
        .isGreaterThanOrEqualTo(strictness(judge.judge(c.question, c.policies)));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void verdict_onRawerShapes_isNeverMoreLenient(Case c) {
    int before = 0;
    for (Shape shape : List.of(Shape.AGGREGATE, Shape.ROWS, Shape.FRAME_ITSELF)) {
      Question question = new Question(ADA, shape, c.question.sources());
      int strictness = strictness(judge.judge(question, c.policies));
      assertThat(strictness).isGreaterThanOrEqualTo(before);
      before = strictness;
    }
  }

  private static List<Objection> with(List<Objection> objections, Objection more) {
    return Stream.concat(objections.stream(), Stream.of(more)).toList();
  }

  /** Four frames with random rules, one name without a frame now and then. */
  private record Case(long seed, PolicySet policies, Question question) {
    static Case of(long seed) {
      Random random = new Random(seed);
      List<Rule> rules = RandomRules.of(seed, 2 * FRAMES).toList();
      Frame[] frames =
          IntStream.range(0, FRAMES)
              .mapToObj(i -> Terms.frame("f" + i, rules.get(2 * i), rules.get(2 * i + 1)))
              .toArray(Frame[]::new);
      int names = random.nextInt(8) == 0 ? FRAMES + 1 : FRAMES;
      List<Source> sources =
          IntStream.range(0, names)
              .filter(i -> random.nextInt(3) > 0)
              .mapToObj(i -> source("f" + i, random))
              .toList();
      Shape shape = List.of(Shape.values()).get(random.nextInt(3));
      return new Case(seed, Terms.policies(frames), new Question(ADA, shape, sources));
    }

    private static Source source(String name, Random random) {
      return random.nextInt(4) == 0 ? Terms.source(name, Terms.UNIT_LOST) : Terms.source(name);
    }

    @Override
    public String toString() {
      return "seed " + seed;
    }
  }
}
