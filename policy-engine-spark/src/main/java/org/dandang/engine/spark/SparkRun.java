package org.dandang.engine.spark;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.dandang.engine.ColumnType;
import org.dandang.engine.Compilation;
import org.dandang.engine.Compiled;
import org.dandang.engine.DecisionModel;
import org.dandang.engine.InputTypes;
import org.dandang.engine.InputTypes.InputColumn;
import org.dandang.engine.Refusal;
import org.dandang.engine.RunSummary;

/**
 * Makes a decision for every row of a Parquet file, or folder of files, with one column for each
 * input. What does not compile exactly is refused: there is no interpreting on a cluster.
 */
public final class SparkRun {
  private final SparkSession session;
  private final Map<String, ?> constants;

  /**
   * @param constants inputs that are the same for everybody, such as a policy's parameters on a day
   */
  public SparkRun(SparkSession session, Map<String, ?> constants) {
    this.session = session;
    this.constants = constants;
  }

  /** What a session must be told so that its SQL means what the plan says. */
  public static SparkSession.Builder exact(SparkSession.Builder builder) {
    return builder
        .config("spark.sql.ansi.enabled", "true")
        .config("spark.sql.decimalOperations.allowPrecisionLoss", "false")
        .config("spark.sql.session.timeZone", "UTC");
  }

  /** A decision that cannot be compiled exactly for the file's columns. */
  public static final class NotCompiledException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotCompiledException(String decision, List<Refusal> refusals) {
      super(
          decision
              + " cannot be decided on Spark, because it does not compile exactly: "
              + String.join("; ", refusals.stream().map(Refusal::toString).toList()));
    }
  }

  /**
   * The compiled decision over a file.
   *
   * @throws NotCompiledException if it does not compile, with every cell and construct
   * @throws IllegalArgumentException if the file has no column for an input that is not constant
   */
  public Compiled compile(DecisionModel model, String decision, String parquet) {
    InputTypes types = types(session.read().parquet(parquet).schema()).withConstants(constants);
    List<String> absent =
        model.inputs(decision).stream()
            .map(input -> input.name())
            .filter(name -> types.column(name).isEmpty() && !types.constants().containsKey(name))
            .toList();
    if (!absent.isEmpty()) {
      throw new IllegalArgumentException(
          parquet + " has no column for " + String.join(", ", absent));
    }
    return switch (model.compile(decision, types)) {
      case Compiled compiled -> compiled.forSpark();
      case Compilation.NotCompilable not ->
          throw new NotCompiledException(decision, not.refusals());
    };
  }

  /**
   * Decides and writes the result, replacing what is there.
   *
   * @param source a Parquet file or folder
   * @param result folder for the result's Parquet files
   */
  public RunSummary run(
      DecisionModel model, String decision, String source, List<String> keys, String result) {
    long began = System.nanoTime();
    Compiled compiled = compile(model, decision, source);
    session.read().parquet(source).createOrReplaceTempView("dandang_people");
    session.sql(compiled.sql("dandang_people", keys)).write().mode("overwrite").parquet(result);
    Map<String, Long> hits = new LinkedHashMap<>();
    compiled.rules().values().forEach(rule -> hits.put(rule, 0L));
    long rows = 0;
    long unmatched = 0;
    long failed = 0;
    Dataset<Row> counts =
        session
            .read()
            .parquet(result)
            .groupBy(Compiled.FAILED, compiled.gathers() ? Compiled.ROWS : Compiled.ROW)
            .count();
    for (Row row : counts.collectAsList()) {
      long count = row.getLong(2);
      rows += count;
      String decided =
          row.isNullAt(1) ? "" : String.valueOf(row.get(1)).replaceAll("[\\[\\] ]", "");
      if (row.getBoolean(0)) {
        failed += count;
      } else if (decided.isEmpty()) {
        unmatched += count;
      } else {
        for (String index : decided.split(",")) {
          hits.merge(
              compiled.rules().getOrDefault(Integer.valueOf(index), "row " + index),
              count,
              Long::sum);
        }
      }
    }
    return new RunSummary(
        rows,
        hits,
        compiled.rules().isEmpty() ? 0 : unmatched,
        failed,
        new RunSummary.How.CompiledQuery(),
        Duration.ofNanos(System.nanoTime() - began));
  }

  /** How many rows each row of the table decides, 0 for failed; nothing is written. */
  public Map<Integer, Long> count(DecisionModel model, String decision, String source) {
    Compiled compiled = compile(model, decision, source);
    session.read().parquet(source).createOrReplaceTempView("dandang_people");
    Map<Integer, Long> counts = new LinkedHashMap<>();
    for (Row row : session.sql(compiled.countingSql("dandang_people")).collectAsList()) {
      counts.put(row.isNullAt(0) ? -1 : ((Number) row.get(0)).intValue(), row.getLong(1));
    }
    return counts;
  }

  static InputTypes types(StructType schema) {
    List<InputColumn> columns = new ArrayList<>();
    for (StructField field : schema.fields()) {
      columns.add(new InputColumn(field.name(), type(field.dataType()), true));
    }
    return InputTypes.of(columns);
  }

  private static ColumnType type(DataType type) {
    if (type instanceof DecimalType decimal) {
      return new ColumnType.Decimal(decimal.precision(), decimal.scale());
    }
    Map<DataType, ColumnType> known =
        Map.of(
            DataTypes.ByteType, new ColumnType.Whole(3),
            DataTypes.ShortType, new ColumnType.Whole(5),
            DataTypes.IntegerType, new ColumnType.Whole(10),
            DataTypes.LongType, new ColumnType.Whole(19),
            DataTypes.StringType, new ColumnType.Text(),
            DataTypes.BooleanType, new ColumnType.Truth(),
            DataTypes.DateType, new ColumnType.Day());
    return known.getOrDefault(type, new ColumnType.Other(type.simpleString()));
  }
}
