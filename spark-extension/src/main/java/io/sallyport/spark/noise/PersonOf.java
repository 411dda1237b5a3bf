package io.sallyport.spark.noise;

import io.sallyport.policy.frame.FrameName;
import io.sallyport.spark.scala.Scala;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Coalesce;
import org.apache.spark.sql.catalyst.expressions.Expression;

/** Whose a row is: the unit of any frame that has one in it. */
final class PersonOf {

  private PersonOf() {}

  static Expression the(Map<FrameName, Attribute> units) {
    List<Expression> people = units.keySet().stream().sorted().<Expression>map(units::get).toList();
    return new Coalesce(Scala.seq(people));
  }
}
