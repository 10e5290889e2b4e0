package org.dandang.official.importing;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.dandang.official.ImportFile;
import org.jspecify.annotations.Nullable;

/**
 * A file that was read once from end to end: it can be inflated, is not too large and is text in a
 * known encoding or a workbook.
 *
 * @param workbook a copy on disk; null for text
 * @param rows line ends or rows seen, for progress only
 * @param remarks what was noticed
 */
record Inspected(
    ImportFile file,
    String sha256,
    boolean zipped,
    @Nullable Path workbook,
    Charset charset,
    char separator,
    long rows,
    List<Remark> remarks)
    implements AutoCloseable {

  /**
   * Something the person who takes the file in should know.
   *
   * @param key last part of the message key {@code importing.remark.*}
   * @param details what the message names after the file
   */
  record Remark(String key, List<String> details) {
    Remark(String key, String... details) {
      this(key, List.of(details));
    }
  }

  @Override
  public void close() throws IOException {
    if (workbook != null) {
      Files.deleteIfExists(workbook);
    }
  }
}
