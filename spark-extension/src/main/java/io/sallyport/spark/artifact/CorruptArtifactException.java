package io.sallyport.spark.artifact;

/**
 * A stored artifact is not, bit for bit, what was stored: it is missing, cut, changed, another
 * one's, or sealed under another key. Nothing of it was handed out. The message is for operators,
 * and never quotes what the file holds.
 */
public final class CorruptArtifactException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  CorruptArtifactException(String artifactId, String problem) {
    super("Artifact " + artifactId + " " + problem);
  }

  CorruptArtifactException(String artifactId, String problem, Throwable cause) {
    super("Artifact " + artifactId + " " + problem, cause);
  }
}
