package io.sallyport.spark.admission;

import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.spark.RefusedException;
import io.sallyport.spark.rows.CellBytes;
import io.sallyport.spark.scala.Scala;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.ArrayJoin;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.Base64;
import org.apache.spark.sql.catalyst.expressions.CaseWhen;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.Coalesce;
import org.apache.spark.sql.catalyst.expressions.CommonExpressionDef;
import org.apache.spark.sql.catalyst.expressions.CommonExpressionId;
import org.apache.spark.sql.catalyst.expressions.CommonExpressionRef;
import org.apache.spark.sql.catalyst.expressions.Concat;
import org.apache.spark.sql.catalyst.expressions.ConcatWs;
import org.apache.spark.sql.catalyst.expressions.CreateArray;
import org.apache.spark.sql.catalyst.expressions.CreateNamedStruct;
import org.apache.spark.sql.catalyst.expressions.ExprId;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GetJsonObject;
import org.apache.spark.sql.catalyst.expressions.Greatest;
import org.apache.spark.sql.catalyst.expressions.Hex;
import org.apache.spark.sql.catalyst.expressions.If;
import org.apache.spark.sql.catalyst.expressions.Least;
import org.apache.spark.sql.catalyst.expressions.Left;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.Lower;
import org.apache.spark.sql.catalyst.expressions.NullIf;
import org.apache.spark.sql.catalyst.expressions.Nvl;
import org.apache.spark.sql.catalyst.expressions.Quote;
import org.apache.spark.sql.catalyst.expressions.RegExpReplace;
import org.apache.spark.sql.catalyst.expressions.Reverse;
import org.apache.spark.sql.catalyst.expressions.StringLPad;
import org.apache.spark.sql.catalyst.expressions.StringRPad;
import org.apache.spark.sql.catalyst.expressions.StringRepeat;
import org.apache.spark.sql.catalyst.expressions.StringReplace;
import org.apache.spark.sql.catalyst.expressions.StringSpace;
import org.apache.spark.sql.catalyst.expressions.StringTranslate;
import org.apache.spark.sql.catalyst.expressions.StringTrim;
import org.apache.spark.sql.catalyst.expressions.StringTrimLeft;
import org.apache.spark.sql.catalyst.expressions.StringTrimRight;
import org.apache.spark.sql.catalyst.expressions.Substring;
import org.apache.spark.sql.catalyst.expressions.Upper;
import org.apache.spark.sql.catalyst.expressions.UrlEncode;
import org.apache.spark.sql.catalyst.expressions.WindowFrame;
import org.apache.spark.sql.catalyst.expressions.WindowSpecDefinition;
import org.apache.spark.sql.catalyst.expressions.With;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;

/** How long the text that an expression makes may be. */
final class TextSizes {

  /** A number, date or word that is written out. */
  private static final double WRITTEN = 512;

  /** A number or date that is written out. */
  private static final double NUMBER = 64;

  /** What has the bytes of its operands, and no more. */
  private static final Set<Class<?>> AS_LONG =
      Set.of(
          Concat.class,
          Lower.class,
          Reverse.class,
          StringTrim.class,
          StringTrimLeft.class,
          StringTrimRight.class,
          Upper.class);

  /** An entry of a list, beside its text. */
  private static final double WORD = 8;

  /** Characters of the longest text that may be asked for by its length. */
  private static final int MOST_CHARACTERS = 10_000;

  private static final int BYTES_OF_A_CHARACTER = 4;

  /** An array's text has brackets, commas and NULLs. */
  private static final double NESTED = 8;

  private static final Set<Class<?>> CHOICES =
      Set.of(
          If.class,
          CaseWhen.class,
          Coalesce.class,
          Nvl.class,
          NullIf.class,
          Least.class,
          Greatest.class);

  /** How many times as long a text may be in another form. */
  private static final Map<Class<?>, Integer> FORMS =
      Map.of(
          Hex.class, 2,
          Base64.class, 2,
          Quote.class, 2,
          UrlEncode.class, 3,
          GetJsonObject.class, 2);

  private static final Set<Class<?>> PADS = Set.of(StringLPad.class, StringRPad.class);

  private final Map<ExprId, TextSize> columns;
  private final Map<CommonExpressionId, TextSize> named = new HashMap<>();

  private final Looked looked;

  /** Looks at each part of an expression. */
  @FunctionalInterface
  interface Looked {

    /** Sees a part, the sizes of its operands, and its own. */
    void at(Expression expression, List<TextSize> operands, TextSize size);
  }

  TextSizes(Map<ExprId, TextSize> columns, Looked looked) {
    this.columns = columns;
    this.looked = looked;
  }

  /** The size of an expression's value. */
  TextSize of(Expression expression) {
    if (expression instanceof With with) {
      for (CommonExpressionDef part : Scala.<CommonExpressionDef>list(with.defs())) {
        named.put(part.id(), of(part.child()));
      }
      return of(with.child());
    }
    List<TextSize> parts = new ArrayList<>();
    Scala.children(expression).forEach(part -> parts.add(of(part)));
    TextSize size = isText(expression) ? text(expression, parts) : TextSize.NONE;
    looked.at(expression, parts, size);
    return size;
  }

