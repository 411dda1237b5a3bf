package io.sallyport.examples.hospital;

import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** A ward; anybody may know its name, department and beds. */
record Ward(String name, String department, int beds, int usualDays, int costOfDay) {

  static final List<Ward> BUSIEST_FIRST =
      List.of(
          new Ward("internal medicine", "medicine", 96, 6, 610),
          new Ward("surgery", "surgery", 84, 5, 940),
          new Ward("emergency", "medicine", 40, 1, 720),
          new Ward("cardiology", "medicine", 60, 4, 1180),
          new Ward("orthopaedics", "surgery", 58, 5, 870),
          new Ward("obstetrics", "women and children", 44, 3, 690),
          new Ward("paediatrics", "women and children", 42, 3, 640),
          new Ward("neurology", "medicine", 36, 7, 990),
          new Ward("oncology", "medicine", 34, 8, 1420),
          new Ward("urology", "surgery", 26, 3, 780),
          new Ward("psychiatry", "medicine", 30, 21, 430),
          new Ward("intensive care", "surgery", 18, 6, 3150),
          new Ward("dermatology", "medicine", 12, 3, 480),
          new Ward("burns", "surgery", 6, 14, 2280));

  static final StructType SCHEMA =
      new StructType()
          .add("ward", DataTypes.StringType)
          .add("department", DataTypes.StringType)
          .add("beds", DataTypes.IntegerType);

  static List<Row> rows() {
    return BUSIEST_FIRST.stream()
        .map(ward -> RowFactory.create(ward.name, ward.department, ward.beds))
        .toList();
  }
}
