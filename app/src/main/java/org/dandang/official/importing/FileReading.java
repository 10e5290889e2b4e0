package org.dandang.official.importing;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.dandang.official.ImportCancelled;
import org.dandang.official.ImportFile;
import org.dandang.official.ImportProblem;
import org.dandang.official.Mapping;
import org.dandang.platform.jobs.Progress;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** Opens files of the kinds that can be taken in, and says clearly why one cannot be. */
@Component
class FileReading {
  private static final Charset GB18030 = Charset.forName("GB18030");
  private static final int BUFFER = 1 << 16;

  private final Limits limits;

  /**
   * @param inflated bytes a compressed file may hold
   * @param ratio how many times larger than its own size a file may be once it is large
   * @param ratioFrom bytes from which the ratio counts
   * @param sharedStrings bytes of a workbook's table of strings, which is kept in memory
   */
  record Limits(long inflated, long ratio, long ratioFrom, long sharedStrings) {
    static final Limits USUAL = new Limits(8L << 30, 200, 64L << 20, 128L << 20);
  }

  @Autowired
  FileReading() {
    this(Limits.USUAL);
  }

  FileReading(Limits limits) {
    this.limits = limits;
  }

  /**
   * Reads a file once from end to end.
   *
   * @throws ImportProblem when it cannot be read; the message names the file and, where it can, the
   *     line
   */
  Inspected inspect(ImportFile file, Progress progress) {
    MessageDigest digest = sha256();
    try (InputStream raw = file.content().open();
        CountingInput counted = new CountingInput(raw, digest);
        BufferedInputStream buffered = new BufferedInputStream(counted, BUFFER)) {
      buffered.mark(16);
      byte[] start = buffered.readNBytes(8);
      buffered.reset();
      Kind kind = kind(file.name(), start);
      return switch (kind) {
        case WORKBOOK -> workbook(file, buffered, digest, progress);
        case TEXT -> text(file, buffered, counted, digest, false, progress);
        case ZIPPED_TEXT -> text(file, buffered, counted, digest, true, progress);
      };
    } catch (NoSuchFileException e) {
      throw new ImportProblem("missing", file.name());
    } catch (IOException e) {
      throw new ImportProblem("unreadable", file.name(), String.valueOf(e.getMessage()));
    }
  }

