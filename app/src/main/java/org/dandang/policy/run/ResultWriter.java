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
import java.util.Map;
import java.util.StringJoiner;
import org.dandang.policy.PolicyProblem;
import org.dandang.policy.fact.Facts;
import org.dandang.policy.pack.Pack;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.jspecify.annotations.Nullable;

/**
 * Writes a run's result: each subject with key, name, outcome, rule, its clause and the facts.
 *
 * <p>The file appears whole or not at all.
 */
final class ResultWriter {
  private static final int SHEET_ROWS = 1_000_000;

  private final Connection connection;
  private final Facts facts;
  private final Pack pack;
  private final Map<String, String> clauseOfRule;

  ResultWriter(Connection connection, Facts facts, Pack pack, Map<String, String> clauseOfRule) {
    this.connection = connection;
    this.facts = facts;
    this.pack = pack;
    this.clauseOfRule = clauseOfRule;
  }

  void write(Path out) {
    Path partial = out.resolveSibling(out.getFileName() + ".part");
    try {
      nameSubjects(partial);
      switch (ResultFile.of(out)) {
        case CSV -> copy(partial, "format csv, header true");
        case PARQUET -> copy(partial, "format parquet, compression zstd");
        case XLSX -> workbook(partial);
      }
      Files.move(partial, out, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException | SQLException e) {
      throw new PolicyProblem("result-exists", out, String.valueOf(e.getMessage()));
    } finally {
      try {
        Files.deleteIfExists(partial);
      } catch (IOException e) {
        partial.toFile().deleteOnExit();
      }
    }
  }

  /** Names and keys come from the register; clauses from the table's rules. */
  private void nameSubjects(Path near) throws SQLException, IOException {
    Path names = near.resolveSibling(near.getFileName() + ".names");
    try (Statement statement = connection.createStatement()) {
      try (OutputStream stream = new BufferedOutputStream(Files.newOutputStream(names))) {
        facts.names(pack.subject(), stream);
      }
      statement.execute(
          "create or replace table names as select * from read_csv('%s', header = false, auto_detect = false, delim = ',', quote = '\"', escape = '\"', nullstr = '\\N', columns = {'subject': 'BIGINT', 'key': 'VARCHAR', 'name': 'VARCHAR'})"
              .formatted(names.toString().replace("'", "''")));
    } finally {
      Files.deleteIfExists(names);
    }
  }

  private String question() {
    StringJoiner clauses = new StringJoiner(", ");
    clauses.add("('', '')");
    clauseOfRule.forEach(
        (rule, clause) ->
            clauses.add(
                "('%s', '%s')".formatted(rule.replace("'", "''"), clause.replace("'", "''"))));
    StringJoiner columns = new StringJoiner(", ");
    for (String fact : pack.facts()) {
      columns.add("f.\"" + fact + "\"");
    }
    return "select n.key, n.name, r.outcome, r.rule, c.clause, "
        + columns
        + " from result r join facts f on f.subject = r.subject join names n on n.subject = r.subject left join (values "
        + clauses
        + ") c(rule, clause) on c.rule = r.rule order by r.subject";
  }

  private void copy(Path file, String form) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "copy (%s) to '%s' (%s)".formatted(question(), file.toString().replace("'", "''"), form));
    }
  }

  private void workbook(Path file) throws SQLException, IOException {
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file));
        Workbook workbook = new Workbook(out, "Dandang", "1.0");
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(question())) {
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
    }
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
