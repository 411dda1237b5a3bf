package io.sallyport.policy.ledger;

import static java.util.Objects.requireNonNull;

import io.sallyport.policy.frame.FrameName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An answer that left, as whoever decides on the next one remembers it. Holds no row.
 *
 * @param at when, the last time
 * @param principal who got it
 * @param words what was asked, in plain words, filters and keys among them
 * @param frames the governed frames it was about
 * @param rows how many rows left
 * @param request the approved request that let it out, when one did
 * @param cost what it was charged, in words, when it was answered with noise
 * @param times how often it left
 */
public record GivenAnswer(
    Instant at,
    String principal,
    String words,
    List<FrameName> frames,
    long rows,
    Optional<String> request,
    Optional<String> cost,
    long times) {
  public GivenAnswer {
    requireNonNull(at, "at");
    requireNonNull(principal, "principal");
    requireNonNull(words, "words");
    frames = List.copyOf(frames);
    requireNonNull(request, "request");
    requireNonNull(cost, "cost");
  }
}
