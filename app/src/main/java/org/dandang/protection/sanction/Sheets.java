package org.dandang.protection.sanction;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.dandang.platform.export.Exports;
import org.dandang.platform.export.Mark;
import org.dandang.platform.ledger.Ledger;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Tables of this module as workbooks that say who took them. */
@Component
public class Sheets {
  private final Exports exports;
  private final Ledger ledger;
  private final TransactionTemplate transaction;

  Sheets(Exports exports, Ledger ledger, TransactionTemplate transaction) {
    this.exports = exports;
    this.ledger = ledger;
    this.transaction = transaction;
  }

  /**
   * Writes a table, its first row the head.
   *
   * @param action as in the ledger: {@code sanctions-exported}
   * @param about kind of those concerned, whose numbers follow
   */
  public void write(
      String name,
      String title,
      List<List<String>> rows,
      String action,
      String about,
      List<Long> subjects,
      String actor,
      Locale language,
      HttpServletResponse response)
      throws IOException {
    Mark mark =
        Objects.requireNonNull(
            transaction.execute(
                status -> {
                  Mark begun = exports.begin(actor, action, "xlsx", rows.size() - 1L, language);
                  ledger.appendAbout(
                      actor,
                      action,
                      about,
                      subjects,
                      Map.of("form", "xlsx", "export", begun.id().toString()));
                  return begun;
                }));
    response.setContentType("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
    response.setHeader("Content-Disposition", "attachment; filename=\"" + name + ".xlsx\"");
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
}
