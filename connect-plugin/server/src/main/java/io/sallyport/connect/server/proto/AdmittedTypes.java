package io.sallyport.connect.server.proto;

import static io.sallyport.connect.server.proto.Checks.between;
import static io.sallyport.policy.decision.RefusalCode.PARAM_INVALID;

import java.util.List;
import org.apache.spark.connect.proto.DataType;
import org.sparkproject.connect.protobuf.Descriptors.Descriptor;

/**
 * The data types that a client may name: simple ones, without collations, variations or classes.
 */
final class AdmittedTypes {

  private static final String SIMPLE =
      "boolean, byte, short, int, long, float, double, decimal, string, date, timestamp";

  private static final List<Descriptor> WITHOUT_PARAMETERS =
      List.of(
          DataType.NULL.getDescriptor(),
          DataType.Boolean.getDescriptor(),
          DataType.Byte.getDescriptor(),
          DataType.Short.getDescriptor(),
          DataType.Integer.getDescriptor(),
          DataType.Long.getDescriptor(),
          DataType.Float.getDescriptor(),
          DataType.Double.getDescriptor(),
          DataType.Date.getDescriptor(),
          DataType.Timestamp.getDescriptor(),
          DataType.TimestampNTZ.getDescriptor());

  private AdmittedTypes() {}

  static void addTo(ProtoTable.Builder table) {
    table
        .in(DataType.getDescriptor(), "kind")
        .admit("null", "the type of lit(null)")
        .admit("boolean", "simple")
        .admit("byte", "simple")
        .admit("short", "simple")
        .admit("integer", "simple")
        .admit("long", "simple")
        .admit("float", "simple")
        .admit("double", "simple")
        .admit("decimal", "simple")
        .admit("string", "simple")
        .admit("date", "simple")
        .admit("timestamp", "simple")
        .admit("timestamp_ntz", "simple");
    parameters(table);
    refused(table.in(DataType.getDescriptor()));
  }

  private static void refused(ProtoTable.Lines lines) {
    lines
        .refuse("binary", PARAM_INVALID, "not a simple type", SIMPLE)
        .refuse("char", PARAM_INVALID, "pads or fails", SIMPLE)
        .refuse("var_char", PARAM_INVALID, "cuts or fails", SIMPLE)
        .refuse("calendar_interval", PARAM_INVALID, "not a simple type", SIMPLE)
        .refuse("year_month_interval", PARAM_INVALID, "not a simple type", SIMPLE)
        .refuse("day_time_interval", PARAM_INVALID, "not a simple type", SIMPLE)
        .refuse("array", PARAM_INVALID, "not a simple type", SIMPLE)
        .refuse("struct", PARAM_INVALID, "not a simple type", SIMPLE)
        .refuse("map", PARAM_INVALID, "not a simple type", SIMPLE)
        .refuse("variant", PARAM_INVALID, "not a simple type", SIMPLE)
        .refuse("udt", PARAM_INVALID, "Spark would make an instance of the class it names", SIMPLE)
        .refuse("geometry", PARAM_INVALID, "not a simple type", SIMPLE)
        .refuse("geography", PARAM_INVALID, "not a simple type", SIMPLE)
        .refuse("unparsed", PARAM_INVALID, "Spark would parse it", SIMPLE)
        .refuse("time", PARAM_INVALID, "not a simple type", SIMPLE);
  }

  private static void parameters(ProtoTable.Builder table) {
    for (Descriptor type : WITHOUT_PARAMETERS) {
      noVariation(table.in(type));
    }
    noVariation(table.in(DataType.String.getDescriptor()))
        .refuse("collation", PARAM_INVALID, "strings compare by their bytes", SIMPLE);
    noVariation(table.in(DataType.Decimal.getDescriptor()))
        .admit("precision", between(1, 38), "digits")
        .admit("scale", between(0, 38), "digits after the point")
        .demand(DataType.Decimal.class, Demands::scaleWithinPrecision);
  }

  private static ProtoTable.Lines noVariation(ProtoTable.Lines lines) {
    return lines.refuse("type_variation_reference", PARAM_INVALID, "never in use", SIMPLE);
  }
}
