package org.dandang.protection.closed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.dandang.official.ImportFile;
import org.dandang.official.ImportProblem;
import org.dandang.official.TableFiles;
import org.dandang.platform.jobs.Progress;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;

/**
 * A file on its way in: read once into a temporary table and, where rows were refused, once more to
 * give them back with the reasons.
 */
final class StagedFile {
  private final TableFiles files;
  private final MessageSource messages;
  private final ImportFile file;
  private final List<TableFiles.Column> columns;
  private final Progress progress;

  /** What a row comes to: its values for the stage, or why it is not taken. */
  sealed interface Row {
    record Good(List<String> values) implements Row {}

    record Wrong(Refusal refusal) implements Row {}
  }

  StagedFile(
      TableFiles files,
      MessageSource messages,
      ImportFile file,
      List<TableFiles.Column> columns,
      Progress progress) {
    this.files = files;
    this.messages = messages;
    this.file = file;
    this.columns = columns;
    this.progress = progress;
  }

  /**
   * Copies the rows to a table; n counts them, line is theirs in the file.
   *
   * @return rows the file has; more than were staged where cells hold errors of a workbook
   */
  long stage(
      Connection connection,
      String table,
      List<String> into,
      Function<Map<String, String>, Row> reading)
      throws SQLException {
    List<String> all = new ArrayList<>(List.of("n", "line", "refusal"));
    all.addAll(into);
    try (Stage stage = new Stage(connection, table, all)) {
      long read =
          files
              .take(unmarked(), columns, new Copying(stage, into.size(), reading), progress)
              .read();
      stage.end();
      return read;
    } catch (IOException | UncheckedIOException e) {
      throw new ImportProblem("unreadable", file.name(), String.valueOf(e.getMessage()));
    }
  }

  private ImportFile unmarked() {
    return ImportFile.of(file.name(), file.content()).in(file.language());
  }

  private static final class Copying implements TableFiles.Taker {
    private final Stage stage;
    private final int width;
    private final Function<Map<String, String>, Row> reading;
    private long n;

    Copying(Stage stage, int width, Function<Map<String, String>, Row> reading) {
      this.stage = stage;
      this.width = width;
      this.reading = reading;
    }

    @Override
    public TableFiles.Row take(Map<String, String> cells, List<TableFiles.Wrong> wrong) {
      return takeAt(0, cells, wrong);
    }

    @Override
    public TableFiles.Row takeAt(
        int line, Map<String, String> cells, List<TableFiles.Wrong> wrong) {
      @Nullable String[] values = new @Nullable String[width + 3];
      values[0] = Long.toString(++n);
      values[1] = Integer.toString(line);
      switch (reading.apply(cells)) {
        case Row.Good good -> {
          for (int i = 0; i < width; i++) {
            values[i + 3] = good.values().get(i);
          }
        }
        case Row.Wrong refused -> values[2] = refused.refusal().written();
      }
      try {
        stage.row(values);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return TableFiles.Row.STORED;
    }
  }

  /** Writes the refused rows of the stage to the file's workbook. */
  void mark(Connection connection, String table) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "select n, refusal from %s where refusal is not null order by n".formatted(table))) {
      query.setFetchSize(1_000);
      try (ResultSet refused = query.executeQuery()) {
        files.take(file, columns, new Marking(refused), progress);
      }
    }
  }

  private final class Marking implements TableFiles.Taker {
    private final ResultSet refused;
    private long n;
    private long next;

    Marking(ResultSet refused) throws SQLException {
      this.refused = refused;
      this.next = refused.next() ? refused.getLong(1) : Long.MAX_VALUE;
    }

    @Override
    public TableFiles.Row take(Map<String, String> cells, List<TableFiles.Wrong> wrong) {
      try {
        if (++n == next) {
          Refusal refusal = Refusal.read(refused.getString(2));
          boolean column = columns.stream().anyMatch(one -> one.id().equals(refusal.field()));
          wrong.add(
              new TableFiles.Wrong(column ? refusal.field() : "", text(refusal, file.language())));
          next = refused.next() ? refused.getLong(1) : Long.MAX_VALUE;
        }
        return TableFiles.Row.UNCHANGED;
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private String text(Refusal refusal, Locale language) {
    return messages.getMessage(
        "closed.reason.detailed." + refusal.reason(), new Object[] {refusal.value()}, language);
  }
}
