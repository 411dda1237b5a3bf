package io.sallyport.spark.weather;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/** The local files, with failure points around the moment when a result gets its name. */
public final class StoppingFiles extends RawLocalFileSystem {

  /** A configuration under which the local files are these. */
  static Configuration configuration() {
    Configuration configuration = new Configuration();
    configuration.setClass("fs.file.impl", StoppingFiles.class, RawLocalFileSystem.class);
    configuration.setBoolean("fs.file.impl.disable.cache", true);
    return configuration;
  }

  @Override
  public boolean rename(Path from, Path to) throws IOException {
    FailurePoint.BYTES_UNNAMED.reached();
    boolean renamed = super.rename(from, to);
    FailurePoint.BYTES_WITHOUT_ROW.reached();
    return renamed;
  }
}
