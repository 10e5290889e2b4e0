package org.dandang.protection.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.dandang.DandangTest;
import org.dandang.platform.access.Role;
import org.dandang.platform.custody.Custodians;
import org.dandang.platform.procedure.Desk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestPropertySource;

/** Who reported a lead stands in plain in no file of the database and no log. */
@DandangTest
@Import(Desk.Surroundings.class)
@ExtendWith(OutputCaptureExtension.class)
@TestPropertySource(properties = {"dandang.custody.memory=64", "dandang.custody.rounds=1"})
class LeadCanaryTests {
  @Autowired ApplicationContext context;
  @Autowired Intake intake;
  @Autowired Custodians custodians;

  @Test
  void aReporterIsInNoFileOfTheDatabaseAndInNoLog(CapturedOutput output) throws IOException {
    Desk desk = new Desk(context);
    long unit = desk.unit("canary-county", "county", null);
    desk.account("canary-petition", Role.PETITION_OFFICER, unit);
    for (String name : List.of("canary-1", "canary-2", "canary-3")) {
      desk.account(name, Role.CUSTODIAN, null);
      custodians.enrol(desk.as(name), "the words of " + name);
    }
    String reporter = "canary-reporter-" + UUID.randomUUID();
    String control = "canary-control-" + UUID.randomUUID();
    intake.take(
        UUID.randomUUID(),
        new NewLead(
            Source.PETITION,
            "",
            "",
            "标题",
            control,
            LocalDate.of(2026, 5, 20),
            unit,
            "general",
            "slight",
            false,
            reporter,
            "national/lead-closing",
            List.of(new NewLead.Named("某甲", "", ""))),
        "form",
        desk.as("canary-petition"));
    DandangTest.Server.checkpoint();
    assertThat(filesWith(reporter)).isEmpty();
    assertThat(output.getAll()).doesNotContain(reporter);
    assertThat(filesWith(control)).as("the same search finds what is not sealed").isNotEmpty();
  }

  private static List<Path> filesWith(String text) throws IOException {
    String wanted = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    List<Path> found = new ArrayList<>();
    Files.walkFileTree(
        DandangTest.Server.FOLDER,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (!file.toString().contains("programs-")) {
              try {
                if (new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)
                    .contains(wanted)) {
                  found.add(file);
                }
              } catch (NoSuchFileException gone) {
                return FileVisitResult.CONTINUE;
              }
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException problem) {
            return FileVisitResult.CONTINUE;
          }
        });
    return found;
  }
}
