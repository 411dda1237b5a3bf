package io.sallyport.connect.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sallyport.policy.audit.ChainBreak;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes records as they stand, one JSON object a line. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description = {
      "Writes the record as JSON lines, each byte for byte as it was written, after it was"
          + " verified.",
      "Nothing is exported from a record that is broken."
    })
final class AuditExport implements Callable<Integer> {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Surroundings with;

  @Parameters(paramLabel = "DIR", description = "The server's store, or its folder audit.")
  private Path directory;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      converter = Moment.class,
      description = "Only from this moment on: 2026-11-22 or 2026-11-22T12:00:00Z.")
  private Instant since;

  @Option(
      names = "--until",
      paramLabel = "TIME",
      converter = Moment.class,
      description = "Only before this moment.")
  private Instant until;

  @Option(
      names = "--principal",
      paramLabel = "NAME",
      description = "Only what this principal asked.")
  private String principal;

  AuditExport(Surroundings with) {
    this.with = with;
  }

  @Override
  public Integer call() throws IOException {
    AuditDirectory audit = AuditDirectory.of(directory);
    Optional<ChainBreak> first = audit.firstBreak(Optional.empty());
    if (first.isPresent()) {
      throw new ProblemException(
          "The record is broken: line " + first.get().line() + " " + first.get().problem());
    }
    try (BufferedReader lines = Files.newBufferedReader(audit.log(), StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        Optional<JsonNode> record = record(line);
        if (record.isPresent() && isWanted(record.get())) {
          with.terminal().out().print(line + "\n");
        }
      }
    }
    with.terminal().out().flush();
    return 0;
  }

  /** Empty for a line that a server is just writing: it was not acknowledged yet. */
  private static Optional<JsonNode> record(String line) {
    try {
      return Optional.of(MAPPER.readTree(line).required("record"));
    } catch (JsonProcessingException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private boolean isWanted(JsonNode record) {
    Instant time = Instant.parse(record.required("time").textValue());
    return (since == null || !time.isBefore(since))
        && (until == null || time.isBefore(until))
        && (principal == null || principal.equals(record.required("principal").textValue()));
  }
}
