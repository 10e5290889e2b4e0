package org.dandang.policy.pack;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.dandang.platform.procedure.Field;
import org.dandang.policy.Words;
import org.jspecify.annotations.Nullable;

/**
 * Codes with their words and the periods {@code [from, to)} in which they are used: {@code
 * codes/NAME.csv} of a pack, or else of the program, with the columns {@code
 * code,from,to,zh-CN,zh-Hant,en}.
 *
 * @param text of the file, by which versions of it are told apart
 * @param codes in the order of the file
 */
record CodeTable(String name, String text, Map<String, Code> codes) {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,40}");
  private static final Pattern CODE = Pattern.compile("[0-9A-Za-z][0-9A-Za-z-]{0,40}");
  private static final List<String> HEADER =
      List.of("code", "from", "to", "zh-CN", "zh-Hant", "en");
  private static final int MOST_BYTES = 1_000_000;
  private static final int MOST_CODES = 500;

  CodeTable {
    codes = Collections.unmodifiableMap(new LinkedHashMap<>(codes));
  }

  /** A code. */
  record Code(Field.Span span, Words title) {}

  /**
   * The table a form names.
   *
   * @param pack folder of the pack
   * @param id of the pack, for what is told
   * @return empty when there is none or something is wrong with it; the findings say what
   */
  static Optional<CodeTable> find(
      String name, Path pack, String id, YamlNode named, Consumer<Finding> told) {
    if (!NAME.matcher(name).matches()) {
      named.error("codes-none", name);
      return Optional.empty();
    }
    String file = "codes/" + name + ".csv";
    Path own = pack.resolve(file);
    try (InputStream stream =
        Files.isRegularFile(own)
            ? Files.newInputStream(own)
            : CodeTable.class.getResourceAsStream("/" + file)) {
      if (stream == null) {
        named.error("codes-none", name);
        return Optional.empty();
      }
      byte[] bytes = stream.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        told.accept(Finding.error(id + "/" + file, 0, "", "file-too-large", MOST_BYTES));
        return Optional.empty();
      }
      return new Reading(id + "/" + file, told)
          .table(name, new String(bytes, StandardCharsets.UTF_8));
    } catch (IOException e) {
      told.accept(
          Finding.error(id + "/" + file, 0, "", "unreadable", String.valueOf(e.getMessage())));
      return Optional.empty();
    }
  }

  /** The codes' periods, as a form keeps them. */
  Map<String, Field.Span> spans() {
    Map<String, Field.Span> spans = new LinkedHashMap<>();
    codes.forEach((code, one) -> spans.put(code, one.span()));
    return spans;
  }

  /** One file being read. */
  private static final class Reading {
    private final String file;
    private final Consumer<Finding> told;
    private final Map<String, Code> codes = new LinkedHashMap<>();
    private boolean wrong;

    Reading(String file, Consumer<Finding> told) {
      this.file = file;
      this.told = told;
    }

    Optional<CodeTable> table(String name, String text) {
      try (CsvReader<CsvRecord> records =
          CsvReader.builder().skipEmptyLines(true).allowMissingFields(true).ofCsvRecord(text)) {
        boolean header = true;
        for (CsvRecord line : records) {
          if (header && !line.getFields().equals(HEADER)) {
            error(line, "", "codes-header", String.join(",", HEADER));
          } else if (!header) {
            line(line);
          }
          header = false;
        }
      } catch (CsvParseException | IOException | UncheckedIOException e) {
        wrong = true;
        told.accept(Finding.error(file, 0, "", "unreadable", String.valueOf(e.getMessage())));
      }
      if (!wrong && (codes.size() < 2 || codes.size() > MOST_CODES)) {
        wrong = true;
        told.accept(Finding.error(file, 0, "", "codes-size", MOST_CODES));
      }
      return wrong ? Optional.empty() : Optional.of(new CodeTable(name, text, codes));
    }

    private void line(CsvRecord line) {
      if (line.getFieldCount() != HEADER.size()) {
        error(line, "", "codes-header", String.join(",", HEADER));
        return;
      }
      List<String> cells = new ArrayList<>();
      line.getFields().forEach(cell -> cells.add(cell.strip()));
      String code = cells.getFirst();
      if (!CODE.matcher(code).matches()) {
        error(line, code, "codes-code", code);
        return;
      }
      LocalDate from = day(line, code, cells.get(1));
      LocalDate to = day(line, code, cells.get(2));
      if (from != null && to != null && !to.isAfter(from)) {
        error(line, code, "codes-period", from, to);
      }
      Map<String, String> words = new LinkedHashMap<>();
      for (int i = 0; i < Words.LANGUAGES.size(); i++) {
        String language = HEADER.get(3 + i);
        if (cells.get(3 + i).isEmpty()) {
          error(line, code, "words-missing", language);
        }
        words.put(language, cells.get(3 + i));
      }
      if (codes.put(code, new Code(new Field.Span(from, to), new Words(words))) != null) {
        error(line, code, "codes-twice", code);
      }
    }

    private @Nullable LocalDate day(CsvRecord line, String code, String text) {
      if (text.isEmpty()) {
        return null;
      }
      try {
        return LocalDate.parse(text);
      } catch (DateTimeParseException e) {
        error(line, code, "codes-day", text);
        return null;
      }
    }

    private void error(CsvRecord line, String where, String key, Object... values) {
      wrong = true;
      told.accept(Finding.error(file, (int) line.getStartingLineNumber(), where, key, values));
    }
  }
}
