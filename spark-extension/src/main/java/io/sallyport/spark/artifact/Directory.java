package io.sallyport.spark.artifact;

import io.sallyport.policy.audit.StoreUnavailableException;
import io.sallyport.policy.files.PrivateFiles;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CreateFlag;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;

/** A directory of a Hadoop filesystem, with what a filesystem must be asked for to be durable. */
record Directory(FileSystem files, Path path) {

  private static final int BUFFER = 1 << 16;

  /** What a new file is to hold. */
  @FunctionalInterface
  interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * @throws StoreUnavailableException when it can be neither found nor made
   */
  static Directory open(String uri, Configuration configuration) {
    Path path = new Path(uri);
    try {
      FileSystem files = path.getFileSystem(configuration);
      if (files instanceof LocalFileSystem checksummed) {
        // Its checksums are weaker than ours, and its streams do not sync.
        files = checksummed.getRaw();
      }
      Path qualified = files.makeQualified(path);
      if (!files.exists(qualified)) {
        FileSystem.mkdirs(files, qualified, new FsPermission("700"));
      }
      if (!files.getFileStatus(qualified).isDirectory()) {
        throw new IOException(qualified + " is not a directory");
      }
      if (files instanceof RawLocalFileSystem local) {
        PrivateFiles.folder(local.pathToFile(qualified).toPath());
      }
      return new Directory(files, qualified);
    } catch (IOException e) {
      throw new StoreUnavailableException(
          "The artifacts' directory " + path + " cannot be opened", e);
    }
  }

  Path child(String name) {
    return new Path(path, name);
  }

  List<FileStatus> list() {
    try {
      return Arrays.asList(files.listStatus(path));
    } catch (IOException e) {
      throw unavailable("cannot be read", e);
    }
  }

  /** Writes a new file that is its owner's alone; its bytes are on disk when this returns. */
  void write(Path file, Content content) throws IOException {
    if (files instanceof RawLocalFileSystem local) {
      // Hadoop would start a process to set the permissions.
      writeLocally(local.pathToFile(file).toPath(), content);
      return;
    }
    try (FSDataOutputStream out =
        files.create(
            file,
            new FsPermission("600"),
            EnumSet.of(CreateFlag.CREATE),
            BUFFER,
            files.getDefaultReplication(file),
            files.getDefaultBlockSize(file),
            null)) {
      content.writeTo(out);
      out.hsync();
    }
  }

  private static void writeLocally(java.nio.file.Path file, Content content) throws IOException {
    Set<StandardOpenOption> isNew =
        EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    Set<PosixFilePermission> owners = PosixFilePermissions.fromString("rw-------");
    try (FileChannel channel =
            FileChannel.open(file, isNew, PosixFilePermissions.asFileAttribute(owners));
        OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER)) {
      content.writeTo(out);
      out.flush();
      channel.force(true);
    }
  }

  /** Makes the list of files survive a crash, where that is not what the filesystem does anyway. */
  void sync() throws IOException {
    if (files instanceof RawLocalFileSystem local) {
      java.nio.file.Path directory = local.pathToFile(path).toPath();
      try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  StoreUnavailableException unavailable(String problem, IOException cause) {
    return new StoreUnavailableException(
        "The artifacts' directory " + path + " " + problem + ": " + cause.getMessage(), cause);
  }
}
