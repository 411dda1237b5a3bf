package io.sallyport.examples.tpch;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The owner's terms: customers are the people of {@code customer}, {@code orders} and {@code
 * lineitem}; all else is public. Bounds and values are those of the specification, not of the data.
 */
final class TpchPolicy {

  private static final String SPACE = "customer";

  /** Before the names of the frames that are answered exactly. */
  static final String EXACT = "exact.";

  private final Map<String, String> settings = new HashMap<>();

  private TpchPolicy() {}

  static Map<String, String> over(TpchTables tables) {
    TpchPolicy policy = new TpchPolicy();
    policy.noisyFrame(tables.folder("customer"), "customer", "c_custkey");
    policy.bounds("customer", "c_acctbal", -1000, 10_000);
    policy.values("customer", "c_mktsegment", "AUTOMOBILE,BUILDING,FURNITURE,HOUSEHOLD,MACHINERY");
    policy.settings.put("spark.sallyport.frame.customer.unique-unit", "true");
    policy.noisyFrame(tables.folder("orders"), "orders", "o_custkey");
    policy.bounds("orders", "o_totalprice", 0, 600_000);
    policy.values("orders", "o_orderstatus", "F,O,P");
    policy.values("orders", "o_orderpriority", "1-URGENT,2-HIGH,3-MEDIUM,4-NOT SPECIFIED,5-LOW");
    policy.noisyFrame(tables.folder("lineitem"), "lineitem", "l_custkey");
    policy.bounds("lineitem", "l_quantity", 0, 50);
    policy.bounds("lineitem", "l_extendedprice", 0, 105_000);
    policy.bounds("lineitem", "l_discount", 0, 0.1);
    policy.bounds("lineitem", "l_tax", 0, 0.08);
    policy.values("lineitem", "l_returnflag", "A,N,R");
    policy.values("lineitem", "l_linestatus", "F,O");
    policy.values("lineitem", "l_shipmode", "AIR,FOB,MAIL,RAIL,REG AIR,SHIP,TRUCK");
    policy.exactFrame(tables.folder("customer"), "customer", "c_custkey");
    policy.settings.put("spark.sallyport.frame.exact.customer.unique-unit", "true");
    policy.exactFrame(tables.folder("orders"), "orders", "o_custkey");
    policy.settings.put("spark.sallyport.frame.exact.orders.unique", "o_orderkey");
    policy.exactFrame(tables.folder("lineitem"), "lineitem", "l_custkey");
    policy.settings.put("spark.sallyport.public", "part,partsupp,supplier,nation,region");
    policy.settings.put("spark.sallyport.budget." + SPACE + ".epsilon", "100000");
    policy.settings.put("spark.sallyport.budget." + SPACE + ".delta", "0.01");
    return policy.settings;
  }

  private void noisyFrame(Path folder, String name, String unit) {
    frame(folder, name, unit, "dp(epsilon = 1, delta = 1e-8, groups = 5, rows = 30)");
  }

  private void frame(Path folder, String name, String unit, String automatic) {
    put(name, "path", folder.toString());
    put(name, "format", "parquet");
    put(name, "privacy-unit", unit);
    put(name, "unit-space", SPACE);
    put(name, "automatic", automatic);
    put(name, "approval", "false");
  }

  /** The same rows once more, under a rule for exact answers. */
  private void exactFrame(Path folder, String name, String unit) {
    String exact = EXACT + name;
    frame(folder, exact, unit, "aggregation(10, functions = [count, sum, avg, product])");
    put(exact, "on-small-group", "suppress");
  }

  private void bounds(String frame, String column, double lower, double upper) {
    put(frame, "column." + column + ".lower", Double.toString(lower));
    put(frame, "column." + column + ".upper", Double.toString(upper));
  }

  private void values(String frame, String column, String values) {
    put(frame, "column." + column + ".values", values);
  }

  private void put(String frame, String key, String value) {
    settings.put("spark.sallyport.frame." + frame + "." + key, value);
  }
}
