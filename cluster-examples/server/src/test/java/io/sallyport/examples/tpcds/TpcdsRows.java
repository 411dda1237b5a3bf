package io.sallyport.examples.tpcds;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Date;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.format.TextStyle;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Rows of TPC-DS's tables, the same at every run: 300 customers, five years, keys that match, and
 * some NULLs, but none for a customer: rows of nobody are left out of governed tables. A column
 * mostly has the constants with which the queries compare it, so that few rows are enough for
 * answers that are not empty.
 */
final class TpcdsRows {

  private static final int SEED = 20_261_130;
  private static final int CUSTOMERS = 300;
  private static final int ITEMS = 48;
  private static final LocalDate FIRST = LocalDate.of(1998, 1, 1);
  private static final LocalDate LAST = LocalDate.of(2002, 12, 31);
  private static final int DAYS = (int) ChronoUnit.DAYS.between(FIRST, LAST) + 1;

  /** The number of 1970-01-01 among TPC-DS's days. */
  private static final int EPOCH = 2_440_588;

  private static final int MINUTES = 24 * 60;

  /** Of a hundred values that may be NULL. */
  private static final int NULLS = 2;

  private static final int RETURNED = 15;
  private static final List<String> ZIPS =
      List.of("24128", "76232", "65084", "85669", "86197", "88274", "83405", "10144");

  /** How many rows the small tables have. */
  private static final Map<String, Integer> SIZES =
      Map.ofEntries(
          Map.entry("call_center", 4),
          Map.entry("catalog_page", 30),
          Map.entry("customer", CUSTOMERS),
          Map.entry("customer_address", 200),
          Map.entry("customer_demographics", 120),
          Map.entry("household_demographics", 60),
          Map.entry("income_band", 10),
          Map.entry("item", ITEMS),
          Map.entry("promotion", 20),
          Map.entry("reason", 5),
          Map.entry("ship_mode", 6),
          Map.entry("store", 8),
          Map.entry("warehouse", 4),
          Map.entry("web_page", 12),
          Map.entry("web_site", 4));

  /** The table of a key, by how its name ends. */
  private static final Map<String, String> KEYS =
      Map.ofEntries(
          Map.entry("call_center_sk", "call_center"),
          Map.entry("catalog_page_sk", "catalog_page"),
          Map.entry("customer_sk", "customer"),
          Map.entry("addr_sk", "customer_address"),
          Map.entry("cdemo_sk", "customer_demographics"),
          Map.entry("hdemo_sk", "household_demographics"),
          Map.entry("income_band_sk", "income_band"),
          Map.entry("item_sk", "item"),
          Map.entry("promo_sk", "promotion"),
          Map.entry("reason_sk", "reason"),
          Map.entry("ship_mode_sk", "ship_mode"),
          Map.entry("store_sk", "store"),
          Map.entry("warehouse_sk", "warehouse"),
          Map.entry("web_page_sk", "web_page"),
          Map.entry("web_site_sk", "web_site"));

  private static final Pattern COMPARED =
      Pattern.compile(
          "(\\w+)\\s*(?:=|IN|<>)\\s*(\\([^()]*\\)|'[^']*'|\\d+)", Pattern.CASE_INSENSITIVE);
  private static final Pattern CONSTANT = Pattern.compile("'([^']*)'|(?<![\\w.])(\\d+)(?![\\w.])");

  private final Random random = new Random(SEED);
  private final Map<String, StructType> tables;
  private final Map<String, List<Object>> constants = new HashMap<>();
  private final Map<String, List<Row>> rows = new TreeMap<>();

  TpcdsRows(TpcdsSource source) {
    this.tables = source.tables();
    collect(source.texts().values());
  }

