package io.sallyport.connect.server.proto;

import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.spark.RefusedException;
import org.sparkproject.connect.protobuf.Descriptors.Descriptor;
import org.sparkproject.connect.protobuf.Descriptors.FieldDescriptor;

/** The texts of this station's refusals. They depend on the request alone. */
final class Refusals {

  private static final int LONGEST_QUOTE = 64;

  private Refusals() {}

  /** What usually passes instead of what a code refuses. */
  static String usualRemedy(RefusalCode code) {
    return switch (code) {
      case SOURCE_NOT_ALLOWED -> "spark.table(\"<frame>\") with a frame that you were given";
      case COMMAND_NOT_ALLOWED -> "queries only: spark.table(...) and spark.sql(\"SELECT ...\")";
      case UDF_NOT_ALLOWED, FUNCTION_NOT_ALLOWED -> "Spark's built-in row and aggregate functions";
      case AGG_NOT_ALLOWED -> "count, sum, avg, stddev, variance, covariance and correlation";
      case CONF_NOT_ALLOWED -> "leave the session's settings as the operator made them";
      case EXPLAIN_NOT_ALLOWED -> "df.printSchema()";
      case RPC_NOT_ALLOWED -> "a query, or its schema";
      case PARAM_INVALID, LIMIT_EXCEEDED -> "a value within the bounds";
      default -> "table, select, filter, withColumn, join, union, groupBy().agg, orderBy and limit";
    };
  }

  static RefusedException refused(FieldDescriptor field, FieldVerdict.Refused verdict) {
    return RefusedException.of(
        verdict.code(), label(field) + ": " + verdict.reason(), verdict.remedy());
  }

  static RefusedException unlisted(FieldDescriptor field) {
    return refuse(RefusalCode.RELATION_NOT_ALLOWED, label(field) + " is not supported here");
  }

  static RefusedException unlisted(Descriptor type) {
    return refuse(RefusalCode.RELATION_NOT_ALLOWED, type.getName() + " is not supported here");
  }

  static RefusedException unknownFields(Descriptor type) {
    return RefusedException.of(
        RefusalCode.RELATION_NOT_ALLOWED,
        type.getName() + " carries fields that this server does not know",
        "a client of the server's Spark version");
  }

  static RefusedException missing(Descriptor type, String what) {
    return RefusedException.of(
        RefusalCode.PARAM_INVALID, type.getName() + " has no " + what, "a complete request");
  }

  static RefusedException value(FieldDescriptor field, String demand) {
    return RefusedException.of(
        RefusalCode.PARAM_INVALID, "The value of " + label(field) + " is not admitted", demand);
  }

  static RefusedException limit(String what, long most) {
    return RefusedException.of(
        RefusalCode.LIMIT_EXCEEDED, "The request has too many " + what, "at most " + most);
  }

  static RefusedException refuse(RefusalCode code, String subject) {
    return RefusedException.of(code, subject, usualRemedy(code));
  }

  /** A client's name as far as it may be repeated: short, and nothing but harmless characters. */
  static String quote(String name) {
    String head = name.length() <= LONGEST_QUOTE ? name : name.substring(0, LONGEST_QUOTE) + "...";
    return "'" + head.replaceAll("[^A-Za-z0-9_.() +*/<>=!-]", "?") + "'";
  }

  static String label(FieldDescriptor field) {
    return ApiWords.of(field);
  }
}
