package io.sallyport.connect.client.local;

import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.types.DataType;

/**
 * One column of a plan, as far as it is known here.
 *
 * @param name its name; empty when Spark makes one up
 * @param type its type; empty when only the server can tell
 * @param qualifier the names by which its frame goes, outermost first
 * @param identity stays the same while the same column is passed on
 */
public record LocalColumn(
    Optional<String> name, Optional<DataType> type, List<String> qualifier, Object identity) {

  /** Copies the qualifier. */
  public LocalColumn {
    qualifier = List.copyOf(qualifier);
  }

  static LocalColumn made(Optional<String> name, Optional<DataType> type) {
    return new LocalColumn(name, type, List.of(), new Object());
  }

  static LocalColumn made(String name, Optional<DataType> type) {
    return made(Optional.of(name), type);
  }

  LocalColumn renamed(String newName) {
    return new LocalColumn(Optional.of(newName), type, qualifier, new Object());
  }

  LocalColumn qualified(String alias) {
    return new LocalColumn(name, type, List.of(alias), identity);
  }

  /** The same column seen a second time, as in a self join. */
  LocalColumn again() {
    return new LocalColumn(name, type, qualifier, new Object());
  }

  boolean isNamed(String other) {
    return name.filter(other::equalsIgnoreCase).isPresent();
  }

  /** Its name with what qualifies it, for errors. */
  String shown() {
    String last = name.orElse("?");
    return qualifier.isEmpty() ? last : String.join(".", qualifier) + "." + last;
  }
}
