package io.sallyport.connect.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Damaged requests: each is another request, byte for byte, or refused in the one way. */
final class DamagedBytesTest {

  private final List<Request> seeds = SomeRequests.all();
  private final List<String> typeUrls = List.copyOf(ProtocolMessages.typeUrls());

  @Test
  void damagedBytes_areARequestOrRefused() {
    assertThat(refused(1, 50_000)).isBetween(10_000, 49_999);
  }

  @Test
  @Tag("campaign")
  void damagedBytes_areARequestOrRefused_manyTimes() {
    assertThat(refused(2, 5_000_000)).isBetween(1_000_000, 4_999_999);
  }

  private int refused(long seed, int rounds) {
    Random random = new Random(seed);
    int refused = 0;
    for (int round = 0; round < rounds; round++) {
      Request request = seeds.get(random.nextInt(seeds.size()));
      byte[] bytes = ProtocolMessages.encode(request);
      for (int damage = random.nextInt(3); damage >= 0; damage--) {
        bytes = damaged(bytes, random);
      }
      String typeUrl =
          random.nextInt(4) == 0
              ? typeUrls.get(random.nextInt(typeUrls.size()))
              : ProtocolMessages.typeUrl(request);
      refused += isRefused(typeUrl, bytes, seed, round) ? 1 : 0;
    }
    return refused;
  }

  private static boolean isRefused(String typeUrl, byte[] bytes, long seed, int round) {
    try {
      Request decoded = ProtocolMessages.decode(typeUrl, bytes);
      assertThat(ProtocolMessages.encode(decoded)).isEqualTo(bytes);
      return false;
    } catch (IllegalArgumentException refused) {
      return true;
    } catch (RuntimeException | Error e) {
      throw new AssertionError("seed " + seed + ", round " + round, e);
    }
  }

  private static byte[] damaged(byte[] bytes, Random random) {
    if (bytes.length == 0) {
      return new byte[] {(byte) random.nextInt()};
    }
    int at = random.nextInt(bytes.length);
    byte[] result = Arrays.copyOf(bytes, bytes.length);
    switch (random.nextInt(4)) {
      case 0 -> result[at] = (byte) random.nextInt();
      case 1 -> result[at] ^= (byte) (1 << random.nextInt(8));
      case 2 -> result = Arrays.copyOf(bytes, at); // the rest lost
      default -> {
        int end = at + 1 + random.nextInt(bytes.length - at);
        byte[] piece = Arrays.copyOfRange(bytes, at, end); // sent twice
        result = Arrays.copyOf(bytes, bytes.length + piece.length);
        System.arraycopy(piece, 0, result, bytes.length, piece.length);
      }
    }
    return result;
  }
}
