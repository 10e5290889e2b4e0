package org.dandang;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Where texts stand in plain: every file of the tests' folder, that is of the server of the
 * database with its write-ahead log and its log and of the program, but not the files of other
 * tests' databases.
 */
public final class PlainText {
  private static final Path FOLDER = DandangTest.Server.FOLDER;

  private final Path databases = FOLDER.resolve("postgresql").resolve("base");
  private final Path own;

  /**
   * Over the files of one test's database.
   *
   * @param jdbc of the database whose files are searched
   */
  public PlainText(JdbcClient jdbc) {
    own =
        databases.resolve(
            jdbc.sql("select oid::text from pg_database where datname = current_database()")
                .query(String.class)
                .single());
    if (!Files.isDirectory(own)) {
      throw new IllegalStateException("no files of the database at " + own);
    }
  }

  /**
   * The files in which a text stands; what is in memory is written first. Found are texts as UTF-8,
   * both kinds of UTF-16, in hexadecimal digits and as Base64.
   */
  public Set<Path> filesWith(String... texts) {
    DandangTest.Server.checkpoint();
    List<String> wanted =
        Stream.of(texts)
            .flatMap(PlainText::bytes)
            .map(bytes -> new String(bytes, StandardCharsets.ISO_8859_1))
            .toList();
    Set<Path> found = new TreeSet<>();
    try {
      Files.walkFileTree(FOLDER, new Visitor(wanted, found));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found;
  }

  /** Whether one of some texts stands in a content in any of the ways looked for. */
  public static boolean stands(byte[] content, String... texts) {
    String searched = new String(content, StandardCharsets.ISO_8859_1);
    return Stream.of(texts)
        .flatMap(PlainText::bytes)
        .map(bytes -> new String(bytes, StandardCharsets.ISO_8859_1))
        .anyMatch(searched::contains);
  }

  /** A text as the rows of a dump may have it: itself, its bytes in hexadecimal digits, Base64. */
  public static Stream<String> forms(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    return Stream.of(
        text,
        HexFormat.of().formatHex(utf8),
        HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_16LE)),
        Base64.getEncoder().withoutPadding().encodeToString(utf8));
  }

  private static Stream<byte[]> bytes(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    return Stream.of(
        utf8,
        text.getBytes(StandardCharsets.UTF_16LE),
        text.getBytes(StandardCharsets.UTF_16BE),
        HexFormat.of().formatHex(utf8).getBytes(StandardCharsets.US_ASCII),
        Base64.getEncoder().withoutPadding().encode(utf8));
  }

  private final class Visitor extends SimpleFileVisitor<Path> {
    private final List<String> wanted;
    private final Set<Path> found;

    Visitor(List<String> wanted, Set<Path> found) {
      this.wanted = wanted;
      this.found = found;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      boolean anothers =
          folder.startsWith(databases) && !folder.equals(databases) && !folder.startsWith(own);
      boolean programs = folder.getFileName().toString().startsWith("programs-");
      return anothers || programs ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      try {
        String content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        if (wanted.stream().anyMatch(content::contains)) {
          found.add(file);
        }
      } catch (NoSuchFileException gone) {
        return FileVisitResult.CONTINUE;
      }
      return FileVisitResult.CONTINUE;
    }

    /** The database goes on working: what is gone holds nothing. */
    @Override
    public FileVisitResult visitFileFailed(Path file, IOException problem) throws IOException {
      if (problem instanceof NoSuchFileException) {
        return FileVisitResult.CONTINUE;
      }
      throw problem;
    }
  }
}
