package io.sallyport.connect.cli;

import io.sallyport.connect.cli.render.Terminal;
import io.sallyport.connect.cli.server.ConnectServer;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;

/** The program {@code sallyport}. */
public final class Main {

  private Main() {}

  /** Runs one command and ends the JVM with its exit code: 0 done, 1 refused or wrong, 2 usage. */
  @SuppressWarnings("SystemOut") // a program for a terminal
  public static void main(String[] arguments) {
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    Terminal terminal = Terminal.of(out, err, System.getenv());
    Surroundings surroundings =
        new Surroundings(terminal, System.getenv(), Clock.systemUTC(), ConnectServer::connect);
    System.exit(Commands.run(surroundings, arguments));
  }
}
