package io.sallyport.examples.tpch;

import io.sallyport.examples.benchmark.Took;
import java.math.BigDecimal;
import java.math.MathContext;

/**
 * What noise costs one query.
 *
 * @param plain plain Spark
 * @param noisy the same question, answered with noise
 * @param errors how far off
 */
record Measurement(TpchQuery query, Took plain, Took noisy, Errors errors) {

  static final String HEADER =
      "| query | plain s | noise s | ratio | ratio of CPU time | groups | dropped | median error |\n"
          + "|---|---|---|---|---|---|---|---|";

  double ratio() {
    return noisy.seconds() / plain.seconds();
  }

  String row() {
    return "| %s | %.2f | %.2f | %.2f | %.2f | %d | %s | %s |"
        .formatted(
            query,
            plain.seconds(),
            noisy.seconds(),
            ratio(),
            noisy.cpuSeconds() / plain.cpuSeconds(),
            errors.groups(),
            percent(errors.dropped()),
            percent(errors.median()));
  }

  private static String percent(double part) {
    return Double.isFinite(part)
        ? new BigDecimal(100 * part).round(new MathContext(2)).toPlainString() + " %"
        : "";
  }
}
