package io.sallyport.connect.server.proto;

import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.spark.RefusedException;
import io.sallyport.spark.admission.CatalogText;
import io.sallyport.spark.admission.FunctionTable;
import io.sallyport.spark.scala.Scala;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.connect.proto.Catalog;
import org.apache.spark.sql.catalyst.parser.CatalystSqlParser;

/** The queries over our own tables that answer {@code spark.catalog}, with Spark's columns. */
final class CatalogQuery {

  private static final String TABLES =
      "SELECT name, CASE WHEN kind = 'TABLE' THEN '"
          + CatalogText.CATALOG
          + "' END AS catalog, CAST(NULL AS ARRAY<STRING>) AS namespace, description,"
          + " kind AS tableType, kind = 'TEMPORARY' AS isTemporary FROM ";

  private static final String DATABASE =
      "SELECT '"
          + CatalogText.NAMESPACE
          + "' AS name, '"
          + CatalogText.CATALOG
          + "' AS catalog, 'frames and public tables' AS description, '' AS locationUri WHERE ";

  private static final String NOTHING = "SELECT 1 AS value WHERE false";

  private CatalogQuery() {}

  /**
   * The query for an admitted call.
   *
   * @throws RefusedException when it names what is not there
   */
  static String of(Catalog call) {
    return switch (call.getCatTypeCase()) {
      case CURRENT_DATABASE -> "SELECT '" + CatalogText.NAMESPACE + "' AS value";
      case CURRENT_CATALOG -> "SELECT '" + CatalogText.CATALOG + "' AS value";
      case LIST_CATALOGS ->
          "SELECT '" + CatalogText.CATALOG + "' AS name, CAST(NULL AS STRING) AS description";
      case LIST_DATABASES -> DATABASE + "true";
      case GET_DATABASE -> DATABASE + isNamespace(call.getGetDatabase().getDbName());
      case DATABASE_EXISTS ->
          "SELECT " + isNamespace(call.getDatabaseExists().getDbName()) + " AS value";
      case LIST_TABLES ->
          TABLES
              + "sallyport.tables WHERE "
              + CatalogText.like(
                  "name", Optional.of(call.getListTables().getPattern()).filter(p -> !p.isEmpty()));
      case GET_TABLE -> TABLES + CatalogText.tableOf(parts(call.getGetTable().getTableName()));
      case TABLE_EXISTS -> exists(call.getTableExists().getTableName());
      case LIST_COLUMNS ->
          "SELECT col_name AS name, comment AS description, data_type AS dataType,"
              + " nullable = 'true' AS nullable, false AS isPartition, false AS isBucket,"
              + " false AS isCluster FROM "
              + CatalogText.columnsOf(parts(call.getListColumns().getTableName()));
      case LIST_FUNCTIONS -> functions();
      case FUNCTION_EXISTS ->
          "SELECT "
              + FunctionTable.admits(call.getFunctionExists().getFunctionName())
              + " AS value";
      case IS_CACHED, DROP_TEMP_VIEW -> "SELECT false AS value";
      case CACHE_TABLE, UNCACHE_TABLE, CLEAR_CACHE, REFRESH_TABLE -> NOTHING;
      default -> throw new IllegalStateException("A call that is not admitted");
    };
  }

  private static boolean isNamespace(String name) {
    return name.equalsIgnoreCase(CatalogText.NAMESPACE);
  }

  private static String exists(String table) {
    return "SELECT count(*) > 0 AS value FROM sallyport.tables WHERE lower(name) = "
        + SqlLiteral.text(String.join(".", parts(table)).toLowerCase(Locale.ROOT));
  }

  private static List<String> parts(String table) {
    try {
      return Scala.list(new CatalystSqlParser().parseMultipartIdentifier(table));
    } catch (Exception e) { // ParseException is checked, and Scala does not declare it
      throw RefusedException.of(
          RefusalCode.PARAM_INVALID, "A catalog call names no table", "a table's name");
    }
  }

  private static String functions() {
    String names =
        FunctionTable.admitted().stream()
            .sorted()
            .map(name -> "(" + SqlLiteral.text(name) + ")")
            .collect(Collectors.joining(", "));
    return "SELECT name, CAST(NULL AS STRING) AS catalog, CAST(NULL AS ARRAY<STRING>) AS namespace,"
        + " CAST(NULL AS STRING) AS description, '' AS className, true AS isTemporary FROM VALUES "
        + names
        + " AS t(name)";
  }
}
