package org.dandang.official.importing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.Locale;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.dandang.official.ImportCancelled;
import org.dandang.official.ImportProblem;
import org.dandang.official.form.ZipDirectory;
import org.dandang.platform.jobs.Progress;
import org.jspecify.annotations.Nullable;

/**
 * Looks through a workbook's parts byte by byte before anything interprets them: every part is
 * inflated and its checksum compared; macros, document types and what no workbook program writes
 * are refused with the part they stand in, so that reading the rows afterwards needs little memory.
 */
final class WorkbookParts {
  private static final int MOST_PARTS = 10_000;
  private static final long LARGEST_DIRECTORY = 4L << 20;

  /** A part that is kept in memory whole: styles, the list of sheets, relations. */
  private static final long LARGEST_KEPT = 16L << 20;

  /** A string of the table of strings takes about so much beside its text. */
  private static final int STRING_BYTES = 64;

  private static final int BUFFER = 1 << 16;

  private final String file;
  private final FileReading.Limits limits;
  private final Progress progress;
  private final long size;
  private long inflated;
  private long rows;
  private long formulas;
  private long strings;
  private long highestString = -1;
  private String highestStringPart = "";
  private long highestStringRow;
  private @Nullable String firstFormula;

  private WorkbookParts(String file, FileReading.Limits limits, Progress progress, long size) {
    this.file = file;
    this.limits = limits;
    this.progress = progress;
    this.size = size;
  }

  /**
   * @param workbook a file that begins as an archive does
   * @throws ImportProblem naming the part and, where it can, the row
   */
  static WorkbookParts looked(
      String file, Path workbook, FileReading.Limits limits, Progress progress) throws IOException {
    WorkbookParts parts = new WorkbookParts(file, limits, progress, Files.size(workbook));
    ZipDirectory directory =
        ZipDirectory.of(workbook).orElseThrow(() -> new ImportProblem("workbook-damaged", file));
    if (directory.entries() > MOST_PARTS || directory.bytes() > LARGEST_DIRECTORY) {
      throw new ImportProblem("workbook-parts", file, MOST_PARTS);
    }
    parts.look(workbook);
    return parts;
  }

  /** Rows of all sheets, for progress. */
  long rows() {
    return rows;
  }

  long formulas() {
    return formulas;
  }

  /** Where the first formula stands: the part's name and the cell; null where there is none. */
  @Nullable String firstFormula() {
    return firstFormula;
  }

  private void look(Path archive) throws IOException {
    boolean workbook;
    try (ZipFile zip = new ZipFile(archive.toFile())) {
      workbook = zip.getEntry("xl/workbook.xml") != null;
      Enumeration<? extends ZipEntry> entries = zip.entries();
      while (entries.hasMoreElements()) {
        ZipEntry entry = entries.nextElement();
        String part = entry.getName();
        String lower = part.toLowerCase(Locale.ROOT);
        if (lower.endsWith("vbaproject.bin") || lower.startsWith("xl/macrosheets/")) {
          throw new ImportProblem("workbook-macros", file, part);
        }
        part(zip, entry, workbook && (lower.endsWith(".xml") || lower.endsWith(".rels")));
      }
    } catch (IOException | IllegalArgumentException e) {
      throw new ImportProblem("workbook-damaged", file);
    }
    // What is none is still inflated to its end before, so that a bomb is called one.
    if (!workbook) {
      throw new ImportProblem("not-a-workbook", file);
    }
    // The reader would lengthen the table of strings to any number a cell names.
    if (highestString >= strings) {
      throw new ImportProblem("workbook-damaged-at", file, highestStringPart, highestStringRow);
    }
  }

