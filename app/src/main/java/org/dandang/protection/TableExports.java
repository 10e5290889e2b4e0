package org.dandang.protection;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.dandang.platform.export.Exports;
import org.dandang.platform.export.Mark;
import org.dandang.platform.export.MarkedCsv;
import org.dandang.platform.ledger.Ledger;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Tables of this module as files that say who took them; the ledger says so first. */
@Component
public class TableExports {
  private final Exports exports;
  private final Ledger ledger;
  private final TransactionTemplate transaction;

  TableExports(Exports exports, Ledger ledger, TransactionTemplate transaction) {
    this.exports = exports;
    this.ledger = ledger;
    this.transaction = transaction;
  }

  /**
   * A table that leaves.
   *
   * @param name of the file, without its ending
   * @param action as in the ledger: {@code sanctions-exported}
   * @param about kind of those concerned, whose numbers follow
   * @param told what the ledger says of it besides
   */
  public record Leaving(
      String name,
      String action,
      String about,
      Collection<Long> subjects,
      Map<String, Object> told,
      String actor,
      Locale language) {
    public Leaving {
      subjects = List.copyOf(subjects);
      told = Map.copyOf(told);
    }
  }

  /** As a workbook of one sheet, the first row its head. */
  public void workbook(
      Leaving table, String title, List<List<String>> rows, HttpServletResponse response)
      throws IOException {
    Mark mark = begun(table, "xlsx", rows.size() - 1L);
    response.setContentType("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
    response.setHeader("Content-Disposition", mark.attachment(table.name(), "xlsx"));
    try (OutputStream out = exports.recorded(mark, response.getOutputStream());
        Workbook workbook = new Workbook(out, "Dandang", "1.0")) {
      Worksheet sheet = workbook.newWorksheet(title);
      mark.footer(sheet);
      for (int row = 0; row < rows.size(); row++) {
        for (int column = 0; column < rows.get(row).size(); column++) {
          sheet.value(row, column, rows.get(row).get(column));
        }
      }
      sheet.range(0, 0, 0, Math.max(0, rows.getFirst().size() - 1)).style().bold().set();
      sheet.finish();
      mark.on(workbook);
    }
  }

  /**
   * As csv, a row after the other.
   *
   * @param count of the rows
   */
  public void csv(
      Leaving table,
      List<String> head,
      Stream<List<String>> rows,
      long count,
      HttpServletResponse response)
      throws IOException {
    Mark mark = begun(table, "csv", count);
    response.setContentType("text/csv;charset=UTF-8");
    response.setHeader("Content-Disposition", mark.attachment(table.name(), "csv"));
    try (MarkedCsv out = new MarkedCsv(exports.recorded(mark, response.getOutputStream()), mark)) {
      out.row(head);
      for (Iterator<List<String>> each = rows.iterator(); each.hasNext(); ) {
        out.row(each.next());
      }
    }
  }

  private Mark begun(Leaving table, String form, long count) {
    return Objects.requireNonNull(
        transaction.execute(
            status -> {
              Mark mark =
                  exports.begin(table.actor(), table.action(), form, count, table.language());
              Map<String, Object> told = new LinkedHashMap<>(table.told());
              told.put("export", mark.id().toString());
              ledger.appendAbout(
                  table.actor(), table.action(), table.about(), table.subjects(), told);
              return mark;
            }));
  }
}
