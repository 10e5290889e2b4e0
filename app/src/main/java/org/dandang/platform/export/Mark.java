package org.dandang.platform.export;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.regex.Pattern;
import org.dhatim.fastexcel.Position;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/**
 * What a file says of who took it.
 *
 * @param id number of the export in the register
 * @param title heading of the visible line, in the reader's language
 * @param line visible: who, when, number
 * @param token hidden: the same, signed with the key of the installation
 * @param bits hidden in a CSV file, see {@link MarkedCsv}
 */
public record Mark(UUID id, String title, String line, String token, CsvBits bits) {
  /** Custom document property that holds the token. */
  public static final String PROPERTY = "DandangExport";

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._-]+");

  /**
   * A last sheet, the footer of every page of it, and a document property. To be called when all
   * other sheets are finished.
   */
  public void on(Workbook workbook) {
    workbook.properties().setTextProperty(PROPERTY, token);
    Worksheet sheet = workbook.newWorksheet(title);
    sheet.value(0, 0, line);
    sheet.width(0, 100);
    footer(sheet);
  }

  /** The visible line below every printed page of a sheet. */
  public void footer(Worksheet sheet) {
    sheet.footer(line.replace("&", "&&"), Position.CENTER);
  }

  /** The beginning of the export's number, as the visible line and the names of files have it. */
  public String number() {
    return id.toString().substring(0, 8);
  }

  /**
   * The header that sends a file, whose name ends in the export's number, so that it shows without
   * opening the file too.
   *
   * @param name of the file, without its ending
   */
  public String attachment(String name, String ending) {
    String file = name + "-" + number() + "." + ending;
    return PLAIN.matcher(file).matches()
        ? "attachment; filename=\"" + file + "\""
        : "attachment; filename=\"%s.%s\"; filename*=UTF-8''%s"
            .formatted(
                number(),
                ending,
                URLEncoder.encode(file, StandardCharsets.UTF_8).replace("+", "%20"));
  }

  /** An XML comment, to stand after the last element. */
  public String comment() {
    return "<!-- " + (line + " " + token).replace("--", "- -") + " -->";
  }
}
