package io.sallyport.connect.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.connect.protocol.ProtocolMessages;
import io.sallyport.connect.protocol.Request;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import org.apache.spark.sql.Row;

/** Answers requests in the order that a test wrote down, and remembers them. */
final class FakeServer implements Requests {

  private final Deque<Supplier<List<Row>>> answers = new ArrayDeque<>();
  private final List<Request> asked = new ArrayList<>();

  FakeServer answers(List<Row> rows) {
    answers.add(() -> rows);
    return this;
  }

  FakeServer refuses(Refused refusal) {
    answers.add(
        () -> {
          throw refusal;
        });
    return this;
  }

  @Override
  public List<Row> ask(Request request) {
    // What a real server would be sent.
    assertThat(
            ProtocolMessages.decode(
                ProtocolMessages.typeUrl(request), ProtocolMessages.encode(request)))
        .isEqualTo(request);
    asked.add(request);
    assertThat(answers).as("answers left for %s", request).isNotEmpty();
    return answers.remove().get();
  }

  List<Request> asked() {
    assertThat(answers).as("answers that nobody wanted").isEmpty();
    return asked;
  }

  List<String> kinds() {
    return asked().stream().map(request -> request.getClass().getSimpleName()).toList();
  }
}
