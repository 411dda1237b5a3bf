package io.sallyport.spark.artifact;

import io.sallyport.policy.audit.StoreUnavailableException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;

/** A directory of a Hadoop filesystem, with what a filesystem must be asked for to be durable. */
record Directory(FileSystem files, Path path) {

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
