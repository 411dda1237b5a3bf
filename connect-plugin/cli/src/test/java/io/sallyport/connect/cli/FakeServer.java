package io.sallyport.connect.cli;

import io.sallyport.connect.cli.server.Answer;
import io.sallyport.connect.cli.server.OwnerServer;
import io.sallyport.connect.cli.server.ServerException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A server that keeps what it was asked and answers from a table of beginnings of SQL. */
final class FakeServer implements OwnerServer {
  final List<String> asked = new ArrayList<>();
  private final Map<String, Answer> answers = new LinkedHashMap<>();
  boolean isClosed;

  FakeServer answering(String beginning, Answer answer) {
    answers.put(beginning, answer);
    return this;
  }

  @Override
  public Answer sql(String text) {
    asked.add(text);
    return answers.entrySet().stream()
        .filter(entry -> text.startsWith(entry.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElseThrow(
            () -> new ServerException("[SALLYPORT.COMMAND_NOT_ALLOWED] \u001b[2Jno\nsecond line"));
  }

  @Override
  public void close() {
    isClosed = true;
  }
}
