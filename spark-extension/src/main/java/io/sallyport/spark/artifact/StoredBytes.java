package io.sallyport.spark.artifact;

import static java.util.Objects.requireNonNull;

import io.sallyport.policy.artifact.ResultName;

/**
 * What became of an artifact that was stored.
 *
 * @param artifactId its name
 * @param resultHash its keyed name ({@link ResultNames}): to be kept elsewhere and asked for when
 *     it is read
 * @param size how many bytes its file takes, for quotas
 */
public record StoredBytes(String artifactId, String resultHash, long size) {

  /**
   * @throws IllegalArgumentException when the size is negative or the name no keyed one
   */
  public StoredBytes {
    requireNonNull(artifactId, "artifactId");
    ResultName.require(resultHash);
    if (size < 0) {
      throw new IllegalArgumentException("A size must be at least 0. Provided value: " + size);
    }
  }
}
