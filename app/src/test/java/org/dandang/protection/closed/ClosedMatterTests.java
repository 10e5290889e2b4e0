package org.dandang.protection.closed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.dandang.DandangTest;
import org.dandang.official.ImportCancelled;
import org.dandang.official.ImportFile;
import org.dandang.official.ImportProblem;
import org.dandang.platform.access.Role;
import org.dandang.platform.jobs.Progress;
import org.dandang.platform.procedure.Desk;
import org.dandang.platform.storage.Sights;
import org.dandang.policy.pack.Finding;
import org.dandang.policy.pack.Packs;
import org.dandang.protection.MatterImport;
import org.dandang.protection.MatterOutcome;
import org.dandang.protection.RecordsCheck;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;

/**
 * Small invented files of closed matters, right and wrong in every way, read by the pack at hand.
 */
@DandangTest
@Import(Desk.Surroundings.class)
@TestPropertySource(properties = "dandang.test.database=closed-matters")
class ClosedMatterTests {
  private static final String PACK = "chicago/complaints";
  private static final String HEAD =
      "cr_id,case_type,incident_date,complaint_date,closed_date,investigating_agency,complainant_type\n";
  private static final String ACCUSED_HEAD =
      "cr_id,uid,gender,birth_year,appointed_date,assigned_unit,assigned_rank,complaint_code,allegation_category,final_finding,final_penalty\n";

  @Autowired ApplicationContext context;
  @Autowired MatterImport imports;
  @Autowired Packs packs;
  @Autowired MessageSource messages;
  @Autowired JdbcClient jdbc;
  @TempDir Path folder;

  private Desk desk;
  private SomePolice police;

  @BeforeEach
  void office() {
    desk = new Desk(context);
    desk.time.moveTo(LocalDate.of(2020, 6, 1));
    police = new SomePolice(jdbc);
    police.forgetMatters();
    police.person("A");
    police.person("B");
  }

  private ImportFile csv(String name, String text) {
    return bytes(name, text.getBytes(StandardCharsets.UTF_8));
  }

  private ImportFile bytes(String name, byte[] content) {
    return ImportFile.of(name + ".csv", () -> new ByteArrayInputStream(content))
        .refusedTo(folder.resolve(name + "-refused.xlsx"), Locale.ENGLISH);
  }

  private List<MatterOutcome> take(@Nullable String matters, @Nullable String accused) {
    return imports.take(
        PACK,
        matters == null ? null : csv("matters", HEAD + matters),
        accused == null ? null : csv("accused", ACCUSED_HEAD + accused),
        "tester",
        false,
        Progress.unwatched());
  }

  private long count(String from) {
    return jdbc.sql("select count(*) from " + from).query(Long.class).single();
  }

  private List<String> lines(String query) {
    return jdbc.sql(query).query(String.class).list();
  }

  private List<String> reasons(String name) throws IOException {
    try (ReadableWorkbook workbook =
            new ReadableWorkbook(folder.resolve(name + "-refused.xlsx").toFile());
        var rows = workbook.getFirstSheet().openStream()) {
      return rows.skip(1)
          .map(row -> row.getCellText(0) + ": " + row.getCellText(row.getCellCount() - 1))
          .toList();
    }
  }

