package org.dandang.policy.run;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.dandang.platform.export.Mark;
import org.dandang.platform.export.MarkedCsv;
import org.dandang.policy.PolicyProblem;
import org.dandang.policy.fact.Facts;
import org.dandang.policy.pack.Pack;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.jspecify.annotations.Nullable;

/**
 * Writes the rows of a question to a workbook, CSV or Parquet file, by the ending of its name.
 *
 * <p>The file appears whole or not at all.
 */
public final class RowsFile {
  private static final int SHEET_ROWS = 1_000_000;

  private final Connection connection;
  private final Path out;
  private final ResultFile form;
  private final @Nullable Mark mark;

  /**
   * @throws PolicyProblem for a name that ends in none of the forms
   */
  public RowsFile(Connection connection, Path out) {
    this(connection, out, null);
  }

  /**
   * @param mark who takes the file; null for one that stays
   * @throws PolicyProblem for a name that ends in none of the forms
   */
  public RowsFile(Connection connection, Path out, @Nullable Mark mark) {
    this.mark = mark;
    this.connection = connection;
    this.out = out;
    this.form = ResultFile.of(out);
  }

  /**
   * A further sheet of a workbook, before the rows; left out of other forms.
   *
   * @param lines cells of each line; the first line is the heading
   */
  public record Sheet(String name, List<? extends List<? extends @Nullable Object>> lines) {}

  /**
   * Puts a table {@code names} with {@code subject}, {@code key} and {@code name} beside others.
   */
  public void nameSubjects(Facts facts, Pack pack) {
    Path names = out.resolveSibling(out.getFileName() + ".names");
    try (Statement statement = connection.createStatement()) {
      try (OutputStream stream = new BufferedOutputStream(Files.newOutputStream(names))) {
        facts.names(pack.subject(), stream);
      }
      statement.execute(
          "create or replace table names as select * from read_csv('%s', header = false, auto_detect = false, delim = ',', quote = '\"', escape = '\"', nullstr = '\\N', columns = {'subject': 'BIGINT', 'key': 'VARCHAR', 'name': 'VARCHAR'})"
              .formatted(names.toString().replace("'", "''")));
    } catch (IOException | SQLException e) {
      throw new PolicyProblem("result-exists", out, String.valueOf(e.getMessage()));
    } finally {
      remove(names);
    }
  }

  /** Writes the rows, after these sheets where the form has sheets. */
  public void write(String question, List<Sheet> first) {
    Path partial = out.resolveSibling(out.getFileName() + ".part");
    try {
      switch (form) {
        case CSV -> {
          if (mark == null) {
            copy(question, partial, "format csv, header true");
          } else {
            csv(question, partial, mark);
          }
        }
        case PARQUET -> copy(question, partial, "format parquet, compression zstd" + inside());
        case XLSX -> workbook(question, partial, first);
      }
      Files.move(partial, out, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException | SQLException e) {
      throw new PolicyProblem("result-exists", out, String.valueOf(e.getMessage()));
    } finally {
      remove(partial);
    }
  }

  private static void remove(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      file.toFile().deleteOnExit();
    }
  }

  private void copy(String question, Path file, String form) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "copy (%s) to '%s' (%s)".formatted(question, file.toString().replace("'", "''"), form));
    }
  }

  /** What a Parquet file says of who took it. */
  private String inside() {
    return mark == null
        ? ""
        : ", kv_metadata {%s: '%s', line: '%s'}"
            .formatted(Mark.PROPERTY, mark.token(), mark.line().replace("'", "''"));
  }

  private void csv(String question, Path file, Mark marked) throws SQLException, IOException {
    try (MarkedCsv csv =
            new MarkedCsv(new BufferedOutputStream(Files.newOutputStream(file)), marked);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(question)) {
      int columns = rows.getMetaData().getColumnCount();
      List<String> cells = new ArrayList<>();
      for (int column = 1; column <= columns; column++) {
        cells.add(rows.getMetaData().getColumnLabel(column));
      }
      csv.row(cells);
      while (rows.next()) {
        cells.clear();
        for (int column = 1; column <= columns; column++) {
          cells.add(Objects.toString(rows.getObject(column), ""));
        }
        csv.row(cells);
      }
    }
  }

  private void workbook(String question, Path file, List<Sheet> first)
      throws SQLException, IOException {
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file));
        Workbook workbook = new Workbook(out, "Dandang", "1.0");
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(question)) {
      for (Sheet each : first) {
        sheet(workbook, each);
      }
      Worksheet sheet = sheet(workbook, rows.getMetaData(), 1);
      int sheets = 1;
      int number = 0;
      while (rows.next()) {
        if (number == SHEET_ROWS) {
          sheet.finish();
          sheet = sheet(workbook, rows.getMetaData(), ++sheets);
          number = 0;
        }
        number++;
        for (int column = 0; column < rows.getMetaData().getColumnCount(); column++) {
          cell(sheet, number, column, rows.getObject(column + 1));
        }
        if (number % 5_000 == 0) {
          sheet.flush();
        }
      }
      sheet.finish();
      if (mark != null) {
        mark.on(workbook);
      }
    }
  }

  private static void sheet(Workbook workbook, Sheet filled) throws IOException {
    Worksheet sheet = workbook.newWorksheet(filled.name());
    sheet.freezePane(0, 1);
    for (int line = 0; line < filled.lines().size(); line++) {
      List<? extends @Nullable Object> cells = filled.lines().get(line);
      for (int column = 0; column < cells.size(); column++) {
        cell(sheet, line, column, cells.get(column));
        if (line == 0) {
          sheet.style(line, column).bold().set();
        }
      }
    }
    sheet.finish();
  }

  private static Worksheet sheet(Workbook workbook, ResultSetMetaData columns, int number)
      throws SQLException {
    Worksheet sheet = workbook.newWorksheet("result " + number);
    sheet.freezePane(0, 1);
    for (int column = 0; column < columns.getColumnCount(); column++) {
      sheet.value(0, column, columns.getColumnLabel(column + 1));
      sheet.style(0, column).bold().set();
    }
    return sheet;
  }

  private static void cell(Worksheet sheet, int row, int column, @Nullable Object value) {
    switch (value) {
      case null -> {}
      case Number number -> sheet.value(row, column, number);
      case Boolean truth -> sheet.value(row, column, truth);
      default -> sheet.value(row, column, value.toString());
    }
  }
}
