package io.sallyport.connect.server.proto;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.spark.RefusedException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.spark.connect.proto.AnalyzePlanRequest;
import org.apache.spark.connect.proto.ExecutePlanRequest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.sparkproject.connect.protobuf.CodedInputStream;
import org.sparkproject.connect.protobuf.InvalidProtocolBufferException;
import org.sparkproject.connect.protobuf.Message;

/**
 * Real requests with damage done to their bytes: every one that still parses is admitted or
 * refused, and nothing else is ever thrown.
 */
final class MutationFuzzTest {

  private static final int MARSHALLER_RECURSION_LIMIT = 1_024;

  private final List<Message> seeds =
      StockRequests.all().stream()
          .filter(sent -> sent instanceof ExecutePlanRequest || sent instanceof AnalyzePlanRequest)
          .toList();

  @Test
  void damagedRequest_isAdmittedOrRefused() {
    assertThat(parsed(1, 3_000)).isGreaterThan(100);
  }

  @Test
  @Tag("campaign")
  void damagedRequest_isAdmittedOrRefused_manyTimes() {
    assertThat(parsed(2, 200_000)).isGreaterThan(10_000);
  }

  /** How many of the damaged requests were still requests. */
  private int parsed(long seed, int rounds) {
    Random random = new Random(seed);
    int parsed = 0;
    for (int round = 0; round < rounds; round++) {
      Message request = seeds.get(random.nextInt(seeds.size()));
      byte[] bytes = request.toByteArray();
      for (int damage = random.nextInt(3); damage >= 0 && bytes.length > 0; damage--) {
        bytes = damaged(bytes, random);
      }
      parsed += outcome(request, bytes, seed, round) ? 1 : 0;
    }
    return parsed;
  }

  private static boolean outcome(Message request, byte[] bytes, long seed, int round) {
    Message damaged;
    try {
      CodedInputStream input = CodedInputStream.newInstance(bytes);
      input.setRecursionLimit(MARSHALLER_RECURSION_LIMIT);
      damaged = request.getParserForType().parseFrom(input);
    } catch (InvalidProtocolBufferException e) {
      return false;
    }
    try {
      new Admissions().admit(damaged);
    } catch (RefusedException refused) {
      assertThat(refused.refusal().text()).startsWith("[SALLYPORT.");
    } catch (RuntimeException | Error e) {
      throw new AssertionError("seed " + seed + ", round " + round, e);
    }
    return true;
  }

  private static byte[] damaged(byte[] bytes, Random random) {
    int at = random.nextInt(bytes.length);
    int length = 1 + random.nextInt(Math.min(32, bytes.length - at));
    return switch (random.nextInt(6)) {
      case 0 -> Arrays.copyOf(bytes, Math.max(1, at)); // truncated
      case 1 -> replaced(bytes, at, length, new byte[0]); // a piece lost
      case 2 -> replaced(bytes, at, 0, Arrays.copyOfRange(bytes, at, at + length)); // sent twice
      case 3 ->
          replaced(bytes, at, 1, new byte[] {(byte) random.nextInt()}); // another tag or value
      case 4 -> replaced(bytes, at, 1, new byte[] {-1, -1, -1, -1, -1, -1, -1, -1, -1, 1}); // huge
      default -> replaced(bytes, at, 1, new byte[] {(byte) (bytes[at] ^ 1 << random.nextInt(8))});
    };
  }

  private static byte[] replaced(byte[] bytes, int at, int length, byte[] by) {
    byte[] result = new byte[bytes.length - length + by.length];
    System.arraycopy(bytes, 0, result, 0, at);
    System.arraycopy(by, 0, result, at, by.length);
    System.arraycopy(bytes, at + length, result, at + by.length, bytes.length - at - length);
    return result;
  }
}