  private void part(ZipFile zip, ZipEntry entry, boolean xml) throws IOException {
    String name = entry.getName();
    boolean strings = name.endsWith("sharedStrings.xml");
    boolean sheet = name.startsWith("xl/worksheets/");
    Scan scan = new Scan(name);
    ImportProblem found = null;
    CRC32 checksum = new CRC32();
    byte[] bytes = new byte[BUFFER];
    long length = 0;
    try (InputStream in = zip.getInputStream(entry)) {
      int read;
      while ((read = in.read(bytes)) >= 0) {
        if (progress.cancelled()) {
          throw new ImportCancelled();
        }
        inflated += read;
        length += read;
        checksum.update(bytes, 0, read);
        FileReading.guard(limits, file, inflated, size);
        if (xml && found == null) {
          found = scan.problem(bytes, read);
        }
        if (strings && length + scan.strings * STRING_BYTES > limits.sharedStrings()) {
          throw new ImportProblem("workbook-too-large", file, limits.sharedStrings() >> 20);
        }
        if (xml && !strings && !sheet && length > LARGEST_KEPT && !kept(name)) {
          throw new ImportProblem("workbook-part-too-large", file, name, LARGEST_KEPT >> 20);
        }
      }
    }
    if (entry.getCrc() >= 0 && entry.getCrc() != checksum.getValue()) {
      throw new ImportProblem("workbook-damaged", file);
    }
    // Only what was put in is judged: of a damaged part it would mean nothing.
    if (found != null) {
      throw found;
    }
    rows += scan.rows;
    this.strings += scan.strings;
  }

  /** Parts nobody reads here may be as large as they like. */
  private static boolean kept(String name) {
    return name.startsWith("xl/pivotCache/")
        || name.startsWith("xl/externalLinks/")
        || name.startsWith("xl/drawings/")
        || name.startsWith("xl/comments")
        || name.startsWith("xl/threadedComments/")
        || name.startsWith("customXml/");
  }

  /** Tags and texts of one part, whatever its buffers cut in two. */
  private final class Scan {
    private static final int SHEET_COLUMNS = 16_384;
    private static final int SHEET_ROW_DIGITS = 7;

    /** A cell holds 32,767 characters, each escaped at most as a reference of ten. */
    private static final int LONGEST_TEXT = 400_000;

    private static final int LONGEST_TAG = 100_000;
    private static final int KEPT = 256;
    private static final long NO_STRING = Long.MAX_VALUE / 20;

    private final String part;
    private final byte[] tag = new byte[KEPT];
    private boolean within;
    private boolean comment;
    private boolean characters;
    private int quote;
    private int tagLength;
    private int last;
    private int lastButOne;
    private long text;
    private int cells;
    private String cell = "";
    private boolean whole;
    private boolean shared;
    private boolean value;
    private long string;
    private long rows;
    private long strings;

    Scan(String part) {
      this.part = part;
    }

    @Nullable ImportProblem problem(byte[] bytes, int length) {
      try {
        take(bytes, length);
        return null;
      } catch (ImportProblem problem) {
        return problem;
      }
    }

    private void take(byte[] bytes, int length) {
      for (int i = 0; i < length; i++) {
        int c = bytes[i];
        if (c == 0) {
          // Another encoding than UTF-8, which no workbook program writes.
          throw new ImportProblem("workbook-damaged-at", file, part, rows + 1);
        }
        if (!within) {
          if (c == '<') {
            within = true;
            tagLength = 0;
            quote = 0;
            last = 0;
            lastButOne = 0;
          } else if (++text > LONGEST_TEXT) {
            throw new ImportProblem("workbook-cell-too-long", file, part, Math.max(rows, 1), cell);
          } else if (value) {
            number(c);
          }
        } else {
          inTag(c);
        }
      }
    }

    private void inTag(int c) {
      if (tagLength < KEPT) {
        tag[tagLength] = (byte) c;
      }
      tagLength++;
      if (tagLength == 3 && tag[0] == '!' && tag[1] == '-' && tag[2] == '-') {
        comment = true;
        c = 0;
      } else if (tagLength == 8 && startsWith("![CDATA[")) {
        characters = true;
        c = 0;
      }
      boolean ends;
      if (comment) {
        ends = c == '>' && last == '-' && lastButOne == '-';
      } else if (characters) {
        ends = c == '>' && last == ']' && lastButOne == ']';
      } else {
        if (quote == 0 ? c == '"' || c == '\'' : c == quote) {
          quote = quote == 0 ? c : 0;
        }
        ends = c == '>' && quote == 0;
        if (tagLength == 8 && startsWith("!DOCTYPE")) {
          throw new ImportProblem("workbook-doctype", file, part);
        }
      }
      lastButOne = last;
      last = c;
      if (tagLength > (characters ? LONGEST_TEXT : LONGEST_TAG)) {
        throw new ImportProblem("workbook-cell-too-long", file, part, Math.max(rows, 1), cell);
      }
      if (ends) {
        if (!comment && !characters) {
          over();
        } else if (characters && value) {
          string = NO_STRING;
        }
        within = false;
        comment = false;
        characters = false;
      }
    }

