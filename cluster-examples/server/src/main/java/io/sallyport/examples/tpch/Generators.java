package io.sallyport.examples.tpch;

import io.trino.tpch.CustomerGenerator;
import io.trino.tpch.Distributions;
import io.trino.tpch.LineItemGenerator;
import io.trino.tpch.NationGenerator;
import io.trino.tpch.OrderGenerator;
import io.trino.tpch.PartGenerator;
import io.trino.tpch.PartSupplierGenerator;
import io.trino.tpch.RegionGenerator;
import io.trino.tpch.SupplierGenerator;
import io.trino.tpch.TextPool;
import io.trino.tpch.TpchEntity;

/**
 * The generators of TPC-H's tables. Comments are cut out of a shorter text than the specification's
 * 300 MB; all else is the same.
 */
final class Generators {

  private static final int TEXT_BYTES = 4 << 20;

  private static final Distributions DISTRIBUTIONS = Distributions.getDefaultDistributions();
  private static final TextPool TEXT = new TextPool(TEXT_BYTES, DISTRIBUTIONS);

  private Generators() {}

  /** The rows of one of several parts of a table; the two smallest tables are one part. */
  static Iterable<? extends TpchEntity> of(String table, double scale, int part, int parts) {
    return switch (table) {
      case "customer" -> new CustomerGenerator(scale, part, parts, DISTRIBUTIONS, TEXT);
      case "orders" -> new OrderGenerator(scale, part, parts, DISTRIBUTIONS, TEXT);
      case "lineitem" -> new LineItemGenerator(scale, part, parts, DISTRIBUTIONS, TEXT);
      case "part" -> new PartGenerator(scale, part, parts, DISTRIBUTIONS, TEXT);
      case "partsupp" -> new PartSupplierGenerator(scale, part, parts, TEXT);
      case "supplier" -> new SupplierGenerator(scale, part, parts, DISTRIBUTIONS, TEXT);
      case "nation" -> new NationGenerator(DISTRIBUTIONS, TEXT);
      case "region" -> new RegionGenerator(DISTRIBUTIONS, TEXT);
      default -> throw new IllegalArgumentException("TPC-H has no table " + table);
    };
  }
}
