package io.sallyport.spark.artifact;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * How one artifact's file is sealed: a header, then segments under AES-256-GCM.
 *
 * <p>The key belongs to this file alone: it is derived from the store's key, from random salt in
 * the header and from the artifact's id. Header and id are associated data of every segment. A
 * segment's nonce is its number and whether it is the last, so segments that are moved, left out,
 * repeated or cut off at the end do not open ([HRRV15] Hoang, Reyhanitabar, Rogaway, Vizar, Online
 * Authenticated-Encryption and its Nonce-Reuse Misuse-Resistance, the construction STREAM).
 */
final class Envelope {

  /** Bytes of plain text in a segment; only the last may have fewer. */
  static final int SEGMENT = 1 << 16;

  static final int TAG = 16;
  static final int SALT = 32;
  private static final byte[] MAGIC = "SALLYPORT-ARTIFACT-1\n".getBytes(StandardCharsets.US_ASCII);

  /** Bytes of the header. */
  static final int HEADER = MAGIC.length + SALT;

  private final SecretKeySpec key;
  private final byte[] header;
  private final byte[] associated;
  private long segments;

  private Envelope(ArtifactKey key, String artifactId, byte[] salt) {
    this.key = new SecretKeySpec(key.derive(salt, "sallyport artifact 1 " + artifactId), "AES");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(MAGIC);
    bytes.writeBytes(salt);
    header = bytes.toByteArray();
    bytes.writeBytes(artifactId.getBytes(StandardCharsets.UTF_8));
    associated = bytes.toByteArray();
  }

  /** For a file that is to be written; the salt must be fresh randomness. */
  static Envelope sealing(ArtifactKey key, String artifactId, byte[] salt) {
    if (salt.length != SALT) {
      throw new IllegalArgumentException("A salt has " + SALT + " bytes");
    }
    return new Envelope(key, artifactId, salt);
  }

  /**
   * For a file that starts with this header.
   *
   * @throws CorruptArtifactException when it is no header of an artifact
   */
  static Envelope opening(ArtifactKey key, String artifactId, byte[] header) {
    if (header.length != HEADER
        || !Arrays.equals(header, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
      throw new CorruptArtifactException(artifactId, "does not start as an artifact does");
    }
    return new Envelope(key, artifactId, Arrays.copyOfRange(header, MAGIC.length, HEADER));
  }

  byte[] header() {
    return header.clone();
  }

  /** The next segment's bytes in the file. */
  byte[] seal(byte[] plain, int length, boolean last) {
    try {
      return cipher(Cipher.ENCRYPT_MODE, last).doFinal(plain, 0, length);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM is part of every Java platform", e);
    }
  }

  /**
   * The next segment's plain text.
   *
   * @throws AEADBadTagException when it is not, bit for bit, the segment that belongs here
   */
  byte[] open(byte[] sealed, int length, boolean last) throws AEADBadTagException {
    if (length < TAG) {
      throw new AEADBadTagException("A segment is shorter than its tag");
    }
    try {
      return cipher(Cipher.DECRYPT_MODE, last).doFinal(sealed, 0, length);
    } catch (AEADBadTagException e) {
      throw e;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM is part of every Java platform", e);
    }
  }

  private Cipher cipher(int mode, boolean last) throws GeneralSecurityException {
    byte[] nonce = ByteBuffer.allocate(12).putLong(segments).putInt(last ? 1 : 0).array();
    segments = Math.incrementExact(segments);
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(8 * TAG, nonce));
    cipher.updateAAD(associated);
    return cipher;
  }
}
