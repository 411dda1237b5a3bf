package io.sallyport.spark.release.words;

import io.sallyport.spark.scala.Scala;
import java.util.List;
import org.apache.spark.sql.catalyst.plans.logical.Sample;

/**
 * A part of the rows. Who asks chose the seed, perhaps after having tried many, so nothing here
 * speaks of chance; the numbers are written in full.
 */
final class SampleWords {

  private SampleWords() {}

  static Stage sample(Sample sample, List<Stage> inputs, Steps steps) {
    String seed =
        Scala.optional(sample.seed())
            .map(number -> "the seed " + number + ", which the analyst may have chosen")
            .orElse("a seed that is not given");
    String given = " by " + seed + ", and by the row's place.";
    if (sample.withReplacement()) {
      return steps.say(
          "Keep each row not at all, once or several times, "
              + (sample.upperBound() - sample.lowerBound())
              + " times on average. How many times is given"
              + given);
    }
    return steps.say(
        "Keep the rows whose number is at least "
            + sample.lowerBound()
            + " and less than "
            + sample.upperBound()
            + ". Each row's number, from 0 to 1, is given"
            + given);
  }
}
