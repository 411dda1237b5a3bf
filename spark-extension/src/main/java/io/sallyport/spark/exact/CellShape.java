package io.sallyport.spark.exact;

import io.sallyport.spark.scala.Catalyst;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.Expression;

/**
 * The joint partition of the pieces of a question that are over the same rows: a cell is one
 * combination of all their keys, conditions and missing values. What applies to the rows of one
 * piece alone is looked at in those rows alone, so that it cuts no other cells; but who has rows in
 * a frame that is looked up is told apart everywhere.
 */
final class CellShape {

  private final List<PointReading.Piece> pieces;
  private final Base base;
  private final List<Attachment> attachments = new ArrayList<>();
  private final Map<Expression, Integer> bits = new LinkedHashMap<>();
  private final List<Expression> bitList = new ArrayList<>();
  private final Map<Expression, Integer> keys = new LinkedHashMap<>();
  private final List<Expression> keyList = new ArrayList<>();
  private final Set<Monomial> measured = new LinkedHashSet<>();
  private final Set<Monomial> squared = new LinkedHashSet<>();
  private final Set<Monomial> freelyMissing = new LinkedHashSet<>();
  private final Map<Monomial, PersonalColumn> personal = new LinkedHashMap<>();
  private final List<Integer> toldOnly;
  private final boolean countsPeople;
  private final boolean countsPeopleOnly;

  /**
   * @param pieces at least one, all over the same base
   */
  CellShape(List<PointReading.Piece> pieces) {
    this.pieces = List.copyOf(pieces);
    this.base = pieces.get(0).part().base();
    this.countsPeople =
        pieces.stream().flatMap(piece -> piece.terms().stream()).anyMatch(Term::people);
    this.countsPeopleOnly =
        pieces.stream().flatMap(piece -> piece.terms().stream()).allMatch(Term::people);
    findFreelyMissing();
    pieces.forEach(this::add);
    int others = bitList.size();
    pieces.forEach(piece -> piece.part().told().forEach(one -> bit(one.bit())));
    addBeside();
    this.toldOnly = IntStream.range(others, bitList.size()).boxed().toList();
  }

  /**
   * Columns whose missing values do not tell cells apart: their owners say that these tell nothing,
   * and every number that depends on one depends on it alone.
   */
  private void findFreelyMissing() {
    Set<Monomial> others = new LinkedHashSet<>();
    for (PointReading.Piece piece : pieces) {
      for (Term term : piece.terms()) {
        Set<Monomial> used = new LinkedHashSet<>();
        for (Case one : term.cases()) {
          one.values().stream()
              .flatMap(Optional::stream)
              .forEach(
                  number -> {
                    used.addAll(number.mentioned());
                    number.terms().keySet().stream()
                        .filter(monomial -> !monomial.equals(Monomial.ONE))
                        .forEach(used::add);
                  });
        }
        if (used.size() == 1 && isFreelyMissing(piece, used.iterator().next())) {
          freelyMissing.addAll(used);
        } else {
          used.forEach(monomial -> others.add(monomial.measured()));
          used.forEach(
              monomial ->
                  monomial.raw().forEach(v -> others.add(new Monomial(List.of(v), List.of()))));
        }
      }
    }
    freelyMissing.removeAll(others);
  }

  private static boolean isFreelyMissing(PointReading.Piece piece, Monomial monomial) {
    return monomial.keyed().isEmpty()
        && monomial.degree() == 1
        && monomial.raw().get(0).expression() instanceof AttributeReference column
        && piece.part().freelyMissing().contains(column.exprId());
  }

  /** Whether rows without the value are in the same cells as others. */
  boolean isFreelyMissing(Monomial monomial) {
    return freelyMissing.contains(monomial);
  }

  /** What a question tells of a person's rows without asking for it is measured as well. */
  private void addBeside() {
    for (PointReading.Piece piece : pieces) {
      piece.part().personal().forEach(one -> personal.put(Monomial.raw(one.column()), one));
    }
    measured.addAll(besideOf(factors(measured)));
  }

  /** The measured values, by their ordinals, of which an answer tells that tells of these. */
  Set<Integer> beside(Set<Integer> told) {
    List<Monomial> all = measured();
    Set<Monomial> monomials = new LinkedHashSet<>();
    told.forEach(one -> monomials.add(all.get(one)));
    Set<Integer> beside = new TreeSet<>();
    besideOf(factors(monomials)).forEach(one -> beside.add(all.indexOf(one)));
    beside.removeAll(told);
    return beside;
  }

  private List<Monomial> besideOf(Set<Monomial> told) {
    List<PersonalColumn> columns =
        told.stream().filter(personal::containsKey).map(personal::get).toList();
    return PersonalColumn.beside(columns).stream().map(column -> Monomial.raw(column)).toList();
  }

  private static Set<Monomial> factors(Set<Monomial> monomials) {
    Set<Monomial> factors = new LinkedHashSet<>();
    monomials.forEach(monomial -> factors.addAll(monomial.factors()));
    return factors;
  }

