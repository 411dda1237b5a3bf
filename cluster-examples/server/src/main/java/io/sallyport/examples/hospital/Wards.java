package io.sallyport.examples.hospital;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The wards, the busiest first. Anybody may know them. */
enum Wards {
  INTERNAL_MEDICINE("internal medicine", "medicine", 96, 6, 610),
  SURGERY("surgery", "surgery", 84, 5, 940),
  EMERGENCY("emergency", "medicine", 40, 1, 720),
  CARDIOLOGY("cardiology", "medicine", 60, 4, 1180),
  ORTHOPAEDICS("orthopaedics", "surgery", 58, 5, 870),
  OBSTETRICS("obstetrics", "women and children", 44, 3, 690),
  PAEDIATRICS("paediatrics", "women and children", 42, 3, 640),
  NEUROLOGY("neurology", "medicine", 36, 7, 990),
  ONCOLOGY("oncology", "medicine", 34, 8, 1420),
  UROLOGY("urology", "surgery", 26, 3, 780),
  PSYCHIATRY("psychiatry", "medicine", 30, 21, 430),
  INTENSIVE_CARE("intensive care", "surgery", 18, 6, 3150),
  DERMATOLOGY("dermatology", "medicine", 12, 3, 480),
  BURNS("burns", "surgery", 6, 14, 2280);

  static final StructType SCHEMA =
      new StructType()
          .add("ward", DataTypes.StringType)
          .add("department", DataTypes.StringType)
          .add("beds", DataTypes.IntegerType);

  private final String ward;
  private final String department;
  private final int beds;
  private final int usualDays;
  private final int costOfDay;

  Wards(String ward, String department, int beds, int usualDays, int costOfDay) {
    this.ward = ward;
    this.department = department;
    this.beds = beds;
    this.usualDays = usualDays;
    this.costOfDay = costOfDay;
  }

  static List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    for (Wards ward : values()) {
      rows.add(RowFactory.create(ward.ward, ward.department, ward.beds));
    }
    return rows;
  }

  String ward() {
    return ward;
  }

  int usualDays() {
    return usualDays;
  }

  int costOfDay() {
    return costOfDay;
  }
}
