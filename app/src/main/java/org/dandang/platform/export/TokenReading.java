package org.dandang.platform.export;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

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

  static Set<String> of(Path file) throws IOException {
    TokenReading reading = new TokenReading();
    reading.read(file, 0);
    return reading.found;
  }

  private void read(Path file, int depth) throws IOException {
    if (depth < DEEPEST && isZip(file)) {
      try (ZipFile zip = new ZipFile(file.toFile())) {
        for (ZipEntry part : Collections.list(zip.entries())) {
          part(zip, part, depth);
        }
        return;
      } catch (ZipException damaged) {
        // What is left of it is looked through as it stands.
      }
    }
    try (InputStream in = Files.newInputStream(file)) {
      scan(in);
    }
  }

  private void part(ZipFile zip, ZipEntry part, int depth) throws IOException {
    try (BufferedInputStream in = new BufferedInputStream(zip.getInputStream(part))) {
      in.mark(4);
      boolean inner = isZip(in.readNBytes(4));
      in.reset();
      if (!inner) {
        scan(in);
        return;
      }
      Path copy = Files.createTempFile("dandang-found", ".zip");
      try {
        try (OutputStream out = Files.newOutputStream(copy)) {
          counted(in, out);
        }
        read(copy, depth + 1);
      } finally {
        Files.delete(copy);
      }
    }
  }

  private void counted(InputStream in, OutputStream out) throws IOException {
    byte[] chunk = new byte[CHUNK];
    int length;
    while ((length = in.read(chunk)) >= 0) {
      count(length);
      out.write(chunk, 0, length);
    }
  }

  private void count(int length) throws IOException {
    unpacked += length;
    if (unpacked > MOST) {
      throw new IOException("it unpacks to more than " + (MOST >> 30) + " GiB");
    }
  }

  private static boolean isZip(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return isZip(in.readNBytes(4));
    }
  }

  private static boolean isZip(byte[] first) {
    return first.length == 4 && first[0] == 'P' && first[1] == 'K' && first[2] == 3;
  }

  private void scan(InputStream in) throws IOException {
    byte[] chunk = new byte[CHUNK];
    String before = "";
    int length;
    while ((length = in.read(chunk)) >= 0) {
      count(length);
      String text = before + new String(chunk, 0, length, StandardCharsets.ISO_8859_1);
      Matcher token = TOKEN.matcher(text);
      while (token.find()) {
        found.add(token.group());
      }
      before = text.substring(Math.max(0, text.length() - OVERLAP));
    }
  }
}