  private TextSize text(Expression expression, List<TextSize> parts) {
    if (expression instanceof Alias || isOfSameType(expression)) {
      return parts.get(0);
    }
    if (expression instanceof AttributeReference column) {
      return columns.getOrDefault(column.exprId(), TextSize.STORED);
    }
    if (expression instanceof CommonExpressionRef reference) {
      return named.getOrDefault(reference.id(), TextSize.STORED);
    }
    if (expression instanceof Literal literal) {
      return TextSize.constant((double) CellBytes.of(literal.value(), literal.dataType()));
    }
    if (CHOICES.contains(expression.getClass())) {
      return parts.stream().reduce(TextSize.NONE, TextSize::max);
    }
    if (PADS.contains(expression.getClass())) {
      return TextSize.constant(number(expression, 1) * (double) BYTES_OF_A_CHARACTER);
    }
    if (expression instanceof StringRepeat) {
      return parts.get(0).by(number(expression, 1));
    }
    if (expression instanceof StringTranslate) {
      constant(expression, 2);
      return parts.get(0).by(BYTES_OF_A_CHARACTER);
    }
    if (expression instanceof StringReplace) {
      double from = Math.max(1, constant(expression, 1).numBytes());
      return parts.get(0).by(Math.max(1, constant(expression, 2).numBytes() / from));
    }
    if (expression instanceof Substring || expression instanceof Left) {
      int length = expression instanceof Left ? 1 : 2;
      if (Scala.children(expression).get(length) instanceof Literal literal
          && literal.value() instanceof Integer most
          && most <= MOST_CHARACTERS) {
        return TextSize.constant(Math.max(0, most) * (double) BYTES_OF_A_CHARACTER);
      }
    }
    if (expression instanceof StringSpace) {
      return TextSize.constant(number(expression, 0));
    }
    if (expression instanceof RegExpReplace) {
      double[] growth = RegexPatterns.growth(expression);
      return parts.get(0).by(growth[0]).plus(TextSize.constant(growth[1]));
    }
    if (expression instanceof CreateArray || expression instanceof CreateNamedStruct) {
      return parts.stream().reduce(TextSize.constant(WORD * parts.size()), TextSize::plus);
    }
    if (AS_LONG.contains(expression.getClass())) {
      return parts.stream().reduce(TextSize.NONE, TextSize::plus);
    }
    if (expression instanceof Cast && !isText(Scala.children(expression).get(0))) {
      return TextSize.constant(NUMBER);
    }
    TextSize all = parts.stream().reduce(TextSize.constant(WRITTEN), TextSize::plus);
    if (FORMS.containsKey(expression.getClass())) {
      return all.by(FORMS.get(expression.getClass()));
    }
    if (expression instanceof ConcatWs) {
      return all.plus(parts.get(0).by(separators(expression)));
    }
    if (expression instanceof ArrayJoin) {
      return joined(expression, parts.get(0));
    }
    return expression instanceof Cast && parts.get(0).times() > 0
        ? all.by(isNested(Scala.children(expression).get(0)) ? NESTED : 1)
        : all;
  }

  /** A list has at most as many elements as bytes, or as a list may be written with. */
  private static TextSize joined(Expression join, TextSize list) {
    double between = 0;
    for (int i = 1; i < Scala.children(join).size(); i++) {
      between += constant(join, i).numBytes();
    }
    return list.by(NESTED + between).plus(TextSize.constant(TextBounds.LIST * (between + WRITTEN)));
  }

  /** Beside the one that is an operand; an array has some in it. */
  private static double separators(Expression joined) {
    List<Expression> operands = Scala.children(joined);
    boolean lists = operands.stream().anyMatch(TextSizes::isNested);
    return operands.size() + (lists ? TextBounds.LIST : 0);
  }

  /** Spark casts columns of views to the type that they have. */
  private static boolean isOfSameType(Expression expression) {
    return expression instanceof Cast cast
        && DataType.equalsIgnoreNullability(cast.child().dataType(), cast.dataType());
  }

  private static boolean isNested(Expression expression) {
    DataType type = expression.dataType();
    return !(type instanceof StringType || type instanceof BinaryType);
  }

  static boolean isText(Expression expression) {
    if (expression instanceof WindowSpecDefinition || expression instanceof WindowFrame) {
      return false;
    }
    DataType type = expression.dataType();
    return type instanceof StringType
        || type instanceof BinaryType
        || type instanceof ArrayType
        || type instanceof MapType
        || type instanceof StructType;
  }

  private static int number(Expression function, int place) {
    Expression argument = Scala.children(function).get(place);
    if (argument instanceof Literal literal
        && (literal.value() == null
            || (literal.value() instanceof Integer number && number <= MOST_CHARACTERS))) {
      return literal.value() == null ? 0 : Math.max(0, (Integer) literal.value());
    }
    throw RefusedException.of(
        RefusalCode.PARAM_INVALID,
        function.prettyName() + " to a length that is not a constant, or too large",
        "a constant number of at most " + MOST_CHARACTERS);
  }

  private static UTF8String constant(Expression function, int place) {
    if (Scala.children(function).get(place) instanceof Literal literal) {
      return literal.value() instanceof UTF8String text ? text : UTF8String.EMPTY_UTF8;
    }
    throw RefusedException.of(
        RefusalCode.PARAM_INVALID,
        function.prettyName() + " of a text that is not a constant",
        function.prettyName() + "(column, 'old', 'new') with constants");
  }
}
