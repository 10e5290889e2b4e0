package org.dandang.policy.pack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

/** When a file of a pack is seen that somebody changed. */
class PacksTests {
  private static final String ID = "guizhou/front-line-priority";

  @TempDir Path folder;

  @BeforeEach
  void aPack() throws Exception {
    FileSystemUtils.copyRecursively(
        Path.of(System.getProperty("dandang.home", "..")).resolve("packs").resolve(ID),
        folder.resolve(ID));
  }

  private void retitled() throws Exception {
    Path words = folder.resolve(ID).resolve("messages.en.properties");
    Files.writeString(words, "# changed\n" + Files.readString(words));
  }

  private void another() throws Exception {
    FileSystemUtils.copyRecursively(folder.resolve(ID), folder.resolve("guizhou/another"));
  }

  @Test
  void aChangeIsSeenAtOnceWhereNothingIsTakenOnTrust() throws Exception {
    Packs packs = new Packs(folder);
    Pack before = packs.find(ID).orElseThrow();
    assertThat(packs.find(ID).orElseThrow()).as("nothing changed").isSameAs(before);
    retitled();
    another();
    assertThat(packs.find(ID).orElseThrow()).isNotSameAs(before);
    assertThat(packs.ids()).containsExactly("guizhou/another", ID);
  }

  @Test
  void aChangeIsSeenAfterTheMomentOrWhenTheProgramMadeIt() throws Exception {
    Packs packs = new Packs(folder, Duration.ofHours(1));
    Pack before = packs.find(ID).orElseThrow();
    assertThat(packs.ids()).containsExactly(ID);
    retitled();
    another();
    assertThat(packs.find(ID).orElseThrow()).isSameAs(before);
    assertThat(packs.ids()).containsExactly(ID);
    packs.lookAgain();
    assertThat(packs.find(ID).orElseThrow()).isNotSameAs(before);
    assertThat(packs.ids()).containsExactly("guizhou/another", ID);

    Packs brief = new Packs(folder, Duration.ofMillis(20));
    Pack read = brief.find(ID).orElseThrow();
    retitled();
    Thread.sleep(40);
    assertThat(brief.find(ID).orElseThrow()).isNotSameAs(read);
  }
}