    private boolean startsWith(String word) {
      for (int i = 0; i < word.length(); i++) {
        if (tag[i] != word.charAt(i)) {
          return false;
        }
      }
      return true;
    }

    private void over() {
      String name = name();
      if (!whole) {
        text = 0;
      }
      switch (name) {
        case "row" -> {
          rows++;
          cells = 0;
        }
        case "c" -> {
          text = 0;
          whole = lastButOne != '/';
          cell = attribute("r");
          String type = attribute("t");
          if (tagLength > KEPT || cell.indexOf('&') >= 0 || type.indexOf('&') >= 0) {
            // No program writes one so; what it says could not be looked at before it is read.
            throw new ImportProblem("workbook-damaged-at", file, part, Math.max(rows, 1));
          }
          shared = type.equals("s");
          int letters = 0;
          int column = 0;
          while (letters < cell.length() && Character.isLetter(cell.charAt(letters))) {
            column = letters < 4 ? column * 26 + (cell.charAt(letters) & 31) : SHEET_COLUMNS + 1;
            letters++;
          }
          if (++cells > SHEET_COLUMNS
              || column > SHEET_COLUMNS
              || cell.length() - letters > SHEET_ROW_DIGITS) {
            throw new ImportProblem(
                "workbook-too-wide", file, part, Math.max(rows, 1), SHEET_COLUMNS);
          }
        }
        case "si" -> {
          strings++;
          text = 0;
          whole = lastButOne != '/';
        }
        case "f" -> {
          if (part.startsWith("xl/worksheets/")) {
            formulas++;
            if (firstFormula == null) {
              firstFormula = part.substring("xl/worksheets/".length()) + "!" + cell;
            }
          }
        }
        case "v" -> {
          value = shared && lastButOne != '/';
          string = 0;
        }
        case "/v" -> {
          if (value) {
            stringMeant();
          }
          value = false;
        }
        case "/c", "/si", "/row" -> whole = false;
        case "Override", "Default" -> {
          if (attribute("ContentType").contains("macroEnabled")) {
            throw new ImportProblem("workbook-macros", file, part);
          }
        }
        default -> {
          // Formatting within a cell or a string does not begin it anew.
        }
      }
    }

    /** The tag's name without its prefix; an end tag's begins with a slash. */
    private String name() {
      int from = 0;
      int to = 0;
      boolean end = tagLength > 0 && tag[0] == '/';
      if (end) {
        from = 1;
        to = 1;
      }
      while (to < Math.min(tagLength, KEPT)) {
        int c = tag[to];
        if (c == ':') {
          from = to + 1;
        } else if (c == '>' || c == '/' || c <= ' ') {
          break;
        }
        to++;
      }
      String name = new String(tag, from, to - from, StandardCharsets.ISO_8859_1);
      return end ? "/" + name : name;
    }

    /** An attribute of the tag as it is written, whatever stands in the values of others. */
    private String attribute(String name) {
      int end = Math.min(tagLength, KEPT);
      int at = 0;
      while (at < end && tag[at] > ' ') {
        at++;
      }
      while (at < end) {
        at = pastSpace(at, end);
        int from = at;
        while (at < end && tag[at] > ' ' && tag[at] != '=') {
          at++;
        }
        int to = at;
        at = pastSpace(at, end);
        if (at >= end || tag[at] != '=') {
          continue;
        }
        at = pastSpace(at + 1, end);
        if (at >= end || tag[at] != '"' && tag[at] != '\'') {
          return "";
        }
        int open = at++;
        while (at < end && tag[at] != tag[open]) {
          at++;
        }
        if (name.equals(new String(tag, from, to - from, StandardCharsets.ISO_8859_1))) {
          return new String(tag, open + 1, at - open - 1, StandardCharsets.ISO_8859_1);
        }
        at++;
      }
      return "";
    }

    private int pastSpace(int at, int end) {
      int past = at;
      while (past < end && tag[past] <= ' ') {
        past++;
      }
      return past;
    }

    /** What a cell of a shared string says is the string's number, in plain digits. */
    private void number(int c) {
      if (c >= '0' && c <= '9') {
        string = Math.min(string * 10 + c - '0', NO_STRING);
      } else if (c > ' ') {
        string = NO_STRING;
      }
    }

    private void stringMeant() {
      if (string > highestString) {
        highestString = string;
        highestStringPart = part;
        highestStringRow = Math.max(rows, 1);
      }
    }
  }
}
