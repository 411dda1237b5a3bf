package io.sallyport.dp.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EntropyTest {
  private static final String MESSAGE =
      "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51"
          + "30c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710";

  /** NIST SP 800-38B, appendix D.3. */
  @ParameterizedTest
  @CsvSource({
    "0, 028962f61b7bf89efc6b551f4667d983",
    "16, 28a7023f452e8f82bd4bf28d8c37c35c",
    "40, aaf3d8f1de5640c232f5b169b9c911e6",
    "64, e1992190549f6ed5696a2c056c315410",
  })
  void cmac_ofThePublishedVectors_agrees(int length, String tag) {
    HexFormat hex = HexFormat.of();
    byte[] key = hex.parseHex("603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4");
    byte[] message = hex.parseHex(MESSAGE.substring(0, 2 * length));
    assertThat(hex.formatHex(new AesCmac(key).tag(message))).isEqualTo(tag);
  }

  /** NIST SP 800-38A, appendix F.1.6: decryption of single blocks with AES-256. */
  @Test
  void counterBlocks_ofThePublishedVectors_agree_afterAnyOtherBlocks() {
    HexFormat hex = HexFormat.of();
    byte[] key = hex.parseHex("603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4");
    CounterBlocks blocks = new CounterBlocks(key, 4);
    long[] words = new long[8];
    blocks.seek(0xf3eed1bdb5d2a03cL, 0x064b5a7e3db181f8L);
    blocks.next(words, 2);
    assertThat(words).startsWith(0x6bc1bee22e409f96L, 0xe93d7e117393172aL);
    blocks.seek(0x591ccb10d410ed26L, 0xdc5ba74a31362870L);
    blocks.next(words, 4);
    assertThat(words).startsWith(0xae2d8a571e03ac9cL, 0x9eb76fac45af8e51L);
  }

  @Test
  void freshSources_neverShareTheirFirstWords() {
    Set<Long> seen = new HashSet<>();
    for (int i = 0; i < 50; i++) {
      try (EntropySource entropy = EntropySource.fresh()) {
        for (int j = 0; j < 16; j++) {
          assertThat(seen.add(entropy.nextLong())).isTrue();
        }
      }
    }
  }

  @Test
  void keyedSource_sameSecretAndKey_givesTheSameNoiseInAnyOrderAndAttempt() throws Exception {
    ReleaseSecret secret = ReleaseSecret.draw();
    DiscreteLaplace noise = DiscreteLaplace.ofInteger(1000);
    KeyedEntropy first = secret.entropy();
    first.seek(key("a"));
    long a = noise.sample(first);
    first.seek(key("b"));
    long b = noise.sample(first);
    KeyedEntropy retry = sent(secret).entropy();
    retry.seek(key("b"));
    assertThat(noise.sample(retry)).isEqualTo(b);
    retry.seek(key("a"));
    assertThat(noise.sample(retry)).isEqualTo(a);
  }

  @Test
  void keyedSource_otherKeyOrSecret_givesOtherWords() {
    KeyedEntropy one = ReleaseSecret.draw().entropy();
    KeyedEntropy two = ReleaseSecret.draw().entropy();
    one.seek(key("a"));
    long word = one.nextLong();
    one.seek(key("b"));
    assertThat(one.nextLong()).isNotEqualTo(word);
    two.seek(key("a"));
    assertThat(two.nextLong()).isNotEqualTo(word);
  }

  @Test
  void keyedSource_longStreams_doNotRepeat() {
    KeyedEntropy entropy = ReleaseSecret.draw().entropy();
    entropy.seek(key("long"));
    Set<Long> seen = new HashSet<>();
    for (int i = 0; i < 100_000; i++) {
      assertThat(seen.add(entropy.nextLong())).isTrue();
    }
  }

  @Test
  void keyedSource_beforeSeek_refuses() {
    KeyedEntropy entropy = ReleaseSecret.draw().entropy();
    assertThatThrownBy(entropy::nextLong).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void secret_inWords_isHidden() {
    assertThat(ReleaseSecret.draw().toString()).isEqualTo("ReleaseSecret[hidden]");
  }

  @Test
  void nextBelow_isUniform() {
    EntropySource entropy = new SeededEntropy(11);
    for (long bound : new long[] {1, 2, 3, 10, 1000}) {
      assertThat(
              ChiSquare.fits(
                  () -> entropy.nextBelow(bound),
                  x -> x >= 0 && x < bound ? 1.0 / bound : 1e-300,
                  bound,
                  100_000))
          .isTrue();
    }
    assertThat(
            ChiSquare.fits(
                () -> Math.min(entropy.nextBelow(10), 8), x -> x >= 0 ? 0.1 : 0, 9, 100_000))
        .isFalse();
  }

  /** 2^64 is 1 more than a multiple of 3, so the word zero, and only it, must be redrawn. */
  @Test
  void nextBelow_biasedWord_isRedrawn() {
    ScriptedEntropy entropy = new ScriptedEntropy(0, 1L << 63);
    assertThat(entropy.nextBelow(3)).isEqualTo(1);
    assertThat(entropy.drawn()).isEqualTo(2);
  }

  /** A word equal to the first 64 digits of 1/e is settled by the next digits. */
  @Test
  void expGeometric_equalDigits_areSettledByTheNext() {
    long digits = ExpDigits.floor(1, 64).longValue();
    long next = ExpDigits.floor(1, 128).longValue();
    assertThat(ExpGeometric.oneOverE(new ScriptedEntropy(digits - 1))).isTrue();
    assertThat(ExpGeometric.oneOverE(new ScriptedEntropy(digits + 1))).isFalse();
    assertThat(ExpGeometric.oneOverE(new ScriptedEntropy(digits, next - 1))).isTrue();
    assertThat(ExpGeometric.oneOverE(new ScriptedEntropy(digits, next + 1))).isFalse();
  }

  @Test
  void expDigits_agreeWithDoublesAndWithEachOther() {
    for (int k = 1; k < 30; k++) {
      double value = ExpDigits.floor(k, 200).doubleValue() * 0x1p-200;
      assertThat(value).isCloseTo(Math.exp(-k), offset(1e-15));
      assertThat(ExpDigits.floor(k, 200).shiftRight(136)).isEqualTo(ExpDigits.floor(k, 64));
    }
    assertThat(ExpDigits.floor(1, 64)).isEqualTo(new BigInteger("6786177901268885274"));
  }

  private static byte[] key(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static ReleaseSecret sent(ReleaseSecret secret)
      throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(secret);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return (ReleaseSecret) in.readObject();
    }
  }
}
