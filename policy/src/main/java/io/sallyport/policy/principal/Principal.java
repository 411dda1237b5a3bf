package io.sallyport.policy.principal;

import static java.util.Objects.requireNonNull;

import java.util.Collection;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * A person whom the gate has recognised.
 *
 * @param name 1 to 64 of {@code A-Z a-z 0-9 . _ @ -}; compared exactly
 * @param role what the person is to the frames
 * @param groups names of the groups that the person is in, made like a principal's
 */
public record Principal(String name, Role role, Set<String> groups) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._@-]{1,64}");

  /**
   * @throws IllegalArgumentException when the name is not one of a principal
   */
  public Principal {
    requireName(name);
    requireNonNull(role, "role");
    groups.forEach(Principal::requireName);
    groups = Collections.unmodifiableSet(new TreeSet<>(groups));
  }

  /** A person in no group. */
  public Principal(String name, Role role) {
    this(name, role, Set.of());
  }

  /** The same person in these groups. */
  public Principal in(Collection<String> others) {
    return new Principal(name, role, Set.copyOf(others));
  }

  /**
   * The name itself, when a principal may bear it.
   *
   * @throws IllegalArgumentException when not
   */
  public static String requireName(String name) {
    if (!isName(name)) {
      throw new IllegalArgumentException(
          "A principal's name must be 1 to 64 letters, digits or . _ @ -");
    }
    return name;
  }

  /** Whether a principal may bear this name. */
  public static boolean isName(String name) {
    return NAME.matcher(name).matches();
  }
}
