package io.sallyport.connect.desk.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** A file of the desk's own that says nothing about anybody. */
record StaticFile(String type, String text) {

  private static final Map<String, StaticFile> ALL =
      Map.of(
          "/desk.css", read("desk.css", "text/css; charset=utf-8"),
          "/desk.js", read("desk.js", "text/javascript; charset=utf-8"),
          "/icon.svg", read("icon.svg", "image/svg+xml"));

  static Optional<StaticFile> of(String path) {
    return Optional.ofNullable(ALL.get(path));
  }

  private static StaticFile read(String name, String type) {
    try (InputStream file = StaticFile.class.getResourceAsStream(name)) {
      return new StaticFile(type, new String(file.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
