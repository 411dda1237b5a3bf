package io.sallyport.spark.artifact;

import io.sallyport.policy.artifact.ResultName;
import io.sallyport.spark.rows.ResultDigest;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Names exact results: HMAC-SHA-256 of their digests, under a key that is derived from the store's
 * for nothing else. Equal results have equal names in one store, and different ones in different
 * stores; without the key a name tells nothing about the result, not even to whoever can guess it.
 * Thread-safe.
 */
public final class ResultNames {

  private static final String HMAC = "HmacSHA256";
  private static final String PURPOSE = "sallyport result name 1";

  private final SecretKeySpec key;

  ResultNames(ArtifactKey key) {
    this.key = new SecretKeySpec(key.derive(new byte[Envelope.SALT], PURPOSE), HMAC);
  }

  /** The name under which the result is stored, approved and shown. */
  public String of(ResultDigest digest) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(key);
      return ResultName.of(digest.under(mac));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HMAC-SHA256 is part of every Java platform", e);
    }
  }
}
