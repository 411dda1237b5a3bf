package io.sallyport.examples.hospital;

import java.math.BigDecimal;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The rows of an invented hospital, the same ones for the same number of people.
 *
 * <p>They are skewed as real ones are: few people come very often, few wards, postcodes and
 * diagnoses have most of the rows, and the rarest have fewer than ten people.
 *
 * @param patients one row a person
 * @param stays one to sixty a person
 * @param diagnoses one to five a stay
 * @param staff without a policy, so for analysts it does not exist
 */
record HospitalRows(List<Row> patients, List<Row> stays, List<Row> diagnoses, List<Row> staff) {

  static final StructType PATIENTS =
      new StructType()
          .add("patient_id", DataTypes.LongType)
          .add("name", DataTypes.StringType)
          .add("birth_year", DataTypes.IntegerType)
          .add("sex", DataTypes.StringType)
          .add("postcode", DataTypes.StringType)
          .add("insurance", DataTypes.StringType);

  static final StructType STAYS =
      new StructType()
          .add("stay_id", DataTypes.LongType)
          .add("patient_id", DataTypes.LongType)
          .add("ward", DataTypes.StringType)
          .add("admitted", DataTypes.DateType)
          .add("days", DataTypes.IntegerType)
          .add("cost", DataTypes.createDecimalType(10, 2));

  static final StructType DIAGNOSES =
      new StructType()
          .add("stay_id", DataTypes.LongType)
          .add("patient_id", DataTypes.LongType)
          .add("code", DataTypes.StringType)
          .add("severity", DataTypes.IntegerType);

  static final StructType STAFF =
      new StructType().add("name", DataTypes.StringType).add("salary", DataTypes.IntegerType);

  private static final long SEED = 20_260_101L;
  private static final LocalDate FIRST_DAY = LocalDate.of(2022, 1, 1);
  private static final int DAYS = 1461;
  private static final int MOST_STAYS = 60;
  private static final int POSTCODES = 400;
  private static final int CODES = 160;

  private static final List<String> FIRST_NAMES =
      List.of(
          "Ada", "Bruno", "Clara", "David", "Elif", "Finn", "Greta", "Hugo", "Ines", "Jonas",
          "Karin", "Luca", "Mara", "Noah", "Olga", "Paul", "Rosa", "Samir", "Tilda", "Viktor");
  private static final List<String> LAST_NAMES =
      List.of(
          "Adler", "Berg", "Costa", "Dahl", "Engel", "Fischer", "Garcia", "Hansen", "Ivanov",
          "Jansen", "Keller", "Lind", "Moreau", "Novak", "Olsen", "Petrov", "Rossi", "Schmidt",
          "Toth", "Weber");

  static HospitalRows of(int people) {
    Random random = new Random(SEED);
    List<Row> patients = new ArrayList<>(people);
    List<Row> stays = new ArrayList<>(3 * people);
    List<Row> diagnoses = new ArrayList<>(6 * people);
    Zipf postcodes = new Zipf(POSTCODES, 1.05);
    Zipf wards = new Zipf(Ward.BUSIEST_FIRST.size(), 0.8);
    Zipf codes = new Zipf(CODES, 1.6);
    for (long patient = 1; patient <= people; patient++) {
      patients.add(patient(patient, postcodes, random));
      int times = Math.min(MOST_STAYS, (int) Math.pow(1 - random.nextDouble(), -0.6));
      for (int time = 0; time < times; time++) {
        long stay = stays.size() + 1L;
        stays.add(stay(stay, patient, Ward.BUSIEST_FIRST.get(wards.draw(random)), random));
        int found = 1 + random.nextInt(random.nextBoolean() ? 2 : 5);
        for (int diagnosis = 0; diagnosis < found; diagnosis++) {
          diagnoses.add(
              RowFactory.create(stay, patient, code(codes.draw(random)), 1 + random.nextInt(4)));
        }
      }
    }
    return new HospitalRows(patients, stays, diagnoses, staff(random));
  }

  private static Row patient(long patient, Zipf postcodes, Random random) {
    int age = (int) Math.min(102, Math.max(0, 48 + 24 * random.nextGaussian()));
    double insurance = random.nextDouble();
    return RowFactory.create(
        patient,
        name(random),
        FIRST_DAY.getYear() - age,
        random.nextDouble() < 0.53 ? "f" : "m",
        String.valueOf(10_000 + 37 * postcodes.draw(random)),
        insurance < 0.86 ? "public" : insurance < 0.985 ? "private" : "none");
  }

  private static Row stay(long stay, long patient, Ward ward, Random random) {
    int days = 1 + (int) (-Math.log(1 - random.nextDouble()) * (ward.usualDays() - 0.5));
    long cents = days * (ward.costOfDay() * 100L) + random.nextInt(250_000);
    return RowFactory.create(
        stay,
        patient,
        ward.name(),
        Date.valueOf(FIRST_DAY.plusDays(random.nextInt(DAYS))),
        days,
        BigDecimal.valueOf(cents, 2));
  }

  private static List<Row> staff(Random random) {
    List<Row> staff = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      staff.add(RowFactory.create(name(random), 30_000 + random.nextInt(90_000)));
    }
    return staff;
  }

  private static String name(Random random) {
    return FIRST_NAMES.get(random.nextInt(FIRST_NAMES.size()))
        + " "
        + LAST_NAMES.get(random.nextInt(LAST_NAMES.size()));
  }

  /** Like ICD-10: a chapter's letter and two digits. */
  private static String code(int rank) {
    char chapter = "IEJMKNFGSC".charAt(rank % 10);
    return chapter + String.valueOf(10 + (rank * 7) % 90);
  }
}
