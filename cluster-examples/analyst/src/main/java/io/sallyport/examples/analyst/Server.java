package io.sallyport.examples.analyst;

import io.sallyport.connect.client.RemoteSession;
import io.sallyport.connect.client.Sallyport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.apache.spark.sql.SparkSession;

/**
 * A governed server and the tokens of those who may use it.
 *
 * @param address as the server printed it, with {@code localhost} or {@code 127.0.0.1} as its host
 * @param tokens a folder with one token a person, in a file of the person's name
 */
record Server(String address, Path tokens) {

  /** A session of that person. What a client says of its user is ignored: the token decides. */
  SparkSession connect(String person) throws IOException {
    return connect(person, UUID.randomUUID());
  }

  /** The same, with a session id of the client's choice. */
  SparkSession connect(String person, UUID session) throws IOException {
    String token = Files.readString(tokens.resolve(person)).strip();
    String connection =
        "%s/;use_ssl=true;token=%s;session_id=%s".formatted(address, token, session);
    return SparkSession.builder().remote(connection).create();
  }

  /** A session of Sallyport's own client. */
  RemoteSession remote(String person) throws IOException {
    String token = Files.readString(tokens.resolve(person)).strip();
    return Sallyport.connect(address + "/;use_ssl=true", token);
  }

  /** A session with a token that nobody has. */
  SparkSession connectWithWrongToken() {
    return SparkSession.builder().remote(address + "/;use_ssl=true;token=guessed").create();
  }
}
