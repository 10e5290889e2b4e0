package org.dandang.official;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Map;
import org.dandang.DandangTest;
import org.dandang.official.form.AppointmentForm;
import org.dandang.official.form.FormElement;
import org.dandang.official.form.Forms;
import org.dandang.official.form.LrmxReader;
import org.dandang.official.form.LrmxWriter;
import org.dandang.official.register.Field;
import org.dandang.official.register.FieldValue;
import org.dandang.official.register.Register;
import org.dandang.official.register.RegisterRow;
import org.dandang.platform.jobs.Progress;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;

/** What a person records, corrects and withdraws, and the form that is made of it. */
@DandangTest
@TestPropertySource(properties = "dandang.test.database=records")
class RecordTests {
  private static final LocalDate DAY = LocalDate.of(2026, 11, 23);

  @Autowired FormImport forms;
  @Autowired Officials officials;
  @Autowired Registers registers;
  @Autowired Correcting correcting;
  @Autowired FormComposing composing;
  @Autowired Settling settling;
  @Autowired JdbcClient jdbc;
  @TempDir Path folder;
  private long official;

  @BeforeEach
  void aPersonFromAForm() throws IOException {
    jdbc.sql("truncate official.official, official.import, organisation.unit cascade").update();
    Path file = folder.resolve("one.lrmx");
    Files.write(file, Forms.usual().with("XinYuanSu", "未知").bytes());
    forms.take(file, "one.lrmx", "tester", false, Progress.unwatched());
    official = jdbc.sql("select id from official.official").query(Long.class).single();
  }

  private Dossier now() {
    return officials.find(official, Registers.Known.NOW).orElseThrow();
  }

  private static Correcting.Outcome.Done done(Correcting.Outcome outcome) {
    assertThat(outcome).isInstanceOf(Correcting.Outcome.Done.class);
    return (Correcting.Outcome.Done) outcome;
  }

  @Test
  void aCorrectionSupersedesAndBothRemain() {
    RegisterRow grade =
        now().rowsOf(Register.ANNUAL_GRADE).stream()
            .filter(row -> row.text(Field.ANNUAL_GRADE_YEAR).equals("2021"))
            .findFirst()
            .orElseThrow();
    done(
        correcting.record(
            official,
            Register.ANNUAL_GRADE,
            grade.id(),
            Map.of(Field.ANNUAL_GRADE_GRADE, "优秀"),
            null,
            "the register of grades says so",
            "tester"));
    assertThat(now().rowsOf(Register.ANNUAL_GRADE))
        .hasSize(3)
        .anySatisfy(
            row -> {
              assertThat(row.text(Field.ANNUAL_GRADE_YEAR)).isEqualTo("2021");
              assertThat(row.text(Field.ANNUAL_GRADE_GRADE)).isEqualTo("outstanding");
            });
    assertThat(registers.rows(official, Register.ANNUAL_GRADE, new Registers.Known(true, null)))
        .hasSize(4);
    assertThat(
            jdbc.sql(
                    "select count(*) from platform.ledger_entry where action = 'fact-corrected' and detail ->> 'reason' = 'the register of grades says so'")
                .query(Long.class)
                .single())
        .isPositive();
  }

  @Test
  void whatWasKnownBeforeACorrectionCanBeSeenAsItWas() {
    OffsetDateTime before =
        jdbc.sql("select clock_timestamp()").query(OffsetDateTime.class).single();
    RegisterRow penalty = now().rowsOf(Register.PENALTY).getFirst();
    done(correcting.withdraw(official, Register.PENALTY, penalty.id(), "revoked", "tester"));
    assertThat(now().rowsOf(Register.PENALTY)).isEmpty();
    Dossier then = officials.find(official, new Registers.Known(false, before)).orElseThrow();
    assertThat(then.rowsOf(Register.PENALTY))
        .extracting(RegisterRow::id)
        .containsExactly(penalty.id());
  }

  @Test
  void onlyTheFirstOfTwoCorrectionsOfOneRowCounts() {
    RegisterRow award = now().rowsOf(Register.AWARD).getFirst();
    Map<Field, String> change = Map.of(Field.AWARD_KIND, "先进工作者");
    done(correcting.record(official, Register.AWARD, award.id(), change, null, "one", "tester"));
    assertThat(
            correcting.record(official, Register.AWARD, award.id(), change, null, "two", "tester"))
        .isInstanceOf(Correcting.Outcome.Gone.class);
    assertThat(now().rowsOf(Register.AWARD)).hasSize(1);
  }

