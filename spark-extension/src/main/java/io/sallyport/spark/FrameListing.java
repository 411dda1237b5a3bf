package io.sallyport.spark;

import io.sallyport.spark.release.OpenedPort;
import io.sallyport.spark.seal.FrameTable;
import java.util.List;

/**
 * A table that analysts may compute on.
 *
 * @param name as a query names it
 * @param schema Spark's JSON of its columns, without comments
 * @param terms under which its rows leave
 */
public record FrameListing(String name, String schema, String terms) {

  static List<FrameListing> of(OpenedPort port) {
    return port.frames().tables().stream().map(FrameListing::of).toList();
  }

  private static FrameListing of(FrameTable table) {
    return new FrameListing(
        table.name().value(),
        table.bareSchema().json(),
        table.frame().map(frame -> frame.policy().automatic().text()).orElse("public"));
  }
}
