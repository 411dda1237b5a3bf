package io.sallyport.connect.server.proto;

import static io.sallyport.connect.server.proto.Checks.name;

import org.apache.spark.connect.proto.CacheTable;
import org.apache.spark.connect.proto.Catalog;
import org.apache.spark.connect.proto.ClearCache;
import org.apache.spark.connect.proto.CurrentCatalog;
import org.apache.spark.connect.proto.CurrentDatabase;
import org.apache.spark.connect.proto.DatabaseExists;
import org.apache.spark.connect.proto.DropTempView;
import org.apache.spark.connect.proto.FunctionExists;
import org.apache.spark.connect.proto.GetDatabase;
import org.apache.spark.connect.proto.GetTable;
import org.apache.spark.connect.proto.IsCached;
import org.apache.spark.connect.proto.ListCatalogs;
import org.apache.spark.connect.proto.ListColumns;
import org.apache.spark.connect.proto.ListDatabases;
import org.apache.spark.connect.proto.ListFunctions;
import org.apache.spark.connect.proto.ListTables;
import org.apache.spark.connect.proto.RefreshTable;
import org.apache.spark.connect.proto.TableExists;
import org.apache.spark.connect.proto.UncacheTable;
import org.sparkproject.connect.protobuf.Descriptors.Descriptor;

/**
 * The catalog calls that are answered: by a query over what the analyst may ask about, never by
 * Spark's catalog. Wishes for speed are answered and left out.
 */
final class AdmittedCatalog {

  private AdmittedCatalog() {}

  static void addTo(ProtoTable.Builder table) {
    table
        .in(Catalog.getDescriptor())
        .admit("current_database", "a constant")
        .admit("current_catalog", "a constant")
        .admit("list_catalogs", "the one there is")
        .admit("list_databases", "the one there is")
        .admit("get_database", "the one there is")
        .admit("database_exists", "whether it is the one there is")
        .admit("list_tables", "frames, public tables and views of the session")
        .admit("get_table", "one of them")
        .admit("table_exists", "whether it is one of them")
        .admit("list_columns", "of one of them")
        .admit("list_functions", "those of the list")
        .admit("function_exists", "whether it is on the list")
        .admit("is_cached", "nothing is kept")
        .admit("drop_temp_view", "a view of the session; done where it is the whole request")
        .admit("cache_table", "nothing is kept")
        .admit("uncache_table", "nothing is kept")
        .admit("clear_cache", "nothing is kept")
        .admit("refresh_table", "nothing is kept");
    empty(table, CurrentDatabase.getDescriptor());
    empty(table, CurrentCatalog.getDescriptor());
    empty(table, ClearCache.getDescriptor());
    named(table, ListCatalogs.getDescriptor(), "pattern");
    named(table, ListDatabases.getDescriptor(), "pattern");
    named(table, ListFunctions.getDescriptor(), "db_name", "pattern");
    named(table, ListTables.getDescriptor(), "db_name", "pattern");
    named(table, GetDatabase.getDescriptor(), "db_name");
    named(table, DatabaseExists.getDescriptor(), "db_name");
    named(table, GetTable.getDescriptor(), "table_name", "db_name");
    named(table, TableExists.getDescriptor(), "table_name", "db_name");
    named(table, ListColumns.getDescriptor(), "table_name", "db_name");
    named(table, FunctionExists.getDescriptor(), "function_name", "db_name");
    named(table, IsCached.getDescriptor(), "table_name");
    named(table, DropTempView.getDescriptor(), "view_name");
    named(table, UncacheTable.getDescriptor(), "table_name");
    named(table, RefreshTable.getDescriptor(), "table_name");
    named(table, CacheTable.getDescriptor(), "table_name")
        .strip("storage_level", "nothing is kept");
  }

  private static void empty(ProtoTable.Builder table, Descriptor call) {
    table.in(call);
  }

  private static ProtoTable.Lines named(
      ProtoTable.Builder table, Descriptor call, String... names) {
    ProtoTable.Lines lines = table.in(call);
    for (String each : names) {
      lines.admit(each, name(), "a name or a pattern of names");
    }
    return lines;
  }
}