  private void collect(Iterable<String> texts) {
    Map<String, TreeSet<String>> words = new HashMap<>();
    Map<String, TreeSet<Integer>> numbers = new HashMap<>();
    for (String text : texts) {
      Matcher compared = COMPARED.matcher(text);
      while (compared.find()) {
        String column = compared.group(1).toLowerCase(Locale.ROOT);
        Matcher constant = CONSTANT.matcher(compared.group(2));
        while (constant.find()) {
          if (constant.group(1) != null) {
            words.computeIfAbsent(column, c -> new TreeSet<>()).add(constant.group(1));
          } else {
            numbers
                .computeIfAbsent(column, c -> new TreeSet<>())
                .add(Integer.valueOf(constant.group(2)));
          }
        }
      }
    }
    for (StructType columns : tables.values()) {
      for (StructField column : columns.fields()) {
        String name = column.name();
        if (column.dataType().equals(DataTypes.StringType) && words.containsKey(name)) {
          constants.put(name, withOthers(name, words.get(name)));
        } else if (column.dataType().equals(DataTypes.IntegerType) && numbers.containsKey(name)) {
          constants.put(name, new ArrayList<>(numbers.get(name)));
        }
      }
    }
    constants.put("ca_zip", new ArrayList<>(ZIPS));
    constants.put("s_zip", new ArrayList<>(ZIPS));
  }

  private static List<Object> withOthers(String column, Set<String> found) {
    List<Object> values = new ArrayList<>(found);
    if (values.size() == 1) {
      values.add(values.contains("Y") ? "N" : values.contains("N") ? "Y" : column + " 1");
    }
    return values;
  }

  /** The rows of each table. */
  Map<String, List<Row>> all() {
    tables.keySet().forEach(name -> rows.put(name, new ArrayList<>()));
    dates();
    for (int minute = 0; minute < MINUTES; minute++) {
      add("time_dim", time(minute));
    }
    SIZES.keySet().stream().sorted().forEach(this::small);
    inventory();
    sales("store", "ss", "sr", "ticket_number", 2500);
    sales("catalog", "cs", "cr", "order_number", 1800);
    sales("web", "ws", "wr", "order_number", 1400);
    return rows;
  }

