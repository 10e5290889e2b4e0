package org.dandang.commandline;

import java.io.PrintWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lines of cells in columns of their own, numbers to the right. */
final class TextTable {
  private TextTable() {}

  static void print(PrintWriter print, List<? extends List<? extends @Nullable Object>> lines) {
    int columns = lines.stream().mapToInt(List::size).max().orElse(0);
    int[] widths = new int[columns];
    for (List<? extends @Nullable Object> line : lines) {
      // What stands alone at the end of a line may reach into the columns after it.
      int aligned = line.size() < columns ? line.size() - 1 : line.size();
      for (int column = 0; column < aligned; column++) {
        widths[column] = Math.max(widths[column], width(text(line.get(column))));
      }
    }
    for (List<? extends @Nullable Object> line : lines) {
      StringBuilder row = new StringBuilder(" ");
      for (int column = 0; column < line.size(); column++) {
        String text = text(line.get(column));
        String space = " ".repeat(Math.max(0, widths[column] - width(text)));
        boolean right = isNumber(lines.getLast(), column) && line.size() == columns;
        row.append(' ').append(right ? space + text : text + space);
      }
      print.println(row.toString().stripTrailing());
    }
  }

  private static boolean isNumber(List<? extends @Nullable Object> line, int column) {
    return column < line.size()
        && (line.get(column) instanceof Number
            || text(line.get(column)).matches("[<\\s\\d.,%]*\\d[\\d.,%\\s]*"));
  }

  private static String text(@Nullable Object cell) {
    return switch (cell) {
      case null -> "";
      case Long number -> String.format("%,d", number);
      default -> cell.toString();
    };
  }

  /** Columns of a terminal; a Chinese character takes two. */
  private static int width(String text) {
    return text.codePoints().map(c -> isWide(c) ? 2 : 1).sum();
  }

  private static boolean isWide(int c) {
    return c >= 0x1100 && c <= 0x115F || c >= 0x2E80 && c <= 0xFFDC && c != 0x303F || c >= 0x20000;
  }
}
