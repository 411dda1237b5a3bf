package io.sallyport.spark.record;

import java.util.Optional;

/**
 * What is about to leave, as the audit keeps it.
 *
 * @param resultHash names the exact result
 * @param rows how many rows of governed origin
 * @param request the approved request that lets it out, when one does
 * @param decision who approved it
 */
public record Shown(
    String resultHash, long rows, Optional<String> request, Optional<String> decision) {}