  private void dates() {
    for (LocalDate day = FIRST; !day.isAfter(LAST); day = day.plusDays(1)) {
      int months = (day.getYear() - 1900) * 12 + day.getMonthValue() - 1;
      int quarter = day.get(IsoFields.QUARTER_OF_YEAR);
      Map<String, Object> date = new HashMap<>();
      date.put("d_date_sk", number(day));
      date.put("d_date_id", "day " + day);
      date.put("d_date", Date.valueOf(day));
      date.put("d_month_seq", months);
      date.put("d_week_seq", (int) (day.toEpochDay() + 25_567) / 7 + 1);
      date.put("d_quarter_seq", months / 3);
      date.put("d_year", day.getYear());
      date.put("d_dow", day.getDayOfWeek().getValue() % 7);
      date.put("d_moy", day.getMonthValue());
      date.put("d_dom", day.getDayOfMonth());
      date.put("d_qoy", quarter);
      date.put("d_fy_year", day.getYear());
      date.put("d_day_name", day.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ROOT));
      date.put("d_quarter_name", day.getYear() + "Q" + quarter);
      date.put("d_weekend", day.getDayOfWeek().compareTo(DayOfWeek.SATURDAY) < 0 ? "N" : "Y");
      date.put("d_first_dom", number(day.withDayOfMonth(1)));
      date.put("d_last_dom", number(day.with(TemporalAdjusters.lastDayOfMonth())));
      add("date_dim", date);
    }
  }

  private static int number(LocalDate day) {
    return (int) day.toEpochDay() + EPOCH;
  }

  private Map<String, Object> time(int minute) {
    Map<String, Object> time = new HashMap<>();
    time.put("t_time_sk", minute);
    time.put("t_time", minute * 60);
    time.put("t_hour", minute / 60);
    time.put("t_minute", minute % 60);
    time.put("t_second", 0);
    return time;
  }

  private void small(String table) {
    for (int key = 1; key <= SIZES.get(table); key++) {
      Map<String, Object> row = new HashMap<>();
      row.put(tables.get(table).fields()[0].name(), key);
      switch (table) {
        case "customer" -> {
          row.put("c_customer_id", "customer " + key);
          row.put("c_birth_year", 1930 + below(60));
          row.put("c_first_name", "first " + below(40));
          row.put("c_last_name", "last " + below(60));
        }
        case "customer_demographics" -> row.put("cd_purchase_estimate", 500 * (1 + below(6)));
        case "income_band" -> {
          row.put("ib_lower_bound", 38_128 + 10_000 * (key - 1));
          row.put("ib_upper_bound", 38_128 + 10_000 * key - 1);
        }
        case "item" -> {
          // Two versions of each.
          row.put("i_item_id", "item " + (key + 1) / 2);
          row.put("i_product_name", "product " + key);
          row.put("i_current_price", cents(50 + below(9950)));
          row.put("i_wholesale_cost", cents(50 + below(8000)));
          identified(row, "i_brand");
          identified(row, "i_class");
          identified(row, "i_category");
        }
        case "promotion" -> row.put("p_cost", new BigDecimal("1000.00"));
        case "store" -> {
          row.put("s_store_id", "store " + (key + 1) / 2);
          row.put("s_number_employees", 200 + below(100));
          row.put("s_gmt_offset", offset());
        }
        case "customer_address" -> row.put("ca_gmt_offset", offset());
        case "call_center" -> row.put("cc_gmt_offset", offset());
        case "warehouse" -> row.put("w_warehouse_sq_ft", 100_000 + key);
        case "web_page" -> row.put("wp_char_count", 4900 + below(400));
        default -> {
          // Any values will do.
        }
      }
      add(table, row);
    }
  }

  private void identified(Map<String, Object> row, String column) {
    List<Object> values = constants.get(column);
    int which = often(values.size());
    row.put(column, values.get(which));
    row.put(column + "_id", which + 1);
  }

  private BigDecimal offset() {
    return new BigDecimal(below(4) == 0 ? "-6.00" : "-5.00");
  }

  /** Some items of each warehouse, counted each week. */
  private void inventory() {
    for (int day = 0; day < DAYS; day += 7) {
      for (int warehouse = 1; warehouse <= SIZES.get("warehouse"); warehouse++) {
        for (int item = 1; item <= ITEMS; item++) {
          if (below(100) < 20) {
            Map<String, Object> row = new HashMap<>();
            row.put("inv_date_sk", number(FIRST.plusDays(day)));
            row.put("inv_warehouse_sk", warehouse);
            row.put("inv_item_sk", item);
            row.put("inv_quantity_on_hand", below(800));
            add("inventory", row);
          }
        }
      }
    }
  }

  private void sales(String channel, String sold, String returned, String order, int orders) {
    for (int number = 1; number <= orders; number++) {
      LocalDate day = sold();
      int customer = 1 + below(CUSTOMERS);
      Map<String, Object> head = new HashMap<>();
      head.put(sold + "_" + order, number);
      head.put(sold + "_sold_date_sk", number(day));
      head.put(sold + "_ship_date_sk", number(later(day, 130)));
      for (String who : List.of("_", "_bill_", "_ship_")) {
        head.put(sold + who + "customer_sk", customer);
      }
      for (StructField column : tables.get(channel + "_sales").fields()) {
        head.computeIfAbsent(column.name(), name -> orNull(value(column)));
      }
      TreeSet<Integer> items = new TreeSet<>();
      for (int line = below(8); line >= 0; line--) {
        items.add(1 + below(ITEMS));
      }
      for (int item : items) {
        Map<String, Object> row = new HashMap<>(head);
        row.put(sold + "_item_sk", item);
        int quantity = 1 + below(100);
        BigDecimal price = measures(row, sold, quantity);
        add(channel + "_sales", row);
        if (below(100) < RETURNED) {
          Map<String, Object> back = new HashMap<>();
          back.put(returned + "_item_sk", item);
          back.put(returned + "_" + order, number);
          back.put(returned + "_returned_date_sk", number(later(day, 60)));
          for (String who : List.of("_", "_refunded_", "_returning_")) {
            back.put(returned + who + "customer_sk", customer);
          }
          returned(back, returned, 1 + below(quantity), price);
          add(channel + "_returns", back);
        }
      }
    }
  }

  private BigDecimal measures(Map<String, Object> row, String prefix, int quantity) {
    BigDecimal cost = cents(100 + below(9900));
    BigDecimal list = part(cost, 100 + below(100));
    BigDecimal price = part(list, below(101));
    BigDecimal many = BigDecimal.valueOf(quantity);
    BigDecimal paid = price.multiply(many);
    BigDecimal tax = part(paid, 5);
    BigDecimal coupon = part(paid, below(5) == 0 ? below(100) : 0);
    BigDecimal ship = part(list.multiply(many), 10);
    BigDecimal net = paid.subtract(coupon);
    row.put(prefix + "_quantity", quantity);
    Map<String, BigDecimal> values = new TreeMap<>();
    values.put("_wholesale_cost", cost);
    values.put("_list_price", list);
    values.put("_sales_price", price);
    values.put("_ext_discount_amt", list.subtract(price).multiply(many));
    values.put("_ext_sales_price", paid);
    values.put("_ext_wholesale_cost", cost.multiply(many));
    values.put("_ext_list_price", list.multiply(many));
    values.put("_ext_tax", tax);
    values.put("_coupon_amt", coupon);
    values.put("_ext_ship_cost", ship);
    values.put("_net_paid", net);
    values.put("_net_paid_inc_tax", net.add(tax));
    values.put("_net_paid_inc_ship", net.add(ship));
    values.put("_net_paid_inc_ship_tax", net.add(ship).add(tax));
    values.put("_net_profit", net.subtract(cost.multiply(many)));
    values.forEach((name, value) -> row.put(prefix + name, orNull(value)));
    return price;
  }

  private void returned(Map<String, Object> row, String prefix, int quantity, BigDecimal price) {
    BigDecimal amount = price.multiply(BigDecimal.valueOf(quantity));
    BigDecimal cash = part(amount, below(101));
    BigDecimal charged = part(amount.subtract(cash), below(101));
    BigDecimal credit = amount.subtract(cash).subtract(charged);
    BigDecimal fee = cents(below(10_000));
    row.put(prefix + "_return_quantity", quantity);
    Map<String, BigDecimal> values = new TreeMap<>();
    values.put("_return_amt", amount);
    values.put("_return_amount", amount);
    values.put("_return_tax", part(amount, 5));
    values.put("_return_amt_inc_tax", part(amount, 105));
    values.put("_fee", fee);
    values.put("_return_ship_cost", part(amount, 10));
    values.put("_refunded_cash", cash);
    values.put("_reversed_charge", charged);
    values.put("_store_credit", credit);
    values.put("_account_credit", credit);
    values.put("_net_loss", fee.add(part(amount, 15)));
    values.forEach((name, value) -> row.put(prefix + name, orNull(value)));
  }

  /** Values for what a row does not have yet; the first column of a small table is its key. */
  private void add(String table, Map<String, Object> row) {
    StructField[] columns = tables.get(table).fields();
    Object[] values = new Object[columns.length];
    for (int i = 0; i < columns.length; i++) {
      String name = columns[i].name();
      values[i] = row.containsKey(name) ? row.get(name) : orNull(value(columns[i]));
    }
    rows.get(table).add(RowFactory.create(values));
  }

  private Object value(StructField column) {
    String name = column.name();
    if (name.endsWith("_date_sk")) {
      return number(FIRST.plusDays(below(DAYS)));
    }
    if (name.endsWith("_time_sk")) {
      return below(MINUTES);
    }
    for (Map.Entry<String, String> key : KEYS.entrySet()) {
      if (name.endsWith("_" + key.getKey())) {
        return 1 + below(SIZES.get(key.getValue()));
      }
    }
    if (constants.containsKey(name)) {
      List<Object> values = constants.get(name);
      return values.get(often(values.size()));
    }
    if (column.dataType().equals(DataTypes.StringType)) {
      return name + " " + below(6);
    }
    if (column.dataType().equals(DataTypes.DateType)) {
      return Date.valueOf(FIRST.plusDays(below(DAYS)));
    }
    return column.dataType() instanceof DecimalType
        ? cents(below(10_000))
        : (Object) (1 + below(9));
  }

  private Object orNull(Object value) {
    return below(100) < NULLS ? null : value;
  }

  private LocalDate later(LocalDate day, int most) {
    return Collections.min(List.of(LAST, day.plusDays(1 + below(most))));
  }

  private static BigDecimal part(BigDecimal of, int hundredths) {
    return of.multiply(cents(hundredths)).setScale(2, RoundingMode.HALF_UP);
  }

  private static BigDecimal cents(int number) {
    return BigDecimal.valueOf(number, 2);
  }

  /** Three in ten in the last two months of a year. */
  private LocalDate sold() {
    LocalDate day = FIRST.plusDays(below(DAYS));
    return below(10) < 3 ? day.withDayOfYear(305 + below(61)) : day;
  }

  /** Of some values the first ones more often than the last. */
  private int often(int values) {
    return below(1 + below(values));
  }

  private int below(int bound) {
    return random.nextInt(bound);
  }
}
