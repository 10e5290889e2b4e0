package org.dandang.platform.export;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipInputStream;

/** Finds tokens in a file of any kind; in documents, workbooks and zips also inside their parts. */
final class TokenReading {
  static final Pattern TOKEN = Pattern.compile("dx1\\.[A-Za-z0-9_-]{32,200}\\.[A-Za-z0-9_-]{22}");

  /** Zips within zips: a zip of documents is two deep. */
  private static final int DEEPEST = 3;

  /** Bytes unpacked at most: what is packed to harm ends here. */
  private static final long MOST = 2L << 30;

  private static final int CHUNK = 1 << 16;
  private static final int OVERLAP = 256;

  private final Set<String> found = new LinkedHashSet<>();
  private long unpacked;

  private TokenReading() {}

  static Set<String> of(InputStream file) throws IOException {
    TokenReading reading = new TokenReading();
    reading.read(new BufferedInputStream(file), 0);
    return reading.found;
  }

  private void read(BufferedInputStream in, int depth) throws IOException {
    in.mark(4);
    byte[] first = in.readNBytes(4);
    in.reset();
    boolean zip = first.length == 4 && first[0] == 'P' && first[1] == 'K' && first[2] == 3;
    if (zip && depth < DEEPEST) {
      ZipInputStream parts = new ZipInputStream(in, StandardCharsets.UTF_8);
      while (parts.getNextEntry() != null) {
        read(new BufferedInputStream(parts), depth + 1);
      }
    } else {
      scan(in);
    }
  }

  private void scan(InputStream in) throws IOException {
    byte[] chunk = new byte[CHUNK];
    String before = "";
    int length;
    while ((length = in.read(chunk)) >= 0) {
      unpacked += length;
      if (unpacked > MOST) {
        throw new IOException("it unpacks to more than " + (MOST >> 30) + " GiB");
      }
      String text = before + new String(chunk, 0, length, StandardCharsets.ISO_8859_1);
      Matcher token = TOKEN.matcher(text);
      while (token.find()) {
        found.add(token.group());
      }
      before = text.substring(Math.max(0, text.length() - OVERLAP));
    }
  }
}
