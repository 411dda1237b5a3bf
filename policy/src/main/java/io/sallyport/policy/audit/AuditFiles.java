package io.sallyport.policy.audit;

import io.sallyport.policy.files.PrivateFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;

/** The files of one audit log. */
record AuditFiles(Path directory) {

  /** One record a line, oldest first. */
  Path log() {
    return directory.resolve("audit.jsonl");
  }

  /** Number and hash of the newest record: without it nobody could tell that the end is missing. */
  Path head() {
    return directory.resolve("audit.head");
  }

  /** Held by the one writer. Nothing else opens it: closing any opening of a file ends its lock. */
  Path lock() {
    return directory.resolve("audit.lock");
  }

  /** Makes all of them their owner's alone, and the three that a log always has. */
  void makePrivate() throws IOException {
    PrivateFiles.file(log());
    PrivateFiles.file(head());
    PrivateFiles.file(lock());
    try (Stream<Path> others = Files.list(directory)) {
      PrivateFiles.existing(others.toList());
    }
  }

  /** A file, not there yet, for the bytes of a line that a crash cut off. */
  Path unusedTornFile(long line) {
    int number = 1;
    while (Files.exists(torn(line, number))) {
      number++;
    }
    return torn(line, number);
  }

  /** Makes the directory's list of files survive a crash. */
  void syncDirectory() throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private Path torn(long line, int number) {
    return directory.resolve("audit.torn-line-" + line + "-" + number);
  }
}
