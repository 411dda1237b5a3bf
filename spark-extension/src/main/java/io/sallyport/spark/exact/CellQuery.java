package io.sallyport.spark.exact;

import static io.sallyport.spark.scala.Catalyst.alias;

import io.sallyport.spark.frequency.Frequencies;
import io.sallyport.spark.frequency.FrequentValues;
import io.sallyport.spark.scala.Catalyst;
import io.sallyport.spark.scala.Scala;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.Abs;
import org.apache.spark.sql.catalyst.expressions.Add;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.BitwiseOr;
import org.apache.spark.sql.catalyst.expressions.Coalesce;
import org.apache.spark.sql.catalyst.expressions.CreateNamedStruct;
import org.apache.spark.sql.catalyst.expressions.EqualTo;
import org.apache.spark.sql.catalyst.expressions.EvalMode;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GetStructField;
import org.apache.spark.sql.catalyst.expressions.GreaterThan;
import org.apache.spark.sql.catalyst.expressions.Greatest;
import org.apache.spark.sql.catalyst.expressions.If;
import org.apache.spark.sql.catalyst.expressions.IsNotNull;
import org.apache.spark.sql.catalyst.expressions.IsNull;
import org.apache.spark.sql.catalyst.expressions.LessThan;
import org.apache.spark.sql.catalyst.expressions.LessThanOrEqual;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.Multiply;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.Not;
import org.apache.spark.sql.catalyst.expressions.NumericEvalContext;
import org.apache.spark.sql.catalyst.expressions.Subtract;
import org.apache.spark.sql.catalyst.expressions.XxHash64;
import org.apache.spark.sql.catalyst.expressions.aggregate.CollectTopK;
import org.apache.spark.sql.catalyst.expressions.aggregate.CovPopulation;
import org.apache.spark.sql.catalyst.expressions.aggregate.Max;
import org.apache.spark.sql.catalyst.expressions.aggregate.Min;
import org.apache.spark.sql.catalyst.expressions.aggregate.Sum;
import org.apache.spark.sql.catalyst.expressions.aggregate.VariancePop;
import org.apache.spark.sql.catalyst.optimizer.NormalizeFloatingNumbers$;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.LongType;

/**
 * The table of cells as queries: rows are added up by person and cell, then by cell. What is added
 * up are stored columns, their squares and products, and numbers of people; which cell a row is in
 * is the only thing that the analyst's expressions decide.
 *
 * <p>Where each row is another unit, the first step is left out.
 */
final class CellQuery {

  /** So many bits are in one column. */
  private static final int BITS = CellLayout.BITS;

  private static final NumericEvalContext PLAIN = new NumericEvalContext(EvalMode.LEGACY(), true);

  private static final long WITNESS_SEED = 7919L;

  private static final Expression ZERO = Catalyst.literal(0L, DataTypes.LongType);

  private final CellShape shape;
  private final LogicalPlan rows;
  private final Project input;
  private final List<Attribute> cell;
  private final Optional<Attribute> unit;
  private final List<Expression> values;
  private final Map<Integer, Summed> summed;
  private final int keptValues;
  private final int largest;

  /**
   * @param most values that are told apart in each cell, before there are simply many
   * @param largest how many of the largest contributions are kept; 0 when nobody asks for them
   */
  CellQuery(CellShape shape, int most, int largest) {
    this(shape, shape.keys(), shape.bits(), most, largest);
  }

  /** The same with cells that are told apart otherwise. */
  CellQuery(CellShape shape, List<Expression> keys, List<Expression> bits, int most, int largest) {
    this.shape = shape;
    this.keptValues = most;
    this.largest = largest;
    LogicalPlan all = shape.base().plan();
    for (Attachment attachment : shape.attachments()) {
      all = attachment.to(all);
    }
    this.rows = all;
    List<NamedExpression> columns = new ArrayList<>();
    List<Attribute> cellColumns = new ArrayList<>();
    for (Expression key : keys) {
      // as Spark itself groups: minus zero and zero are one cell
      add(alias(NormalizeFloatingNumbers$.MODULE$.normalize(key), "key"), columns, cellColumns);
    }
    for (int from = 0; from < bits.size(); from += BITS) {
      Expression mask = mask(bits.subList(from, Math.min(bits.size(), from + BITS)));
      add(alias(mask, "conditions"), columns, cellColumns);
    }
    this.cell = List.copyOf(cellColumns);
    this.unit = shape.base().rowsAreUnits() ? Optional.empty() : shape.base().unit();
    unit.ifPresent(columns::add);
    List<Attribute> measured = new ArrayList<>();
    for (Monomial monomial : shape.measured()) {
      Expression value = MonomialValue.of(monomial);
      boolean kept = shape.isFreelyMissing(monomial) && value.nullable();
      add(
          alias(kept ? Catalyst.where(Presence.of(value), value) : value, "value"),
          columns,
          measured);
    }
    this.values = List.copyOf(measured);
    this.summed = summed(columns);
    this.input = new Project(Scala.seq(columns), all);
  }

