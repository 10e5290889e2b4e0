package org.dandang.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where a restore goes when no folder is named. */
class RestoreCommandTests {
  private static final LocalDateTime NOW = LocalDateTime.of(2026, 11, 28, 9, 5);

  @TempDir Path place;

  @Test
  void theUsualFolderIsTakenWhereNothingIsInIt() throws IOException {
    Path usual = place.resolve("data");
    assertThat(RestoreCommand.beside(usual, NOW)).isEqualTo(usual);
    Files.createDirectory(usual);
    assertThat(RestoreCommand.beside(usual, NOW)).isEqualTo(usual);
  }

  @Test
  void nothingIsEverRestoredOverWhatIsThere() throws IOException {
    Path usual = Files.createDirectory(place.resolve("data"));
    Files.writeString(usual.resolve("key"), "00");
    Path first = RestoreCommand.beside(usual, NOW);
    assertThat(first).isEqualTo(place.resolve("data-restored-2026-11-28-0905"));
    Files.createDirectory(first);
    Files.writeString(first.resolve("key"), "00");
    assertThat(RestoreCommand.beside(usual, NOW))
        .isEqualTo(place.resolve("data-restored-2026-11-28-0905-2"));
    Path file = Files.writeString(place.resolve("file"), "no folder");
    assertThat(RestoreCommand.beside(file, NOW))
        .isEqualTo(place.resolve("file-restored-2026-11-28-0905"));
  }
}
