package io.sallyport.spark.label;

import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Expression;

/**
 * One case of a conditional: in the rows of its region, the arguments are these values.
 *
 * @param region true in the rows of this branch and false in all others, never NULL
 * @param values one for each argument; without conditions
 */
public record Branch(Expression region, List<Expression> values) {

  public Branch {
    values = List.copyOf(values);
  }
}
