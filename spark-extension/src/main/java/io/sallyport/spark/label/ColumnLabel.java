package io.sallyport.spark.label;

import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Set;
import java.util.TreeSet;

/**
 * Where a column's values come from.
 *
 * @param origins the governed columns its value derives from, by value or by condition
 * @param identifiers those origins that are direct identifiers
 * @param form what it may be used for inside an aggregate
 * @param affine how a measure is made from a column's value, or what a constant is
 */
public record ColumnLabel(
    Set<ColumnRef> origins, Set<ColumnRef> identifiers, ColumnForm form, Affine affine) {

  /** A value that no governed data has a part in. */
  static final ColumnLabel FREE =
      new ColumnLabel(Set.of(), Set.of(), ColumnForm.OPAQUE, Affine.IDENTITY);

  public ColumnLabel {
    origins = sorted(origins);
    identifiers = sorted(identifiers);
  }

  static ColumnLabel constant(Affine value) {
    return new ColumnLabel(Set.of(), Set.of(), ColumnForm.CONSTANT, value);
  }

  /** The same in another form, as a value of its own. */
  ColumnLabel withForm(ColumnForm newForm) {
    return new ColumnLabel(
        origins, identifiers, newForm, form == newForm ? affine : Affine.IDENTITY);
  }

  /** The same with more origins that its value tells of; they do not make it an identifier. */
  ColumnLabel withOrigins(Set<ColumnRef> more) {
    Set<ColumnRef> all = new TreeSet<>(ORDER);
    all.addAll(origins);
    all.addAll(more);
    return new ColumnLabel(all, identifiers, form, affine);
  }

  /** The origins of all, in the given form. */
  static ColumnLabel join(Collection<ColumnLabel> labels, ColumnForm form, Affine affine) {
    Set<ColumnRef> origins = new TreeSet<>(ORDER);
    Set<ColumnRef> identifiers = new TreeSet<>(ORDER);
    labels.forEach(
        label -> {
          origins.addAll(label.origins());
          identifiers.addAll(label.identifiers());
        });
    return new ColumnLabel(origins, identifiers, form, affine);
  }

  private static final Comparator<ColumnRef> ORDER = Comparator.comparing(ColumnRef::toString);

  private static Set<ColumnRef> sorted(Set<ColumnRef> refs) {
    Set<ColumnRef> sorted = new TreeSet<>(ORDER);
    sorted.addAll(refs);
    return Collections.unmodifiableSet(sorted);
  }
}
