package io.sallyport.policy.ledger;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Tells two charges apart that have one name. */
final class ChargeContent {

  private ChargeContent() {}

  static String hash(Charge charge) {
    String content =
        String.join(
            "\n",
            charge.principal(),
            charge.frames().toString(),
            charge.planHash(),
            charge.losses().toString());
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(content.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
