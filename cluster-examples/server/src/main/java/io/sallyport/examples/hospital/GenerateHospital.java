package io.sallyport.examples.hospital;

import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * Writes the hospital's data below a folder: {@code data/patients}, {@code data/stays}, {@code
 * data/diagnoses} and {@code data/staff} as Parquet, and the public table {@code wards} into the
 * database {@code data/reference}, which Spark reads as the catalog {@code reference}.
 */
public final class GenerateHospital {

  private static final int USUAL_PEOPLE = 40_000;

  private GenerateHospital() {}

  /**
   * Takes the folder, and the number of people if it is not to be the usual one.
   *
   * @throws Exception when Spark cannot write; Scala does not declare what it throws
   */
  public static void main(String[] arguments) throws Exception {
    if (arguments.length < 1 || arguments.length > 2) {
      throw new IllegalArgumentException("Usage: GenerateHospital FOLDER [PEOPLE]");
    }
    Path data = Path.of(arguments[0]).toAbsolutePath().resolve("data");
    int people = arguments.length == 2 ? Integer.parseInt(arguments[1]) : USUAL_PEOPLE;
    try (SparkSession spark = session(data)) {
      HospitalRows rows = HospitalRows.of(people);
      write(spark, rows.patients(), HospitalRows.PATIENTS, data.resolve("patients"));
      write(spark, rows.stays(), HospitalRows.STAYS, data.resolve("stays"));
      write(spark, rows.diagnoses(), HospitalRows.DIAGNOSES, data.resolve("diagnoses"));
      write(spark, rows.staff(), HospitalRows.STAFF, data.resolve("staff"));
      spark
          .createDataFrame(Ward.rows(), Ward.SCHEMA)
          .coalesce(1)
          .writeTo("reference.wards")
          .createOrReplace();
    }
  }

  private static void write(SparkSession spark, List<Row> rows, StructType schema, Path folder) {
    spark
        .createDataFrame(rows, schema)
        .coalesce(1)
        .write()
        .mode(SaveMode.Overwrite)
        .parquet(folder.toString());
  }

  private static SparkSession session(Path data) {
    return new SparkSession.Builder()
        .appName("Generate the hospital")
        .master("local[2]")
        .config("spark.ui.enabled", false)
        .config("spark.sql.session.timeZone", "UTC")
        .config(
            "spark.sql.catalog.reference",
            "org.apache.spark.sql.execution.datasources.v2.jdbc.JDBCTableCatalog")
        .config("spark.sql.catalog.reference.url", "jdbc:h2:" + data.resolve("reference"))
        .config("spark.sql.catalog.reference.driver", "org.h2.Driver")
        .getOrCreate();
  }
}
