package io.sallyport.dp.mechanism;

import io.sallyport.dp.accounting.NoisyRelease;
import java.util.List;

/**
 * A mechanism that adds independent integer noise to an integer vector.
 *
 * <p>Guarantee: each part is private by {@link NoisyRelease#loss()} under add/remove of one privacy
 * unit, and one release costs the composition of its parts, whatever the data. Implementations are
 * immutable and thread-safe; each call to a {@code release} method is a new release and a new
 * charge.
 */
public interface Mechanism {

  /** The noisy parts, in the order in which they are drawn. Depends on public parameters only. */
  List<NoisyRelease> parts();
}