  /** What is known of the rows whose sum or average a measured value is. */
  Optional<PersonalColumn.Rows> rowsOf(Monomial monomial) {
    return Optional.ofNullable(personal.get(monomial)).flatMap(PersonalColumn::rows);
  }

  Base base() {
    return base;
  }

  List<PointReading.Piece> pieces() {
    return pieces;
  }

  List<Attachment> attachments() {
    return attachments;
  }

  /** Each true or false in every row. */
  List<Expression> bits() {
    return bitList;
  }

  /** Those of them that tell nothing but who has rows in a frame that is looked up. */
  List<Integer> toldOnly() {
    return toldOnly;
  }

  /** What else tells cells apart. */
  List<Expression> keys() {
    return keyList;
  }

  /** The products of stored columns that are added up. */
  List<Monomial> measured() {
    return List.copyOf(measured);
  }

  /** Those of them whose squares and products with each other are added up too. */
  List<Monomial> squared() {
    return List.copyOf(squared);
  }

  /** Whether some number of distinct people is shown. */
  boolean countsPeople() {
    return countsPeople;
  }

  /** Whether nothing but numbers of distinct people is shown. */
  boolean countsPeopleOnly() {
    return countsPeopleOnly;
  }

  int passes(PointReading.Piece piece) {
    return bits.get(passing(piece).canonicalized());
  }

  int bit(PointReading.Piece piece, Condition condition) {
    return bits.get(within(piece, condition.bit()).canonicalized());
  }

  int present(PointReading.Piece piece, Monomial monomial) {
    return bits.get(within(piece, there(monomial)).canonicalized());
  }

  int key(PointReading.Piece piece, Expression key) {
    return keys.get(guarded(piece, key).canonicalized());
  }

  /** Where a frame has a part, whether the row passes or not: what is cut away is told of too. */
  int frameBit(Expression there) {
    return bits.get(Condition.of(there).bit().canonicalized());
  }

  private void add(PointReading.Piece piece) {
    for (Attachment attachment : piece.part().attachments()) {
      if (attachments.stream().noneMatch(known -> known.isSame(attachment))) {
        attachments.add(attachment);
      }
    }
    bit(passing(piece));
    piece.part().conditions().forEach(c -> bit(within(piece, c.bit())));
    piece.part().frames().values().forEach(f -> bit(Condition.of(f).bit()));
    piece.part().states().forEach(state -> key(guarded(piece, state)));
    piece.keys().forEach(key -> key(guarded(piece, key)));
    for (Term term : piece.terms()) {
      for (Case one : term.cases()) {
        one.region().keySet().forEach(c -> bit(within(piece, c.bit())));
      }
    }
    for (Monomial monomial : mentioned(piece)) {
      if (monomial.degree() > 0) {
        if (!freelyMissing.contains(monomial)) {
          bit(within(piece, there(monomial)));
        }
        measured.add(monomial);
      } else {
        monomial.keyed().forEach(k -> key(guarded(piece, k.expression())));
      }
    }
    for (Term term : piece.terms()) {
      term.cases().stream()
          .flatMap(one -> one.values().stream().flatMap(Optional::stream))
          .flatMap(number -> number.terms().keySet().stream())
          .forEach(monomial -> addSquared(term, monomial.measured()));
    }
  }

  /** A product tells of its factors what a covariance does. */
  private void addSquared(Term term, Monomial monomial) {
    if (term.isOfSecondOrder() && monomial.degree() > 0) {
      squared.add(monomial);
    }
    if (monomial.degree() > 1) {
      monomial
          .factors()
          .forEach(
              factor -> {
                measured.add(factor);
                squared.add(factor);
              });
    }
  }

  /** Every variable, and every product of stored columns, of a piece's numbers. */
  private static Set<Monomial> mentioned(PointReading.Piece piece) {
    Set<Monomial> mentioned = new LinkedHashSet<>();
    for (Term term : piece.terms()) {
      for (Case one : term.cases()) {
        one.values().stream()
            .flatMap(Optional::stream)
            .forEach(
                number -> {
                  mentioned.addAll(number.mentioned());
                  number.terms().keySet().stream()
                      .map(Monomial::measured)
                      .filter(monomial -> monomial.degree() > 0)
                      .forEach(mentioned::add);
                });
      }
    }
    return mentioned;
  }

  /** A product is there where all its factors and it are: it may be too large. */
  private static Expression there(Monomial monomial) {
    return Presence.of(MonomialValue.of(monomial));
  }

  private static Expression passing(PointReading.Piece piece) {
    return Condition.of(piece.part().passes()).bit();
  }

  private static Expression within(PointReading.Piece piece, Expression bit) {
    return Part.both(passing(piece), bit);
  }

  private static Expression guarded(PointReading.Piece piece, Expression key) {
    Expression passing = passing(piece);
    return passing.equals(Catalyst.yes()) ? key : Catalyst.where(passing, key);
  }

  private void bit(Expression bit) {
    if (bits.putIfAbsent(bit.canonicalized(), bits.size()) == null) {
      bitList.add(bit);
    }
  }

  private void key(Expression key) {
    if (keys.putIfAbsent(key.canonicalized(), keys.size()) == null) {
      keyList.add(key);
    }
  }
}
