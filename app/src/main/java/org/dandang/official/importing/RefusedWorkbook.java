package org.dandang.official.importing;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.dandang.official.register.Values;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;

/**
 * The rows that were not taken, as the file has them, with the cells in question coloured and the
 * reason beside them. Corrected, it can be taken in like the file itself. Written as a stream.
 */
final class RefusedWorkbook implements AutoCloseable {
  /** Comments are kept in memory until the end, and a sheet with very many is slow to open. */
  private static final int MOST_COMMENTS = 5_000;

  private static final int LONGEST_CELL = 32_767;
  private static final int FLUSH_EVERY = 1_000;
  private static final String WRONG = "FFC7CE";
  private static final String OURS = "DDEBF7";
  private static final List<Locale> LANGUAGES =
      List.of(Locale.SIMPLIFIED_CHINESE, Locale.forLanguageTag("zh-Hant"), Locale.ENGLISH);

  private final String file;
  private final MessageSource messages;
  private final Locale language;
  private final int sheetRows;
  private final OutputStream out;
  private final Workbook workbook;
  private final Set<String> ours;
  private List<String> headers = List.of();
  private int[] kept = {};
  private @Nullable Worksheet sheet;
  private int sheets;
  private int row;
  private int comments;

  RefusedWorkbook(String file, Path to, MessageSource messages, Locale language, int sheetRows)
      throws IOException {
    this.file = file;
    this.messages = messages;
    this.language = language;
    this.sheetRows = sheetRows;
    this.out = new BufferedOutputStream(Files.newOutputStream(to), 1 << 16);
    this.workbook = new Workbook(out, "Dandang", "1.0");
    this.ours =
        LANGUAGES.stream()
            .flatMap(
                each ->
                    List.of("file", "line", "reason").stream()
                        .map(key -> messages.getMessage("importing.column." + key, null, each)))
            .map(Values::header)
            .collect(Collectors.toSet());
  }

  void add(RosterRows rows, List<Refusal> refusals) throws IOException {
    Columns columns = rows.columns();
    if (sheet == null || row >= sheetRows || !columns.headers().equals(headers)) {
      begin(columns);
    }
    Worksheet to = sheet;
    if (to == null) {
      throw new IllegalStateException();
    }
    boolean commented = false;
    for (int i = 0; i < kept.length; i++) {
      String cell = rows.cell(kept[i]);
      if (!cell.isEmpty()) {
        to.inlineString(row, i, clipped(cell));
      }
    }
    List<String> reasons = new ArrayList<>();
    for (Refusal refusal : refusals) {
      String reason = reason(refusal, columns);
      reasons.add(reason);
      for (int column : columns.columnsOf(refusal.field())) {
        int place = place(column);
        if (place >= 0) {
          to.style(row, place).fillColor(WRONG).set();
          if (comments < MOST_COMMENTS) {
            to.comment(row, place, reason);
            comments++;
            commented = true;
          }
        }
      }
    }
    int last = kept.length;
    to.inlineString(row, last, file);
    String sheetName = rows.sheetName();
    to.inlineString(
        row, last + 1, sheetName == null ? "" + rows.line() : sheetName + "!" + rows.line());
    to.inlineString(row, last + 2, clipped(String.join("; ", reasons)));
    if (!commented && comments < MOST_COMMENTS) {
      to.comment(row, last + 2, String.join("\n", reasons));
      comments++;
    }
    row++;
    if (row % FLUSH_EVERY == 0) {
      to.flush();
    }
  }

  private void begin(Columns columns) throws IOException {
    if (sheet != null) {
      sheet.finish();
    }
    sheets++;
    headers = columns.headers();
    kept =
        java.util.stream.IntStream.range(0, headers.size())
            .filter(i -> !ours.contains(Values.header(headers.get(i))))
            .toArray();
    String title = messages.getMessage("importing.sheet", null, language);
    Worksheet to = workbook.newWorksheet(sheets == 1 ? title : title + " " + sheets);
    to.freezePane(0, 1);
    for (int i = 0; i < kept.length; i++) {
      to.inlineString(0, i, headers.get(kept[i]));
      to.style(0, i).bold().set();
      to.width(i, 16);
    }
    int last = kept.length;
    for (String key : List.of("file", "line", "reason")) {
      to.inlineString(0, last, messages.getMessage("importing.column." + key, null, language));
      to.style(0, last).bold().fillColor(OURS).set();
      to.width(last, key.equals("reason") ? 60 : 14);
      last++;
    }
    sheet = to;
    row = 1;
  }

  private int place(int column) {
    for (int i = 0; i < kept.length; i++) {
      if (kept[i] == column) {
        return i;
      }
    }
    return -1;
  }

  private String reason(Refusal refusal, Columns columns) {
    int[] places = columns.columnsOf(refusal.field());
    String column =
        java.util.Arrays.stream(places)
            .mapToObj(place -> columns.headers().get(place))
            .collect(Collectors.joining(" + "));
    return messages.getMessage(
        "importing.reason.detailed." + refusal.reason(),
        new Object[] {column, refusal.detail()},
        language);
  }

  private static String clipped(String text) {
    StringBuilder clean = new StringBuilder(text);
    for (int i = 0; i < clean.length(); i++) {
      char c = clean.charAt(i);
      if (c < ' ' && c != '\n' && c != '\t' && c != '\r' || c >= 0xfffe) {
        clean.setCharAt(i, '\ufffd');
      }
    }
    return clean.length() <= LONGEST_CELL ? clean.toString() : clean.substring(0, LONGEST_CELL);
  }

  @Override
  public void close() throws IOException {
    try {
      if (sheet != null) {
        sheet.finish();
      } else {
        workbook.newWorksheet("-").value(0, 0, "");
      }
      workbook.finish();
    } finally {
      out.close();
    }
  }
}