  /** The rows of an inspected file, from its start. */
  Rows rows(Inspected inspected, @Nullable String sheet) throws IOException {
    String name = inspected.file().name();
    if (inspected.workbook() != null) {
      return new XlsxRows(name, inspected.workbook().toFile(), sheet);
    }
    InputStream raw = inspected.file().content().open();
    InputStream plain = inspected.zipped() ? new GZIPInputStream(raw, BUFFER) : raw;
    Reader reader =
        new InputStreamReader(
            plain,
            inspected
                .charset()
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT));
    return new CsvRows(name, reader, inspected.separator());
  }

  /** Which of some mappings has its columns in the file and uses most of them. */
  Mapping fitting(ImportFile file, List<MappingDefinition> mappings) {
    try (Inspected inspected = inspect(file, Progress.unwatched())) {
      List<Mapping> best = new ArrayList<>();
      int most = 0;
      for (MappingDefinition mapping : mappings) {
        try (RosterRows rows = new RosterRows(file.name(), rows(inspected, null), mapping)) {
          if (!rows.headerFits()) {
            rows.refuseGarbled();
            continue;
          }
          int used = rows.columns().used();
          if (used > most) {
            best.clear();
            most = used;
          }
          if (used == most) {
            best.add(mapping);
          }
        }
      }
      if (best.isEmpty()) {
        throw new ImportProblem("no-mapping-fits", file.name());
      }
      if (best.size() > 1) {
        throw new ImportProblem(
            "several-mappings-fit",
            file.name(),
            best.stream().map(Mapping::id).reduce((a, b) -> a + ", " + b).orElse(""));
      }
      return best.getFirst();
    } catch (IOException e) {
      throw new ImportProblem("unreadable", file.name(), String.valueOf(e.getMessage()));
    }
  }

  private enum Kind {
    TEXT,
    ZIPPED_TEXT,
    WORKBOOK
  }

  private static Kind kind(String name, byte[] start) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (start.length == 0) {
      throw new ImportProblem("empty", name);
    }
    if (starts(start, 0xd0, 0xcf, 0x11, 0xe0)) {
      throw new ImportProblem("old-workbook", name);
    }
    if (lower.matches(".*\\.(xlsm|xltm|xlam|xlsb)")) {
      throw new ImportProblem("workbook-macros", name, name);
    }
    boolean zip = starts(start, 'P', 'K', 3, 4);
    boolean gzip = starts(start, 0x1f, 0x8b);
    if (lower.endsWith(".xlsx")) {
      if (!zip) {
        throw new ImportProblem("not-a-workbook", name);
      }
      return Kind.WORKBOOK;
    }
    if (lower.endsWith(".csv.gz")) {
      if (!gzip) {
        throw new ImportProblem("not-gzip", name);
      }
      return Kind.ZIPPED_TEXT;
    }
    if (lower.endsWith(".csv")) {
      if (zip || gzip || starts(start, '%', 'P', 'D', 'F')) {
        throw new ImportProblem("not-text", name);
      }
      return Kind.TEXT;
    }
    throw new ImportProblem("unknown-kind", name);
  }

  private static boolean starts(byte[] bytes, int... with) {
    if (bytes.length < with.length) {
      return false;
    }
    for (int i = 0; i < with.length; i++) {
      if ((bytes[i] & 0xff) != with[i]) {
        return false;
      }
    }
    return true;
  }

  private Inspected text(
      ImportFile file,
      InputStream buffered,
      CountingInput counted,
      MessageDigest digest,
      boolean zipped,
      Progress progress)
      throws IOException {
    Utf8Check utf8 = new Utf8Check();
    byte[] first = new byte[0];
    byte[] bytes = new byte[BUFFER];
    long inflated = 0;
    try {
      InputStream plain = zipped ? new GZIPInputStream(buffered, BUFFER) : buffered;
      int length;
      while ((length = plain.read(bytes)) >= 0) {
        if (progress.cancelled()) {
          throw new ImportCancelled();
        }
        if (first.length == 0) {
          first = java.util.Arrays.copyOf(bytes, length);
        }
        inflated += length;
        guard(file.name(), inflated, zipped ? counted.count() : Long.MAX_VALUE);
        utf8.take(bytes, length);
      }
      buffered.transferTo(OutputStream.nullOutputStream());
    } catch (EOFException e) {
      throw new ImportProblem("cut-off", file.name(), utf8.lines() + 1);
    } catch (ZipException e) {
      throw new ImportProblem("gzip-damaged", file.name(), utf8.lines() + 1);
    }
    if (inflated == 0) {
      throw new ImportProblem("empty", file.name());
    }
    List<Inspected.Remark> remarks = new ArrayList<>();
    Charset charset = StandardCharsets.UTF_8;
    if (starts(first, 0xff, 0xfe) || starts(first, 0xfe, 0xff)) {
      charset = StandardCharsets.UTF_16;
      remarks.add(new Inspected.Remark("utf-16"));
    } else if (utf8.wrongLine() >= 0) {
      if (!chinese(file, zipped)) {
        throw new ImportProblem("encoding", file.name(), utf8.wrongLine());
      }
      charset = GB18030;
      remarks.add(new Inspected.Remark("gbk"));
    }
    if (charset != StandardCharsets.UTF_16) {
      for (byte b : first) {
        if (b == 0) {
          throw new ImportProblem("not-text", file.name());
        }
      }
    }
    return new Inspected(
        file,
        HexFormat.of().formatHex(digest.digest()),
        zipped,
        null,
        charset,
        separator(new String(first, charset)),
        utf8.lines(),
        List.copyOf(remarks));
  }

  /**
   * Whether the bytes are Chinese text in GBK. Nearly any bytes can be read that way; text is taken
   * for Chinese only when most of its characters are in everyday use.
   */
  private static boolean chinese(ImportFile file, boolean zipped) throws IOException {
    CharsetDecoder decoder =
        GB18030
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    long common = 0;
    long rare = 0;
    try (InputStream raw = file.content().open();
        InputStream plain = zipped ? new GZIPInputStream(raw, BUFFER) : raw) {
      ByteBuffer in = ByteBuffer.allocate(BUFFER);
      CharBuffer out = CharBuffer.allocate(BUFFER);
      boolean end = false;
      while (!end) {
        int length = plain.read(in.array(), in.position(), in.remaining());
        end = length < 0;
        in.position(in.position() + Math.max(length, 0)).flip();
        CoderResult result = decoder.decode(in, out, end);
        if (result.isError()) {
          return false;
        }
        in.compact();
        out.flip();
        while (out.hasRemaining()) {
          char c = out.get();
          if (c >= 128) {
            if (c >= 0x4e00 && c <= 0x9fff && GB2312.canEncode(c)
                || c >= 0x3000 && c <= 0x303f
                || c >= 0xff00 && c <= 0xffef
                || c == '·') {
              common++;
            } else {
              rare++;
            }
          }
        }
        out.clear();
      }
    }
    return common >= 4 * rare && common > 0;
  }

  private static final class GB2312 {
    private static final Charset CHARSET = Charset.forName("GB2312");
    private static final ThreadLocal<java.nio.charset.CharsetEncoder> ENCODER =
        ThreadLocal.withInitial(CHARSET::newEncoder);

    static boolean canEncode(char c) {
      return ENCODER.get().canEncode(c);
    }
  }

  private static char separator(String start) {
    int commas = 0;
    int tabs = 0;
    int semicolons = 0;
    boolean quoted = false;
    boolean seen = false;
    for (int i = 0; i < start.length(); i++) {
      char c = start.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (!quoted) {
        switch (c) {
          case ',' -> commas++;
          case '\t' -> tabs++;
          case ';' -> semicolons++;
          case '\n', '\r' -> {
            if (seen) {
              i = start.length();
            }
          }
          default -> seen = true;
        }
      }
    }
    return tabs > commas && tabs >= semicolons ? '\t' : semicolons > commas ? ';' : ',';
  }

  private Inspected workbook(
      ImportFile file, InputStream content, MessageDigest digest, Progress progress)
      throws IOException {
    Path copy = Files.createTempFile("dandang-import", ".xlsx");
    boolean kept = false;
    try {
      try (OutputStream out = Files.newOutputStream(copy)) {
        content.transferTo(out);
      }
      WorkbookParts parts = WorkbookParts.looked(file.name(), copy, limits, progress);
      kept = true;
      return new Inspected(
          file,
          HexFormat.of().formatHex(digest.digest()),
          false,
          copy,
          StandardCharsets.UTF_8,
          ',',
          parts.rows(),
          parts.firstFormula() == null
              ? List.of()
              : List.of(
                  new Inspected.Remark(
                      "formulas", "%,d".formatted(parts.formulas()), parts.firstFormula())));
    } finally {
      if (!kept) {
        Files.deleteIfExists(copy);
      }
    }
  }

  private void guard(String name, long inflated, long size) {
    guard(limits, name, inflated, size);
  }

  /**
   * @param size of the file itself, or of what was read of it so far
   * @throws ImportProblem where what came out of it is more than is plausible
   */
  static void guard(Limits limits, String name, long inflated, long size) {
    if (inflated > limits.inflated()) {
      throw new ImportProblem("inflates-too-far", name, limits.inflated() >> 20);
    }
    if (inflated > limits.ratioFrom()
        && size != Long.MAX_VALUE
        && inflated / Math.max(size, 1) > limits.ratio()) {
      throw new ImportProblem("inflates-too-far", name, limits.ratioFrom() >> 20);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static final class CountingInput extends DigestInputStream {
    private long count;

    CountingInput(InputStream in, MessageDigest digest) {
      super(in, digest);
    }

    long count() {
      return count;
    }

    @Override
    public int read() throws IOException {
      int value = super.read();
      count += value >= 0 ? 1 : 0;
      return value;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int read = super.read(bytes, offset, length);
      count += Math.max(read, 0);
      return read;
    }
  }

  /** Whether reading failed because characters do not fit the encoding. */
  static boolean isEncoding(IOException e) {
    return e instanceof CharacterCodingException;
  }
}