  @Test
  void valuesThatCannotBeStoredAreNamedAndNothingChanges() {
    Correcting.Outcome outcome =
        correcting.record(
            official,
            Register.POSTING,
            null,
            Map.of(Field.POSTING_STARTS_ON, "2021.13", Field.POSTING_KIND, "no such"),
            null,
            "reason",
            "tester");
    assertThat(outcome).isInstanceOf(Correcting.Outcome.Wrong.class);
    assertThat(((Correcting.Outcome.Wrong) outcome).fields())
        .containsEntry(Field.POSTING_STARTS_ON, new FieldValue.Wrong("not-a-date", "2021.13"))
        .containsKeys(Field.POSTING_KIND, Field.POSTING_UNIT_ID);
    assertThat(now().postings()).hasSize(6);
  }

  @Test
  void aMonthStaysAMonth() {
    done(
        correcting.record(
            official,
            Register.POSTING,
            null,
            Map.of(
                Field.POSTING_UNIT_TEXT, "白河市财政局",
                Field.POSTING_POST, "副局长",
                Field.POSTING_KIND, "concurrent",
                Field.POSTING_STARTS_ON, "2020",
                Field.POSTING_ENDS_ON, "2021.09"),
            null,
            "reason",
            "tester"));
    Dossier.Posting posting =
        now().postings().stream()
            .filter(each -> each.kind().equals("concurrent"))
            .findFirst()
            .orElseThrow();
    assertThat(posting.fromSaid()).hasToString("2020");
    assertThat(posting.toSaid()).hasToString("2021-09");
    assertThat(now().flags()).isEmpty();
  }

  @Test
  void aCorrectedBirthIsComparedWithTheNumber() {
    assertThat(now().flags()).isEmpty();
    done(
        correcting.record(
            official,
            Register.IDENTITY,
            now().identityRow().id(),
            Map.of(Field.IDENTITY_BORN, "1981-03"),
            null,
            "reason",
            "tester"));
    assertThat(now().flags()).extracting(Dossier.Flag::kind).containsExactly("number-disagrees");
    assertThat(now().identityRow().text(Field.IDENTITY_NUMBER)).contains("***");
  }

  @Test
  void theFormSaysItsOwnWordsUntilTheRegistersSayOtherwise() throws IOException {
    AppointmentForm form = composing.form(official, DAY, true).orElseThrow();
    AppointmentForm original = LrmxReader.read("o", Forms.usual().with("XinYuanSu", "未知").bytes());
    for (FormElement element : FormElement.values()) {
      if (element != FormElement.AGE_AS_OF && element != FormElement.FILLED_IN_ON) {
        assertThat(form.text(element)).as(element.xml()).isEqualTo(original.text(element));
      }
    }
    assertThat(form.family()).isEqualTo(original.family());
    assertThat(form.unknown()).isEqualTo(original.unknown());
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    LrmxWriter.write(form, out);
    assertThat(LrmxReader.read("again", out.toByteArray()).text(FormElement.RESUME))
        .isEqualTo(Forms.RESUME);

    RegisterRow present =
        registers.rows(official, Register.POSTING, Registers.Known.NOW).getFirst();
    done(
        correcting.record(
            official,
            Register.POSTING,
            present.id(),
            Map.of(Field.POSTING_POST, "党委书记、局长"),
            null,
            "reason",
            "tester"));
    AppointmentForm changed = composing.form(official, DAY, false).orElseThrow();
    assertThat(changed.text(FormElement.RESUME))
        .contains("2019.05--         清溪县教育局党委书记、局长")
        .contains("1998.09--2002.07  贵州大学");
    assertThat(changed.text(FormElement.REWARDS_AND_PENALTIES))
        .isEqualTo(original.text(FormElement.REWARDS_AND_PENALTIES));
    assertThat(changed.text(FormElement.NUMBER)).isEmpty();
  }

  @Test
  void aSettledLineNoLongerWaitsAndComesBackSettledWithTheNextForm() throws IOException {
    Path file = folder.resolve("two.lrmx");
    Files.write(
        file, Forms.usual().with("JianLi", "2001.03--2004.05 支教\n2004.05--  白河市财政局科长").bytes());
    forms.take(file, "two.lrmx", "tester", false, Progress.unwatched());
    assertThat(settling.waiting(official)).hasSize(2);
    for (Settling.Line line : settling.waiting(official)) {
      settling.asNothing(official, line.id(), "tester");
    }
    assertThat(settling.waiting(official)).isEmpty();
    Files.write(
        file,
        Forms.usual()
            .with("JianLi", "2001.03--2004.05 支教\n2004.05--  白河市财政局科长")
            .with("JianKangZhuangKuang", "良好")
            .bytes());
    forms.take(file, "two.lrmx", "tester", false, Progress.unwatched());
    assertThat(settling.waiting(official)).isEmpty();
  }
}