  @Test
  void refusesRowsThatCannotBeSoWithTheReasonAndTakesTheOthers() throws IOException {
    List<MatterOutcome> outcomes =
        take(
            """
            1,Complaint,2004-05-01,2004-05-02,2005-01-31,COPA,Civilian
            2,Complaint,,2004-02-30,2005-01-31,COPA,Civilian
            3,Complaint,,2004-05-02,,COPA,Civilian
            4,Complaint,,2004-05-02,2004-05-01,COPA,Civilian
            5,Complaint,,2004-05-02,2021-01-01,COPA,Civilian
            1,Complaint,2004-05-01,2004-05-02,2005-01-31,COPA,Civilian
            1,Complaint,2004-05-01,2004-05-03,2005-01-31,COPA,Civilian
            ,Complaint,,2004-05-02,2005-01-31,COPA,Civilian
            9,Complaint,,1998-05-02,1999-01-31,COPA,Civilian
            """,
            """
            1,A,MALE,1970,1999-01-01,3.0,PO,05A,Force,Not Sustained ,
            1,,,,,,,05A,Force,GUILTY,
            1,A,MALE,1970,1999-01-01,3.0,PO,05B,Abuse,sustained,999 - FINE
            77,A,MALE,1970,1999-01-01,3.0,PO,05B,Abuse,SUSTAINED,
            """);
    MatterOutcome matters = outcomes.get(0);
    assertThat(matters.read()).isEqualTo(9);
    assertThat(matters.stored()).isEqualTo(1);
    assertThat(matters.unchanged()).isEqualTo(1);
    assertThat(matters.refusedByReason())
        .containsOnly(
            java.util.Map.entry("no-such-day", 1L),
            java.util.Map.entry("not-closed", 1L),
            java.util.Map.entry("closed-before", 1L),
            java.util.Map.entry("later", 1L),
            java.util.Map.entry("repeated", 1L),
            java.util.Map.entry("missing", 1L),
            java.util.Map.entry("not-in-force", 1L));
    assertThat(reasons("matters"))
        .hasSize(7)
        .anyMatch(one -> one.startsWith("2:") && one.contains("\"2004-02-30\" is no date"))
        .anyMatch(one -> one.startsWith("1:") && one.contains("Line 2 has the same number"));
    MatterOutcome accused = outcomes.get(1);
    assertThat(accused.stored()).isEqualTo(1);
    assertThat(accused.refusedByReason())
        .containsOnly(
            java.util.Map.entry("finding-not-listed", 1L),
            java.util.Map.entry("penalty-not-listed", 1L),
            java.util.Map.entry("no-such-matter", 1L));
    assertThat(reasons("accused")).anyMatch(one -> one.contains("the finding \"GUILTY\""));
    assertThat(lines("select state || ' ' || closed_on || ' ' || channel from protection.lead"))
        .containsExactly("closed 2005-01-31 import");
    assertThat(
            lines(
                "select finding || ' ' || outcome || ' ' || unit_code from protection.allegation"))
        .containsExactly("NOT SUSTAINED unproven 3");
    assertThat(
            lines("select made::text from protection.matter_import where part = 'accused'")
                .getFirst())
        .contains("\"allegations\": 1");
    assertThat(lines("select title || content || round from protection.lead").getFirst())
        .as("who complained is not taken")
        .doesNotContain("Civilian");
  }