  /**
   * A measured double that is a sum or an average of a person's rows already.
   *
   * @param rows of how many
   * @param least of their values
   * @param greatest of their values
   */
  private record Summed(Attribute rows, Attribute least, Attribute greatest) {}

  private Map<Integer, Summed> summed(List<NamedExpression> columns) {
    Map<Integer, Summed> all = new HashMap<>();
    for (int i = 0; i < values.size(); i++) {
      Optional<PersonalColumn.Rows> rows = shape.rowsOf(shape.measured().get(i));
      if (rows.isPresent() && PointReading.isFractional(values.get(i).dataType())) {
        List<Attribute> known = new ArrayList<>();
        add(alias(rows.get().number(), "rows"), columns, known);
        add(alias(rows.get().least(), "least"), columns, known);
        add(alias(rows.get().greatest(), "greatest"), columns, known);
        all.put(i, new Summed(known.get(0), known.get(1), known.get(2)));
      }
    }
    return all;
  }

  private static void add(Alias column, List<NamedExpression> columns, List<Attribute> attributes) {
    columns.add(column);
    attributes.add(column.toAttribute());
  }

  /** The conditions that hold, as bits of one number. */
  static Expression mask(List<Expression> bits) {
    Expression mask = ZERO;
    for (int i = 0; i < bits.size(); i++) {
      Expression one = new If(bits.get(i), Catalyst.literal(1L << i, DataTypes.LongType), ZERO);
      mask = i == 0 ? one : new BitwiseOr(mask, one);
    }
    return mask;
  }

  /** The columns that say which cell a row is in. */
  List<Attribute> cell() {
    return cell;
  }

  /** How the rows of {@link #plan} are read. */
  CellLayout layout(LogicalPlan plan) {
    return new CellLayout(
        Scala.list(plan.output()),
        cell.size() - masks(),
        masks(),
        values.size(),
        shape.measured().stream().map(shape::isFreelyMissing).toList(),
        pairs().size(),
        squares().size(),
        keptValues,
        !values.isEmpty() || (unit.isPresent() && shape.countsPeople()),
        largest > 0);
  }

  private int masks() {
    return (int) cell.stream().filter(c -> c.name().equals("conditions")).count();
  }

