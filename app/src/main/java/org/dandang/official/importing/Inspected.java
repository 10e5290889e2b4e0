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
 * @param remarks message keys of what was noticed
 */
record Inspected(
    ImportFile file,
    String sha256,
    boolean zipped,
    @Nullable Path workbook,
    Charset charset,
    char separator,
    long rows,
    List<String> remarks)
    implements AutoCloseable {
  @Override
  public void close() throws IOException {
    if (workbook != null) {
      Files.deleteIfExists(workbook);
    }
  }
}