  @Test
  void aFileThatCannotBeReadLeavesNothingNotEvenTheOtherFile() {
    String matters = "1,Complaint,,2004-05-02,2005-01-31,COPA,Civilian\n";
    assertThatThrownBy(
            () ->
                imports.take(
                    PACK,
                    csv("matters", HEAD + matters),
                    csv("accused", ACCUSED_HEAD.replace("final_finding,", "") + "1,A,,,,,,,,\n"),
                    "tester",
                    false,
                    Progress.unwatched()))
        .isInstanceOfSatisfying(
            ImportProblem.class,
            problem ->
                assertThat(problem.in(Locale.ENGLISH, messages))
                    .contains("accused.csv", "line 1", "final_finding"));
    byte[] latin =
        (HEAD + "1,Caf\u00e9,,2004-05-02,2005-01-31,COPA,\n").getBytes(StandardCharsets.ISO_8859_1);
    assertThatThrownBy(
            () ->
                imports.take(
                    PACK, bytes("matters", latin), null, "tester", false, Progress.unwatched()))
        .isInstanceOfSatisfying(
            ImportProblem.class,
            problem ->
                assertThat(problem.in(Locale.ENGLISH, messages)).contains("matters.csv", "line 2"));
    assertThatThrownBy(
            () ->
                imports.take(
                    "national/sanctions",
                    csv("matters", HEAD + matters),
                    null,
                    "tester",
                    false,
                    Progress.unwatched()))
        .isInstanceOfSatisfying(
            ImportProblem.class,
            problem -> assertThat(problem.in(Locale.ENGLISH, messages)).contains(PACK));
    assertThat(count("protection.lead")).isZero();
    assertThat(count("protection.matter_import")).isZero();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void stoppedInTheMiddleNothingIsStored() {
    AtomicInteger asked = new AtomicInteger();
    Progress impatient =
        new Progress() {
          @Override
          public void at(String step, long done, long total) {}

          @Override
          public boolean cancelled() {
            return asked.incrementAndGet() > 4;
          }
        };
    assertThatThrownBy(
            () ->
                imports.take(
                    PACK,
                    csv("matters", HEAD + "1,C,,2004-05-02,2005-01-31,COPA,\n".repeat(20)),
                    null,
                    "tester",
                    false,
                    impatient))
        .isInstanceOf(ImportCancelled.class);
    assertThat(count("protection.lead")).isZero();
  }

  @Test
  void severalAccusationsOfOnePersonComeToTheGravestAndOnlyWhoIsClearOfAllIsACandidate() {
    take(
        """
        1,Complaint,,2004-05-02,2005-01-31,COPA,
        2,Complaint,,2004-05-02,2005-02-28,COPA,
        3,Complaint,,2004-05-02,2005-03-31,COPA,
        """,
        """
        1,A,,,,3,PO,05A,Force,UNFOUNDED,
        1,A,,,,3,PO,05B,Abuse,EXONERATED,
        1,B,,,,3,PO,05A,Force,UNFOUNDED,
        1,B,,,,3,PO,05B,Abuse,,
        2,A,,,,3,PO,05A,Force,UNFOUNDED,
        2,A,,,,3,PO,05B,Abuse,SUSTAINED,100 - REPRIMAND
        3,A,,,,3,PO,05A,Force,UNFOUNDED,
        3,,,,,,,05A,Force,UNFOUNDED,
        3,,,,,,,05A,Force,UNFOUNDED,
        """);
    assertThat(
            lines(
                """
                select l.reference || ' ' || p.name || ' ' || coalesce(p.outcome, '-') from protection.lead_person p
                  join protection.lead l on l.id = p.lead_id order by 1
                """))
        .containsExactly(
            "1 A exonerated", "1 B -", "2 A breach", "3 A unfounded", "3 not named unfounded");
    assertThat(lines("select outcome from protection.unfounded_report order by 1"))
        .containsExactly("exonerated", "unfounded");
    assertThat(count("protection.allegation where who like 'like%'")).isEqualTo(2);
    assertThat(count("protection.clarification")).isZero();
  }

  @Test
  void penaltiesOfBreachesBecomeMeasuresOnceAMatterAndTakenTwiceNothingIsDoubled() {
    String matters =
        """
        1,Complaint,,2004-05-02,2005-01-31,COPA,
        2,Complaint,,2004-05-02,2006-01-31,COPA,
        """;
    String accused =
        """
        1,A,,,,3,PO,05A,Force,SUSTAINED,010 - 10 SUSPENSION
        1,A,,,,3,PO,05B,Abuse,SUSTAINED,010 - 10 DAY SUSPENSION
        1,B,,,,3,PO,05B,Abuse,NOT SUSTAINED,100 - REPRIMAND
        2,A,,,,3,PO,05B,Abuse,SUSTAINED,100 - REPRIMAND
        2,X,,,,3,PO,05B,Abuse,SUSTAINED,100 - REPRIMAND
        2,B,,,,3,PO,05B,Abuse,SUSTAINED,600 - NO ACTION TAKEN
        """;
    MatterOutcome outcome = take(matters, accused).get(1);
    assertThat(outcome.made())
        .containsEntry("sanctions", 2L)
        .containsEntry("penalties-entered", 3L)
        .containsEntry("penalties-without-breach", 1L)
        .containsEntry("penalties-of-unknown", 1L)
        .containsEntry("penalties-without-measure", 1L);
    // 24 months from the end of January 2005, a year added to what was left on 31 January 2006.
    assertThat(
            lines(
                "select effect || ' ' || until from protection.impact_on(date '2006-02-01') where"
                    + " official_id = "
                    + police.person("A")))
        .containsExactly("no-promotion 2008-01-31");
    assertThat(
            count("platform.ledger_entry where action = 'sanctions-imported' and actor = 'tester'"))
        .isPositive();

    MatterOutcome again = take(matters, accused).get(1);
    assertThat(again.stored()).isZero();
    assertThat(again.unchanged()).isEqualTo(6);
    assertThat(count("protection.sanction")).isEqualTo(2);

    // Whom nobody knew is put on record later: the same file then links and enters.
    police.person("X");
    MatterOutcome known = take(null, accused).get(0);
    assertThat(known.stored()).isEqualTo(1);
    assertThat(known.made()).containsEntry("persons-linked", 1L).containsEntry("sanctions", 1L);
    assertThat(count("protection.sanction")).isEqualTo(3);
    jdbc.sql(
            """
            delete from official.known_as where key = 'X'
            """)
        .update();
  }

  @Test
  void aClosedMatterIsNotChangedByAnotherFile() {
    take("1,Complaint,,2004-05-02,2005-01-31,COPA,\n", null);
    MatterOutcome other = take("1,Complaint,,2004-05-02,2005-02-28,COPA,\n", null).getFirst();
    assertThat(other.refusedByReason()).containsOnlyKeys("on-record-otherwise");
    assertThat(lines("select closed_on::text from protection.lead")).containsExactly("2005-01-31");
  }

  @Test
  void whoIsAccusedAndWhoKeepsAwayDoNotSeeTheMatterAndOthersSeeItWithinTheirUnits() {
    desk.account("closed-officer", Role.PERSONNEL_OFFICER, police.unit());
    desk.account(
        "closed-elsewhere", Role.PERSONNEL_OFFICER, desk.unit("closed-other", "county", null));
    take(
        "1,Complaint,,2004-05-02,2005-01-31,COPA,\n2,Complaint,,2004-05-02,2005-01-31,COPA,\n",
        "1,A,,,,3,PO,05A,Force,UNFOUNDED,\n2,B,,,,3,PO,05A,Force,UNFOUNDED,\n");
    String query = "select count(*) from protection.allegation";
    ClosedMatters closed = context.getBean(ClosedMatters.class);
    assertThat(
            Sights.as(
                closed.sight(desk.as("closed-officer")),
                () -> jdbc.sql(query).query(Long.class).single()))
        .isEqualTo(2);
    assertThat(
            Sights.as(
                closed.sight(desk.as("closed-elsewhere")),
                () -> jdbc.sql(query).query(Long.class).single()))
        .isZero();
  }

  @Test
  void aPackThatSaysItWrongIsToldWhere() throws IOException {
    Path root = Files.createDirectories(folder.resolve("packs"));
    Path pack = Files.createDirectories(root.resolve("place/files"));
    Path good = packs.root().resolve(PACK);
    try (var files = Files.list(good)) {
      for (Path file : files.toList()) {
        Files.copy(file, pack.resolve(file.getFileName()));
      }
    }
    Files.writeString(
        pack.resolve("pack.yaml"),
        Files.readString(pack.resolve("pack.yaml")).replace(PACK, "place/files"));
    assertThat(RecordsCheck.check(new Packs(root).find("place/files").orElseThrow())).isEmpty();
    String records = Files.readString(pack.resolve("records.yaml"));
    Files.writeString(
        pack.resolve("records.yaml"),
        records
            .replace("UNFOUNDED: unfounded", "UNFOUNDED: innocent")
            .replace("  official: {headers: [uid]}\n", "")
            .replace("measure: sanction-reprimand}", "measure: sanction-fine}"));
    assertThat(
            RecordsCheck.check(new Packs(root).find("place/files").orElseThrow()).stream()
                .filter(Finding::isError)
                .map(finding -> finding.text(Locale.ENGLISH))
                .toList())
        .hasSize(3)
        .anyMatch(text -> text.contains("records.yaml") && text.contains("innocent"))
        .anyMatch(text -> text.contains("official"))
        .anyMatch(text -> text.contains("sanction-fine"));
  }
}