  /**
   * Columns: the cell, people, rows; for each measured value its sum, the people in whom it is not
   * zero; for each pair of values the people in whom they differ; the frequent values; then
   * contributions.
   */
  LogicalPlan plan() {
    List<Personal> personal = new ArrayList<>();
    LogicalPlan people = input;
    Expression rows = Catalyst.literal(1L, DataTypes.LongType);
    List<Expression> differing = new ArrayList<>();
    Optional<Alias> witness = Optional.empty();
    List<Expression> products = new ArrayList<>();
    if (unit.isPresent()) {
      List<Expression> by = new ArrayList<>(cell);
      by.add(unit.get());
      List<NamedExpression> columns = new ArrayList<>(cell);
      Alias count = alias(Catalyst.countRows(), "rows");
      columns.add(count);
      rows = count.toAttribute();
      for (Expression value : values) {
        Alias sum = alias(sum(value), "sum");
        Alias low = alias(Catalyst.aggregate(new Min(value), false), "low");
        Alias high = alias(Catalyst.aggregate(new Max(value), false), "high");
        Alias present = alias(Catalyst.count(List.of(value)), "present");
        columns.addAll(List.of(sum, low, high, present));
        LastDigits digits =
            new LastDigits(size(low.toAttribute(), high.toAttribute()), present.toAttribute());
        Summed of = summed.get(values.indexOf(value));
        if (of != null) {
          Alias least = alias(Catalyst.aggregate(new Min(of.least()), false), "least");
          Alias greatest = alias(Catalyst.aggregate(new Max(of.greatest()), false), "greatest");
          Alias number = alias(sum(of.rows()), "number");
          columns.addAll(List.of(least, greatest, number));
          digits =
              new LastDigits(
                  size(least.toAttribute(), greatest.toAttribute()), number.toAttribute());
        }
        Alias squares = alias(sum(square(value)), "squares");
        if (largest > 0) {
          columns.add(squares);
        }
        Alias different = alias(Catalyst.countDistinct(value), "different");
        if (isSquared(values.indexOf(value))) {
          columns.add(different);
        }
        personal.add(
            new Personal(
                sum.toAttribute(),
                low.toAttribute(),
                high.toAttribute(),
                present.toAttribute(),
                squares.toAttribute(),
                different.toAttribute(),
                Optional.of(digits),
                of != null));
      }
      for (int[] pair : pairs()) {
        Expression differs = differs(values.get(pair[0]), values.get(pair[1]));
        Alias most = alias(Catalyst.aggregate(new Max(differs), false), "differ");
        columns.add(most);
        differing.add(most.toAttribute());
      }
      witness = witness();
      witness.ifPresent(columns::add);
      for (Expression product : largest > 0 ? products() : List.<Expression>of()) {
        Alias sum = alias(sum(product), "product");
        columns.add(sum);
        products.add(sum.toAttribute());
      }
      people = Catalyst.aggregate(by, columns, input);
    } else {
      Expression there = Catalyst.literal(1L, DataTypes.LongType);
      for (int i = 0; i < values.size(); i++) {
        Expression value = values.get(i);
        Optional<LastDigits> digits =
            Optional.ofNullable(summed.get(i))
                .map(of -> new LastDigits(size(of.least(), of.greatest()), of.rows()));
        personal.add(
            new Personal(
                added(value),
                value,
                value,
                new If(new IsNotNull(value), there, ZERO),
                square(value),
                there,
                digits,
                digits.isPresent()));
      }
      for (int[] pair : pairs()) {
        differing.add(differs(values.get(pair[0]), values.get(pair[1])));
      }
      products.addAll(products());
    }
    List<NamedExpression> totals =
        totals(rows, personal, differing, witness.map(Alias::toAttribute));
    if (largest > 0) {
      totals.addAll(contributions(personal, products));
    }
    return Catalyst.aggregate(List.copyOf(cell), totals, people);
  }

  /**
   * What is known of one person's rows in a cell.
   *
   * @param digits what the sum's last digits depend on; empty where it is a value as it is stored
   * @param summed whether each row's value is a sum already
   */
  private record Personal(
      Expression sum,
      Expression low,
      Expression high,
      Expression present,
      Expression squares,
      Expression different,
      Optional<LastDigits> digits,
      boolean summed) {

    /** Those of the values as they are, where they are no sums. */
    LastDigits ofValues() {
      return digits.orElseGet(
          () ->
              new LastDigits(CellQuery.size(low, high), Catalyst.literal(1L, DataTypes.LongType)));
    }
  }

  /**
   * What the last digits of a sum of doubles depend on.
   *
   * @param size of the largest value
   * @param rows how many are added up
   */
  private record LastDigits(Expression size, Expression rows) {}

  /** The squared values of one row of each person, which no value chooses. */
  private Optional<Alias> witness() {
    if (shape.squared().isEmpty()) {
      return Optional.empty();
    }
    List<Expression> squared = squaredValues();
    List<Expression> fields = new ArrayList<>();
    fields.add(Literal.create("order", DataTypes.StringType));
    fields.add(new XxHash64(Scala.<Expression>seq(squared), WITNESS_SEED));
    for (int i = 0; i < squared.size(); i++) {
      fields.add(Literal.create("value" + i, DataTypes.StringType));
      fields.add(squared.get(i));
    }
    Expression row = new CreateNamedStruct(Scala.<Expression>seq(fields));
    return Optional.of(alias(Catalyst.aggregate(new Max(row), false), "witness"));
  }

  private List<Expression> squaredValues() {
    return shape.squared().stream()
        .map(monomial -> values.get(shape.measured().indexOf(monomial)))
        .toList();
  }

