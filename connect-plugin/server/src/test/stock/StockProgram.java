import java.util.List;
import java.util.Map;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** What an analyst does first, on a client of any 4.x; printed line by line. */
final class StockProgram {

  private StockProgram() {}

  public static void main(String[] arguments) throws Exception {
    SparkSession spark =
        org.apache.spark.sql.connect.SparkSession.builder()
            .remote(arguments[0])
            .config("spark.sql.shuffle.partitions", "4")
            .config("spark.sallyport.query.epsilon", "0.5")
            .create();
    System.out.println("version " + spark.version());
    System.out.println("wish " + spark.conf().get("spark.sallyport.query.epsilon"));
    System.out.println("default " + spark.conf().get("spark.app.id", "mine"));
    Dataset<Row> titanic = spark.table("titanic");
    titanic.printSchema();
    System.out.println("classes " + titanic.groupBy("Pclass").count().collectAsList().size());
    System.out.println(
        "arguments "
            + spark.sql("SELECT count(*) FROM titanic WHERE Pclass = :p", Map.of("p", 1)).first());
    StructType type = new StructType().add("city", DataTypes.StringType);
    System.out.println(
        "own "
            + spark
                .createDataFrame(
                    List.of(RowFactory.create("Athens"), RowFactory.create("Oslo")), type)
                .count());
    System.out.println("local " + titanic.isLocal());
    refused(titanic);
    spark.close();
    System.out.println("done");
    System.exit(0);
  }

  private static void refused(Dataset<Row> titanic) {
    try {
      titanic.select("Name").groupBy("Name").count().collectAsList();
      System.out.println("not refused");
    } catch (Exception e) {
      String condition =
          e instanceof SparkThrowable ? ((SparkThrowable) e).getErrorClass() : "no condition";
      System.out.println("refused " + condition + " " + e.getMessage().startsWith("[SALLYPORT."));
    }
  }
}
