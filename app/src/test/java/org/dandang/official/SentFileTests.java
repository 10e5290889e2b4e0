package org.dandang.official;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockMultipartFile;

class SentFileTests {
  private record Ended(String owner, @Nullable Path refusedRows) implements FileOutcomes.Outcome {}

  private static SentFile sent(String name) throws IOException {
    return SentFile.of(
        new MockMultipartFile("file", name, null, "one".getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void itsNameHasNoFoldersOfTheSendersMachine() throws IOException {
    for (String name : new String[] {"a.csv", "C:\\papers\\a.csv", "/home/x/a.csv"}) {
      try (SentFile file = sent(name)) {
        assertThat(file.name()).isEqualTo("a.csv");
        assertThat(file.path()).hasContent("one");
      }
    }
  }

  @Test
  void nothingOfItStaysWhereNoOutcomeHasItsRefusedRows() throws IOException {
    SentFile file = sent("a.csv");
    Path workbook = Objects.requireNonNull(file.toTakeIn(Locale.ENGLISH).errors());
    assertThat(workbook).exists();
    file.keptBy(new Ended("officer", null));
    file.close();
    assertThat(file.path()).doesNotExist();
    assertThat(workbook).doesNotExist();
  }

  @Test
  void theRefusedRowsOfAnOutcomeStayWithIt() throws IOException {
    SentFile file = sent("a.csv");
    Path workbook = Objects.requireNonNull(file.toTakeIn(Locale.ENGLISH).errors());
    file.keptBy(new Ended("officer", workbook));
    file.close();
    assertThat(file.path()).doesNotExist();
    assertThat(workbook).exists();
    workbook.toFile().delete();
  }
}