  private List<NamedExpression> totals(
      Expression rows,
      List<Personal> personal,
      List<Expression> differing,
      Optional<Attribute> witness) {
    List<NamedExpression> columns = new ArrayList<>(cell);
    columns.add(alias(Catalyst.countRows(), "people"));
    columns.add(
        alias(
            unit.isPresent() ? Catalyst.aggregate(new Sum(rows), false) : Catalyst.countRows(),
            "rows"));
    for (int i = 0; i < personal.size(); i++) {
      Personal one = personal.get(i);
      columns.add(alias(Catalyst.aggregate(new Sum(one.sum()), false), "sum"));
      columns.add(alias(notZero(one), "not zero"));
      if (shape.isFreelyMissing(shape.measured().get(i))) {
        Expression rowsThere = Catalyst.aggregate(new Sum(one.present()), false);
        columns.add(alias(rowsThere, "rows there"));
        columns.add(alias(Catalyst.count(List.of(one.low())), "people there"));
      }
    }
    List<int[]> pairs = pairs();
    for (int i = 0; i < differing.size(); i++) {
      Personal one = personal.get(pairs.get(i)[0]);
      Personal other = personal.get(pairs.get(i)[1]);
      Expression rowsDiffer = new EqualTo(differing.get(i), Catalyst.one());
      columns.add(alias(differ(one, other, rowsDiffer), "differ"));
    }
    List<Expression> singles = new ArrayList<>();
    personal.forEach(one -> singles.add(oneValue(one)));
    if (unit.isPresent() && shape.countsPeople()) {
      singles.add(rows);
      personal.forEach(one -> singles.add(hash(withoutLastDigits(one.sum(), one))));
    }
    List<int[]> frequentPairs = new ArrayList<>(squares());
    for (int i = 0; unit.isPresent() && i < personal.size(); i++) {
      if (isSquared(i)) {
        frequentPairs.add(new int[] {singles.size(), singles.size() + 1});
        Expression few =
            new LessThanOrEqual(
                personal.get(i).different(), Catalyst.literal(2L, DataTypes.LongType));
        singles.add(Catalyst.where(few, hash(personal.get(i).low())));
        singles.add(Catalyst.where(few, hash(personal.get(i).high())));
      }
    }
    if (witness.isPresent()) {
      int from = singles.size();
      for (int i = 0; i < shape.squared().size(); i++) {
        singles.add(orAbsent(new GetStructField(witness.get(), i + 1, Scala.none())));
      }
      List<Monomial> squared = shape.squared();
      int ordinal = squares().size();
      for (int[] pair : squares()) {
        int first = squared.indexOf(shape.measured().get(pair[0]));
        int second = squared.indexOf(shape.measured().get(pair[1]));
        frequentPairs.add(ordinal++, new int[] {from + first, from + second});
      }
    }
    if (!singles.isEmpty()) {
      columns.add(
          alias(
              Catalyst.aggregate(new FrequentValues(keptValues, singles, frequentPairs), false),
              "frequent"));
    }
    return columns;
  }

  /** Of what each person contributes: all of it, the largest, and how many are negative. */
  private List<NamedExpression> contributions(List<Personal> personal, List<Expression> products) {
    List<NamedExpression> columns = new ArrayList<>();
    for (Expression contribution : contributed(personal, products)) {
      columns.add(alias(Catalyst.aggregate(new Sum(contribution), false), "total"));
      columns.add(
          alias(Catalyst.aggregate(new CollectTopK(contribution, largest), false), "largest"));
      columns.add(
          alias(
              number(new LessThan(contribution, Catalyst.literal(0.0, DataTypes.DoubleType))),
              "negative"));
    }
    return columns;
  }

  /** What a person contributes to each sum, each sum of squares and of products, as a double. */
  private static List<Expression> contributed(List<Personal> personal, List<Expression> products) {
    List<Expression> contributions = new ArrayList<>();
    personal.forEach(one -> contributions.add(Catalyst.cast(one.sum(), DataTypes.DoubleType)));
    personal.forEach(one -> contributions.add(one.squares()));
    contributions.addAll(products);
    return contributions;
  }

  /** Of every two squared values, as doubles. */
  private List<Expression> products() {
    return squares().stream()
        .<Expression>map(
            pair ->
                new Multiply(
                    Catalyst.cast(values.get(pair[0]), DataTypes.DoubleType),
                    Catalyst.cast(values.get(pair[1]), DataTypes.DoubleType),
                    PLAIN))
        .toList();
  }

  private static Expression square(Expression value) {
    Expression number = Catalyst.cast(value, DataTypes.DoubleType);
    return new Multiply(number, number, PLAIN);
  }

