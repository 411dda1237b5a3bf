package io.sallyport.spark.interrupt;

import io.sallyport.spark.scala.Scala;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.codegen.CodeBlock;
import org.apache.spark.sql.catalyst.expressions.codegen.CodegenContext;
import org.apache.spark.sql.catalyst.expressions.codegen.ExprCode;
import org.apache.spark.sql.catalyst.expressions.codegen.FalseLiteral$;
import org.apache.spark.sql.catalyst.expressions.codegen.JavaCode;
import org.apache.spark.sql.catalyst.expressions.codegen.TrueLiteral$;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Seq;

/** Is true, and ends a task that was killed, at the latest when asked so many times more. */
public final class NotInterrupted extends Expression implements Serializable {

  private static final long serialVersionUID = 1L;

  /** How often it is asked without looking: one less than a power of two. A row may take long. */
  private static final int BETWEEN = 15;

  private transient int asked;

  /** Ends the task of this thread if it was killed; called by generated code. */
  public static void require() {
    TaskContext task = TaskContext.get();
    if (task != null) {
      task.killTaskIfInterrupted();
      Standstill.await(task);
    }
  }

  @Override
  public Object eval(InternalRow row) {
    if ((++asked & BETWEEN) == 0) {
      require();
    }
    return true;
  }

  @Override
  public ExprCode doGenCode(CodegenContext context, ExprCode code) {
    String count =
        context.addMutableState("int", "asked", context.addMutableState$default$3(), false, true);
    String look =
        "if ((++%s & %d) == 0) { %s.require(); }"
            .formatted(count, BETWEEN, NotInterrupted.class.getName());
    return new ExprCode(
        new CodeBlock(Scala.seq(List.of(look)), Scala.<JavaCode>noElements()),
        FalseLiteral$.MODULE$,
        TrueLiteral$.MODULE$);
  }

  @Override
  public Seq<Expression> children() {
    return Scala.noElements();
  }

  @Override
  public Expression withNewChildrenInternal(IndexedSeq<Expression> none) {
    return this;
  }

  @Override
  public DataType dataType() {
    return DataTypes.BooleanType;
  }

  @Override
  public boolean nullable() {
    return false;
  }

  @Override
  public boolean foldable() {
    return false;
  }

  @Override
  public String prettyName() {
    return "not_interrupted";
  }

  @Override
  public int productArity() {
    return 0;
  }

  @Override
  public Object productElement(int index) {
    throw new IndexOutOfBoundsException(index);
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof NotInterrupted;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NotInterrupted;
  }

  @Override
  public int hashCode() {
    return NotInterrupted.class.hashCode();
  }
}
