package io.sallyport.examples.credentials;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Files that only the user who makes them can read, from the first byte on. */
final class PrivateFiles {

  private static final FileAttribute<Set<PosixFilePermission>> FILE = only("rw-------");
  private static final FileAttribute<Set<PosixFilePermission>> FOLDER = only("rwx------");

  private PrivateFiles() {}

  static void makeFolder(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder, FOLDER);
    }
  }

  static void write(Path file, String text) throws IOException {
    Files.deleteIfExists(file);
    Files.createFile(file, FILE);
    Files.writeString(file, text, StandardCharsets.US_ASCII);
  }

  private static FileAttribute<Set<PosixFilePermission>> only(String permissions) {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
  }
}
