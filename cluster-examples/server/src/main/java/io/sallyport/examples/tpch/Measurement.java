package io.sallyport.examples.tpch;

import io.sallyport.examples.benchmark.Took;

/**
 * What noise costs one query.
 *
 * @param plain plain Spark
 * @param noisy the same question, answered with noise
 * @param errors how far off
 */
record Measurement(TpchQuery query, Took plain, Took noisy, Errors errors) {

  static final String HEADER =
      "| query | plain s | noise s | ratio | ratio of CPU time | groups shown | median error |\n"
          + "|---|---|---|---|---|---|---|";

  double ratio() {
    return noisy.seconds() / plain.seconds();
  }

  String row() {
    return "| %d %s | %.2f | %.2f | %.2f | %.2f | %d of %d | %s |"
        .formatted(
            query.number(),
            query.title(),
            plain.seconds(),
            noisy.seconds(),
            ratio(),
            noisy.cpuSeconds() / plain.cpuSeconds(),
            errors.shown(),
            errors.groups(),
            Double.isNaN(errors.median()) ? "" : "%.2g %%".formatted(100 * errors.median()));
  }
}
