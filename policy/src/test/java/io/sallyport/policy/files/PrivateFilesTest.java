package io.sallyport.policy.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PrivateFilesTest {
  @TempDir Path directory;

  @Test
  void folder_thatIsNew_isPrivate_andSoAreThoseMadeAboveIt() throws IOException {
    PrivateFiles.folder(directory.resolve("a/b"));
    assertThat(mode(directory.resolve("a"))).isEqualTo("rwx------");
    assertThat(mode(directory.resolve("a/b"))).isEqualTo("rwx------");
  }

  @Test
  void whatIsThereAlready_isNarrowed_andKeepsItsContent() throws IOException {
    Path folder = Files.createDirectory(directory.resolve("old"));
    Path file = Files.writeString(folder.resolve("file"), "kept");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxr-x"));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

    PrivateFiles.folder(folder);
    PrivateFiles.file(file);

    assertThat(mode(folder)).isEqualTo("rwx------");
    assertThat(mode(file)).isEqualTo("rw-------");
    assertThat(file).hasContent("kept");
  }

  @Test
  void mode_thatIsNarrowerAlready_stays() throws IOException {
    Path file = Files.createFile(directory.resolve("file"));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--------"));
    PrivateFiles.existing(List.of(file, directory.resolve("none")));
    assertThat(mode(file)).isEqualTo("r--------");
  }

  @Test
  void made_leavesAFolderThatIsThereToItsOwner() throws IOException {
    Path shared = Files.createDirectory(directory.resolve("shared"));
    Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString("rwxr-xr-x"));
    PrivateFiles.made(shared);
    assertThat(mode(shared)).isEqualTo("rwxr-xr-x");
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