  /** Every two measured values. */
  private List<int[]> pairs() {
    List<int[]> pairs = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      for (int j = i + 1; j < values.size(); j++) {
        pairs.add(new int[] {i, j});
      }
    }
    return pairs;
  }

  private boolean isSquared(int value) {
    return shape.squared().contains(shape.measured().get(value));
  }

  /** Every two measured values whose products are added up. */
  private List<int[]> squares() {
    List<Monomial> measured = shape.measured();
    return pairs().stream()
        .filter(
            pair ->
                shape.squared().contains(measured.get(pair[0]))
                    && shape.squared().contains(measured.get(pair[1])))
        .toList();
  }

  /**
   * Central moments and co-moments of the squared values, as Spark computes them. Columns: the
   * cell; then for each pair of squared values, each with itself too, the covariance of the
   * population.
   */
  Optional<LogicalPlan> moments() {
    if (shape.squared().isEmpty()) {
      return Optional.empty();
    }
    List<Expression> squared =
        squaredValues().stream().map(value -> Catalyst.cast(value, DataTypes.DoubleType)).toList();
    List<NamedExpression> columns = new ArrayList<>(cell);
    for (int i = 0; i < squared.size(); i++) {
      for (int j = i; j < squared.size(); j++) {
        columns.add(
            alias(
                Catalyst.aggregate(
                    i == j
                        ? new VariancePop(squared.get(i), true)
                        : new CovPopulation(squared.get(i), squared.get(j), true),
                    false),
                "moment"));
      }
    }
    return Optional.of(Catalyst.aggregate(List.copyOf(cell), columns, input));
  }

  /** Who is in which cells: the cell and the person of each row, once. Empty for units of rows. */
  Optional<LogicalPlan> people() {
    return unit.map(person -> people(person, input, List.of()));
  }

  /**
   * What people give to cells. Columns: the cell, the person unless each row is another one, rows;
   * for each product its sum, the rows that have it, and, of doubles, the least and the greatest.
   */
  LogicalPlan people(List<Monomial> products) {
    List<NamedExpression> columns =
        new ArrayList<>(Scala.<NamedExpression>list(input.projectList()));
    List<Attribute> added = new ArrayList<>();
    for (Monomial product : products) {
      Expression value = MonomialValue.of(product);
      add(alias(Catalyst.where(Presence.of(value), value), "product"), columns, added);
    }
    LogicalPlan with = new Project(Scala.seq(columns), rows);
    return unit.map(person -> people(person, with, added)).orElseGet(() -> byRow(with, added));
  }

  private LogicalPlan people(Expression person, LogicalPlan from, List<Attribute> added) {
    List<Expression> by = new ArrayList<>(cell);
    by.add(person);
    List<NamedExpression> columns = new ArrayList<>(cell);
    columns.add((NamedExpression) person);
    columns.add(alias(Catalyst.countRows(), "rows"));
    for (Attribute value : added) {
      columns.add(alias(sum(value), "sum"));
      columns.add(alias(Catalyst.count(List.of(value)), "present"));
      if (PointReading.isFractional(value.dataType())) {
        columns.add(alias(Catalyst.aggregate(new Min(value), false), "low"));
        columns.add(alias(Catalyst.aggregate(new Max(value), false), "high"));
      }
    }
    return Catalyst.aggregate(by, columns, from);
  }

  private LogicalPlan byRow(LogicalPlan from, List<Attribute> added) {
    Expression there = Catalyst.literal(1L, DataTypes.LongType);
    List<NamedExpression> columns = new ArrayList<>(cell);
    columns.add(alias(there, "rows"));
    for (Attribute value : added) {
      columns.add(alias(added(value), "sum"));
      columns.add(alias(new If(new IsNotNull(value), there, ZERO), "present"));
      if (PointReading.isFractional(value.dataType())) {
        columns.add(alias(value, "low"));
        columns.add(alias(value, "high"));
      }
    }
    return new Project(Scala.seq(columns), from);
  }

  Optional<Attribute> person() {
    return unit;
  }

  private static Expression sum(Expression value) {
    return Catalyst.aggregate(new Sum(value), false);
  }

  /** The value in the type of its sum. */
  private static Expression added(Expression value) {
    return value.dataType() instanceof DecimalType || PointReading.isFractional(value.dataType())
        ? value
        : Catalyst.cast(value, DataTypes.LongType);
  }

  /**
   * How many people there are of whom the first condition holds that holds of anybody. Each holds
   * of whom the one before does: that a person's sum is surely something, that it may be, that a
   * row is. If nobody's is surely, all that an answer tells is of those of whom it may be.
   */
  private static Expression fewest(List<Expression> conditions) {
    Expression first = number(conditions.get(0));
    return conditions.size() == 1
        ? first
        : new If(
            new GreaterThan(first, ZERO), first, fewest(conditions.subList(1, conditions.size())));
  }

  /** A person's rows may cancel out, but for some last digits of doubles. */
  private static Expression notZero(Personal one) {
    List<Expression> conditions = new ArrayList<>();
    one.digits()
        .ifPresent(
            digits -> {
              if (PointReading.isFractional(one.sum().dataType())) {
                conditions.add(Rounding.isFarFromZero(one.sum(), digits.size(), digits.rows()));
              }
              Expression zero = Catalyst.cast(Catalyst.integer(0), one.sum().dataType());
              conditions.add(new Not(new EqualTo(one.sum(), zero)));
            });
    conditions.add(isNotZero(one));
    return fewest(conditions);
  }

  /** The same of the difference of two values. */
  private static Expression differ(Personal one, Personal other, Expression rowsDiffer) {
    if (one.digits().isEmpty() && other.digits().isEmpty()) {
      return number(rowsDiffer);
    }
    Expression a = orZero(comparable(one.sum(), other.sum()));
    Expression b = orZero(comparable(other.sum(), one.sum()));
    List<Expression> conditions = new ArrayList<>();
    if (PointReading.isFractional(a.dataType())) {
      LastDigits ofOne = one.ofValues();
      LastDigits ofOther = other.ofValues();
      Expression size = new Greatest(Scala.seq(List.of(ofOne.size(), ofOther.size())));
      Expression rows = new Add(orZero(ofOne.rows()), orZero(ofOther.rows()), PLAIN);
      conditions.add(Rounding.isFarFromZero(new Subtract(a, b, PLAIN), size, rows));
    }
    conditions.add(new Not(new EqualTo(a, b)));
    conditions.add(rowsDiffer);
    return fewest(conditions);
  }

  /** The greatest distance of values from zero. */
  private static Expression size(Expression low, Expression high) {
    Expression least = new Abs(Catalyst.cast(low, DataTypes.DoubleType), false);
    Expression most = new Abs(Catalyst.cast(high, DataTypes.DoubleType), false);
    return new Greatest(Scala.<Expression>seq(List.of(least, most)));
  }

  private static Expression withoutLastDigits(Expression sum, Personal one) {
    return PointReading.isFractional(sum.dataType()) && one.digits().isPresent()
        ? Rounding.rounded(sum, one.digits().get().size(), one.digits().get().rows())
        : sum;
  }

  private static Expression isNotZero(Personal one) {
    Expression zero = Catalyst.cast(Catalyst.integer(0), one.low().dataType());
    return new Not(new And(new EqualTo(one.low(), zero), new EqualTo(one.high(), zero)));
  }

  private static Expression number(Expression condition) {
    return Catalyst.count(List.of(Catalyst.where(condition, Catalyst.one())));
  }

  /** A person's only value, in 64 bits; NULL when the person has several. */
  private static Expression oneValue(Personal one) {
    Expression hashed = orAbsent(one.summed() ? withoutLastDigits(one.low(), one) : one.low());
    return one.low() == one.high()
        ? hashed
        : new If(new LessThan(one.low(), one.high()), Catalyst.nothing(DataTypes.LongType), hashed);
  }

  private static Expression orAbsent(Expression value) {
    return new If(
        new IsNull(value), Catalyst.literal(Frequencies.ABSENT, DataTypes.LongType), hash(value));
  }

  private static Expression hash(Expression value) {
    if (value.dataType() instanceof LongType) {
      return value;
    }
    return new XxHash64(Scala.<Expression>seq(List.of(value)), 42L);
  }

  private static Expression differs(Expression a, Expression b) {
    Expression same = new EqualTo(orZero(comparable(a, b)), orZero(comparable(b, a)));
    return new If(same, Catalyst.integer(0), Catalyst.one());
  }

  /** What is missing adds nothing. */
  private static Expression orZero(Expression value) {
    return new Coalesce(
        Scala.seq(List.of(value, Catalyst.cast(Catalyst.integer(0), value.dataType()))));
  }

  /** Exact where both are: doubles compare as doubles. */
  private static Expression comparable(Expression value, Expression other) {
    if (PointReading.isFractional(value.dataType())
        || PointReading.isFractional(other.dataType())) {
      return Catalyst.cast(value, DataTypes.DoubleType);
    }
    int scale = Math.max(scale(value), scale(other));
    return Catalyst.cast(value, new DecimalType(38, scale));
  }

  private static int scale(Expression value) {
    return value.dataType() instanceof DecimalType decimal ? decimal.scale() : 0;
  }
}
