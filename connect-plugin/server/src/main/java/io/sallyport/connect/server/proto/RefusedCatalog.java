package io.sallyport.connect.server.proto;

import static io.sallyport.policy.decision.RefusalCode.RELATION_NOT_ALLOWED;

import org.apache.spark.connect.proto.Catalog;

/**
 * The catalog calls that are refused, and why. Spark would run each while it turns the message into
 * a plan, even when only asked for a schema, and its catalog knows more than the frames an analyst
 * was given; {@link AdmittedCatalog} has those that we answer ourselves.
 */
final class RefusedCatalog {

  private RefusedCatalog() {}

  static void addTo(ProtoTable.Builder table) {
    ProtoTable.Lines lines = table.in(Catalog.getDescriptor(), "cat_type");
    telling(lines);
    changing(lines);
  }

  private static void telling(ProtoTable.Lines lines) {
    lines
        .refuse("get_function", RELATION_NOT_ALLOWED, "tells what is there")
        .refuse("list_partitions", RELATION_NOT_ALLOWED, "tells values, paths or properties")
        .refuse("list_views", RELATION_NOT_ALLOWED, "tells what is there")
        .refuse("get_table_properties", RELATION_NOT_ALLOWED, "tells values, paths or properties")
        .refuse(
            "get_create_table_string", RELATION_NOT_ALLOWED, "tells values, paths or properties");
  }

  private static void changing(ProtoTable.Lines lines) {
    lines
        .refuse("set_current_database", RELATION_NOT_ALLOWED, "frames are addressed by one name")
        .refuse("create_external_table", RELATION_NOT_ALLOWED, "changes what is there")
        .refuse("create_table", RELATION_NOT_ALLOWED, "changes what is there")
        .refuse("drop_global_temp_view", RELATION_NOT_ALLOWED, "changes what is there")
        .refuse("recover_partitions", RELATION_NOT_ALLOWED, "changes what is there")
        .refuse("refresh_by_path", RELATION_NOT_ALLOWED, "changes a cache that all sessions share")
        .refuse("set_current_catalog", RELATION_NOT_ALLOWED, "frames are addressed by one name")
        .refuse("drop_table", RELATION_NOT_ALLOWED, "changes what is there")
        .refuse("drop_view", RELATION_NOT_ALLOWED, "changes what is there")
        .refuse("create_database", RELATION_NOT_ALLOWED, "changes what is there")
        .refuse("drop_database", RELATION_NOT_ALLOWED, "changes what is there")
        .refuse("truncate_table", RELATION_NOT_ALLOWED, "changes what is there")
        .refuse("analyze_table", RELATION_NOT_ALLOWED, "changes what is there");
  }
}
