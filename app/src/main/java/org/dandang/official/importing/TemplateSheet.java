package org.dandang.official.importing;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.dhatim.fastexcel.VisibilityState;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.jspecify.annotations.Nullable;

/** An empty workbook to be filled in: its columns, and the words that may stand in them. */
final class TemplateSheet implements AutoCloseable {
  private static final int ROWS_WITH_LISTS = 5_000;
  private static final int WIDTH = 18;

  private final Workbook workbook;
  private final Worksheet sheet;
  private @Nullable Worksheet lists;
  private int listed;
  private int columns;

  TemplateSheet(String title, OutputStream out) {
    workbook = new Workbook(out, "Dandang", "1.0");
    sheet = workbook.newWorksheet(title.replaceAll("[\\[\\]:*?/\\\\]", " "));
    sheet.freezePane(0, 1);
  }

  /**
   * The next column.
   *
   * @param hint shown at the head; null: none
   * @param words that may be chosen; empty: anything may be written
   */
  void column(String head, @Nullable String hint, List<String> words) {
    sheet.value(0, columns, head);
    sheet.style(0, columns).bold().set();
    sheet.width(columns, WIDTH);
    if (hint != null) {
      sheet.comment(0, columns, hint);
    }
    if (!words.isEmpty()) {
      Worksheet hidden = lists();
      for (int i = 0; i < words.size(); i++) {
        hidden.value(i, listed, words.get(i));
      }
      sheet
          .range(1, columns, ROWS_WITH_LISTS, columns)
          .validateWithList(hidden.range(0, listed, words.size() - 1, listed))
          .allowBlank(true);
      listed++;
    }
    columns++;
  }

  /** Where the words stand; hidden, so that they are not taken for rows. */
  private Worksheet lists() {
    if (lists == null) {
      lists = workbook.newWorksheet("…");
      lists.setVisibilityState(VisibilityState.HIDDEN);
    }
    return lists;
  }

  @Override
  public void close() throws IOException {
    workbook.close();
  }
}
