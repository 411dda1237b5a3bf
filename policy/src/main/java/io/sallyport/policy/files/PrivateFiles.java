package io.sallyport.policy.files;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Folders with mode 0700 and files with mode 0600, whatever the umask. What is there already with a
 * wider mode is narrowed, so that what an older server left is private from the next start on;
 * where that is not allowed, the log of the server says so. A file system without modes is left
 * alone.
 */
public final class PrivateFiles {
  private static final System.Logger LOG = System.getLogger(PrivateFiles.class.getName());

  private static final Set<PosixFilePermission> FOLDER =
      PosixFilePermissions.fromString("rwx------");
  private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");

  private PrivateFiles() {}

  /** Makes the folder private; it and those above it are made when they are not there. */
  public static void folder(Path folder) throws IOException {
    made(folder);
    narrow(folder, FOLDER);
  }

  /**
   * Makes a private folder, and those above it, when it is not there; one that is stays as it is.
   */
  public static void made(Path folder) throws IOException {
    Path absolute = folder.toAbsolutePath();
    Files.createDirectories(absolute, mode(absolute, FOLDER));
  }

  /** Makes the file private; it is made, empty, when it is not there. */
  public static void file(Path file) throws IOException {
    try {
      Files.createFile(file, mode(file.toAbsolutePath(), FILE));
    } catch (FileAlreadyExistsException e) {
      narrow(file, FILE);
    }
  }

  /** Makes each of the files private that is there. */
  public static void existing(Iterable<Path> files) {
    for (Path file : files) {
      if (Files.isRegularFile(file)) {
        narrow(file, FILE);
      }
    }
  }

  private static void narrow(Path path, Set<PosixFilePermission> mode) {
    try {
      PosixFileAttributeView view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
      if (view != null && !mode.containsAll(view.readAttributes().permissions())) {
        view.setPermissions(mode);
      }
    } catch (IOException e) { // it is somebody else's, who shares it with us
      LOG.log(
          Level.WARNING,
          "{0} can be reached by others, and this server may not change that: chmod {1}",
          path,
          mode == FOLDER ? "700" : "600");
    }
  }

  /** The mode of something new; none where there are none. */
  private static FileAttribute<?>[] mode(Path path, Set<PosixFilePermission> mode) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(mode)}
        : new FileAttribute<?>[0];
  }
}
