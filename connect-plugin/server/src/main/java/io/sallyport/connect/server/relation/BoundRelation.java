package io.sallyport.connect.server.relation;

import java.util.function.Supplier;
import org.apache.spark.connect.proto.Relation;

/** A relation with its views bound, once, when it is first asked for. Not thread-safe. */
final class BoundRelation implements Supplier<Relation> {

  private final Supplier<Relation> binding;
  private Relation bound;

  BoundRelation(Supplier<Relation> binding) {
    this.binding = binding;
  }

  @Override
  public Relation get() {
    if (bound == null) {
      bound = binding.get();
    }
    return bound;
  }
}
