package org.dandang.protection.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.dandang.DandangTest;
import org.dandang.PlainText;
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
import org.springframework.jdbc.core.simple.JdbcClient;
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
  @Autowired JdbcClient jdbc;

  @Test
  void aReporterIsInNoFileOfTheDatabaseAndInNoLog(CapturedOutput output) {
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
    PlainText plainText = new PlainText(jdbc);
    assertThat(plainText.filesWith(reporter)).isEmpty();
    assertThat(output.getAll()).doesNotContain(reporter);
    assertThat(plainText.filesWith(control))
        .as("the same search finds what is not sealed")
        .isNotEmpty();
  }
}
