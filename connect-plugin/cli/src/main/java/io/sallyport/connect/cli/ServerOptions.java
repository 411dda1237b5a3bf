package io.sallyport.connect.cli;

import io.sallyport.connect.cli.server.OwnerServer;
import io.sallyport.connect.cli.server.ServerAddress;
import io.sallyport.connect.cli.server.Token;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** Which server, and as whom. The token itself is never an argument: others could read it there. */
final class ServerOptions {

  @Spec(Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--server",
      paramLabel = "sc://HOST:PORT",
      description = "Where the server listens, with TLS (or SALLYPORT_SERVER).")
  private String server;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "A private file with your token (or SALLYPORT_TOKEN_FILE).")
  private Path tokenFile;

  @Option(
      names = "--truststore",
      paramLabel = "FILE",
      description = {
        "A PKCS12 store, password changeit, with the authority of the server's certificate",
        "(or SALLYPORT_TRUSTSTORE), when Java does not know it."
      })
  private Path truststore;

  /** Opens a session; a missing or malformed option is a usage error. */
  OwnerServer connect(Surroundings with) {
    ServerAddress address =
        value(server, "SALLYPORT_SERVER", with)
            .map(this::address)
            .orElseThrow(() -> usage("Which server? Give --server or set SALLYPORT_SERVER."));
    Path file =
        value(tokenFile, "SALLYPORT_TOKEN_FILE", with)
            .map(Path::of)
            .orElseThrow(
                () -> usage("Who are you? Give --token-file or set SALLYPORT_TOKEN_FILE."));
    value(truststore, "SALLYPORT_TRUSTSTORE", with).ifPresent(ServerOptions::trust);
    return with.connector().connect(address, Token.read(file));
  }

  private ServerAddress address(String text) {
    try {
      return ServerAddress.of(text);
    } catch (IllegalArgumentException e) {
      throw usage(e.getMessage());
    }
  }

  /** Where Spark's client looks: it takes no other trust. */
  private static void trust(String store) {
    System.setProperty("javax.net.ssl.trustStore", store);
    System.setProperty("javax.net.ssl.trustStorePassword", "changeit");
  }

  private ParameterException usage(String message) {
    return new ParameterException(command.commandLine(), message);
  }

  private static Optional<String> value(Object option, String variable, Surroundings with) {
    return Optional.ofNullable(option)
        .map(Object::toString)
        .or(() -> Optional.ofNullable(with.environment().get(variable)))
        .filter(text -> !text.isBlank());
  }
}
