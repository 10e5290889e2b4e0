package org.dandang.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Packs are named by id, by folder, or by a folder of several. */
class PackOptionsTests {
  @TempDir Path own;
  @TempDir Path elsewhere;

  private final PackOptions options = new PackOptions();

  @BeforeEach
  void packs() throws IOException {
    for (String id : List.of("here/one", "here/two", "there/three")) {
      Files.createFile(Files.createDirectories(own.resolve(id)).resolve("pack.yaml"));
    }
    Files.createFile(Files.createDirectories(elsewhere.resolve("far/four")).resolve("pack.yaml"));
    options.folder = own;
  }

  private List<String> ids(String... names) {
    return options.chosen(List.of(names)).ids();
  }

  @Test
  void withoutANameItIsAll() {
    assertThat(ids()).containsExactly("here/one", "here/two", "there/three");
  }

  @Test
  void idsAndFoldersMayBeMixed() {
    assertThat(ids("there/three", own.resolve("here").toString()))
        .containsExactly("there/three", "here/one", "here/two");
    assertThat(ids(own.resolve("here/two").toString())).containsExactly("here/two");
    assertThat(ids(own.toString())).hasSize(3);
  }

  @Test
  void aFolderElsewhereIsItsOwn() {
    assertThat(ids(elsewhere.toString())).containsExactly("far/four");
    PackOptions.Chosen one = options.chosen(List.of(elsewhere.resolve("far/four").toString()));
    assertThat(one.ids()).containsExactly("far/four");
    assertThat(one.packs().root()).isEqualTo(elsewhere.toAbsolutePath().normalize());
  }

  @Test
  void whatIsNoFolderIsAnId() {
    assertThat(ids("nowhere/none")).containsExactly("nowhere/none");
  }
}
