package io.sallyport.spark.release.words;

import io.sallyport.spark.scala.Scala;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.BitwiseAnd;
import org.apache.spark.sql.catalyst.expressions.CreateArray;
import org.apache.spark.sql.catalyst.expressions.Explode;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.PosExplode;
import org.apache.spark.sql.catalyst.expressions.ShiftRight;
import org.apache.spark.sql.catalyst.plans.logical.Expand;
import org.apache.spark.sql.catalyst.plans.logical.Generate;

/** Several rows of one, and what they are told apart by. */
final class RepeatWords {

  static final ExpressionWords.Table TABLE =
      new ExpressionWords.Table()
          .on(
              CreateArray.class,
              (e, words) -> "the list of " + PlainText.and(words.sayAll(Scala.children(e))))
          .between(ShiftRight.class, "with as many bits dropped as")
          .between(BitwiseAnd.class, "in the bits of")
          .before(Explode.class, "each element of")
          .before(PosExplode.class, "each element, with its place, of");

  private RepeatWords() {}

  static Stage expand(Expand expand, List<Stage> inputs, Steps steps) {
    List<Attribute> before = Scala.list(expand.child().output());
    List<Attribute> output = Scala.list(expand.output());
    List<String> said = new ArrayList<>();
    for (int i = 0; i < output.size(); i++) {
      if (!before.contains(output.get(i))) {
        List<String> values = new ArrayList<>();
        Set<String> origins = new TreeSet<>();
        for (var projection : Scala.list(expand.projections())) {
          Expression value = Scala.<Expression>list(projection).get(i);
          values.add(steps.words().say(value));
          origins.addAll(steps.columns().origins(value));
        }
        steps.columns().made(output.get(i), origins, steps.count() + 1);
        said.add(steps.columns().of(output.get(i)) + " is " + String.join(", then ", values));
      }
    }
    int rows = Scala.list(expand.projections()).size();
    return steps.say(
        "Of each row, make " + rows + " rows, in which " + String.join("; ", said) + ".");
  }

  static Stage generate(Generate generate, List<Stage> inputs, Steps steps) {
    Expression generator = (Expression) generate.generator();
    String what = steps.words().say(generator);
    List<String> names = new ArrayList<>();
    for (Attribute made : Scala.<Attribute>list(generate.generatorOutput())) {
      steps.columns().made(made, steps.columns().origins(generator), steps.count() + 1);
      names.add(steps.columns().of(made));
    }
    return steps.say(
        "Of each row, make one row for "
            + what
            + ", called "
            + PlainText.and(names)
            + (generate.outer() ? "; a row without any is kept" : "")
            + ".");
  }
}
