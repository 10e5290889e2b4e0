package org.dandang.official;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.web.multipart.MultipartFile;

/**
 * A file somebody sent from a page, copied to where long work can read it after the page is gone.
 * Closing it removes the copy, and the workbook of its refused rows unless an outcome has it.
 */
public final class SentFile implements AutoCloseable {
  private final String name;
  private final Path copy;
  private @Nullable Path refused;
  private boolean kept;

  private SentFile(String name, Path copy) {
    this.name = name;
    this.copy = copy;
  }

  /** Copies it; its folders on the sender's machine are no part of its name. */
  public static SentFile of(MultipartFile file) throws IOException {
    String given = file.getOriginalFilename() == null ? "" : file.getOriginalFilename();
    Path copy = Files.createTempFile("dandang-sent", ".part");
    try {
      file.transferTo(copy);
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(copy);
      throw e;
    }
    return new SentFile(given.substring(given.replace('\\', '/').lastIndexOf('/') + 1), copy);
  }

  public String name() {
    return name;
  }

  /** Where the copy is. */
  public Path path() {
    return copy;
  }

  /** To read it, in the sender's language, without a workbook of refused rows. */
  public ImportFile toRead(Locale language) {
    return ImportFile.of(name, () -> Files.newInputStream(copy)).in(language);
  }

  /** To take it in: with a workbook for refused rows, in the sender's language. */
  public ImportFile toTakeIn(Locale language) throws IOException {
    refused = Files.createTempFile("dandang-refused", ".xlsx");
    return toRead(language).refusedTo(refused, language);
  }

  /** Leaves the workbook to an outcome, where the outcome has it. */
  public <T extends FileOutcomes.Outcome> T keptBy(T outcome) {
    if (refused != null && outcome.workbooks().contains(refused)) {
      kept = true;
      refused.toFile().deleteOnExit();
    }
    return outcome;
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(copy);
    if (refused != null && !kept) {
      Files.deleteIfExists(refused);
    }
  }
}
