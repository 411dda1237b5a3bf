package io.sallyport.spark.seal;

import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.policy.frame.FrameName;
import io.sallyport.spark.RefusedException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The tables that exist for analysts: governed frames and public tables, nothing else. */
public final class FrameCatalog {

  private final Map<FrameName, FrameTable> tables;

  public FrameCatalog(Collection<FrameTable> tables) {
    this.tables =
        tables.stream()
            .collect(Collectors.toUnmodifiableMap(FrameTable::name, Function.identity()));
  }

  /** The table of that name, or empty when there is none for analysts. */
  public Optional<FrameTable> find(List<String> nameParts) {
    return FrameName.parse(String.join(".", nameParts)).map(tables::get);
  }

  /**
   * A sealed leaf for the table of that name.
   *
   * @throws RefusedException SOURCE_NOT_ALLOWED, in one text for tables that do not exist, that no
   *     policy covers and that are files
   */
  public SealedFrame seal(List<String> nameParts) {
    return SealedFrame.of(
        find(nameParts)
            .orElseThrow(
                () ->
                    RefusedException.of(
                        RefusalCode.SOURCE_NOT_ALLOWED,
                        "there is no frame named " + String.join(".", nameParts),
                        "a frame that a policy names, or a public table")));
  }

  public Collection<FrameTable> tables() {
    return tables.values();
  }
}
