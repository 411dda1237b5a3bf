package io.sallyport.policy.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.concurrent.atomic.AtomicBoolean;
import org.h2.store.fs.FileBaseDefault;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/** H2's file system, on a disk that can be full. */
public final class FailingDisk extends FilePathWrapper {
  static final String SCHEME = "failing";

  private static final AtomicBoolean FAILS = new AtomicBoolean();

  static void register() {
    FilePath.register(new FailingDisk());
  }

  static void fail(boolean now) {
    FAILS.set(now);
  }

  @Override
  public String getScheme() {
    return SCHEME;
  }

  @Override
  public FileChannel open(String mode) throws IOException {
    return new Channel(super.open(mode));
  }

  private static final class Channel extends FileBaseDefault {
    private final FileChannel disk;

    Channel(FileChannel disk) {
      this.disk = disk;
    }

    @Override
    public long size() throws IOException {
      return disk.size();
    }

    @Override
    public synchronized int read(ByteBuffer target, long position) throws IOException {
      return disk.read(target, position);
    }

    @Override
    public synchronized int write(ByteBuffer source, long position) throws IOException {
      if (FAILS.get()) {
        throw new IOException("No space left on device");
      }
      return disk.write(source, position);
    }

    @Override
    public void force(boolean metaData) throws IOException {
      if (FAILS.get()) {
        throw new IOException("Input/output error");
      }
      disk.force(metaData);
    }

    @Override
    protected void implTruncate(long size) throws IOException {
      disk.truncate(size);
    }

    @Override
    public java.nio.channels.FileLock tryLock(long position, long size, boolean shared)
        throws IOException {
      return disk.tryLock(position, size, shared);
    }

    @Override
    protected void implCloseChannel() throws IOException {
      disk.close();
    }
  }
}
