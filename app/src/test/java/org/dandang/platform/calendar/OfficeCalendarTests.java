package org.dandang.platform.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import org.dandang.DandangTest;
import org.dandang.platform.web.Refused;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** An office extends the calendar by a file or on the page. */
@DandangTest
class OfficeCalendarTests {
  private static final LocalDate NEW_YEAR = LocalDate.of(2031, 1, 1);
  private static final LocalDate DAY_AFTER = LocalDate.of(2031, 1, 2);
  private static final String NOTICE =
      "一、元旦：1月1日（周三）放假。二、国庆节：10月1日（周三）至7日（周二）放假调休，共7天。9月28日（周日）上班。";
  private static Path folder = Path.of("unset");

  @Autowired OfficeCalendar office;
  @Autowired JdbcClient jdbc;

  @DynamicPropertySource
  static void aFolderOfItsOwn(DynamicPropertyRegistry properties) throws IOException {
    folder = Files.createTempDirectory("dandang-calendar");
    properties.add("dandang.packs", folder::toString);
  }

  @AfterEach
  void clear() throws IOException {
    Files.deleteIfExists(folder.resolve("calendar.csv"));
    office.withdraw(2031, "test");
  }

  @Test
  void aYearOfTheOfficesFileCountsUntilOneIsEntered() throws IOException {
    assertThat(office.current().isProvisional(2031)).isTrue();
    String before = office.current().fingerprint();
    Files.writeString(
        folder.resolve("calendar.csv"),
        "year,kind,name,first,last,source\n2031,off,new-year,2031-01-01,2031-01-02,n\n");
    assertThat(office.current().isProvisional(2031)).isFalse();
    assertThat(office.current().isWorkingDay(DAY_AFTER)).isFalse();
    assertThat(office.current().fingerprint()).isNotEqualTo(before);

    office.enter(2031, "国办发明电〔2030〕1号", NOTICE, "officer");
    assertThat(office.current().isWorkingDay(NEW_YEAR)).isFalse();
    assertThat(office.current().isWorkingDay(DAY_AFTER)).isTrue();
    assertThat(office.withdraw(2031, "officer")).isTrue();
    assertThat(office.withdraw(2031, "officer")).isFalse();
    assertThat(office.current().isWorkingDay(DAY_AFTER)).isFalse();
    assertThat(
            jdbc.sql(
                    "select count(*) from platform.ledger_entry where subject_kind ="
                        + " 'calendar-year' and subject_id = '2031' and actor = 'officer'")
                .query(Integer.class)
                .single())
        .isEqualTo(2);
  }

  @Test
  void aFileThatIsWrongIsLeftOutAndSaidSo() throws IOException {
    Files.writeString(
        folder.resolve("calendar.csv"),
        "year,kind,name,first,last,source\n2031,off,new-year,2031-01-01,soon,n\n");
    assertThat(office.current().isProvisional(2031)).isTrue();
    assertThat(office.current().isProvisional(2026)).isFalse();
    assertThat(office.problemOfTheFile()).isNotNull();
  }

  @Test
  void nothingIsEnteredOfATextThatIsNotUnderstood() {
    assertThatThrownBy(() -> office.enter(2031, "n", "一、元旦：1月1日（周五）放假。", "officer"))
        .isInstanceOf(Refused.class);
    assertThatThrownBy(() -> office.enter(2031, " ", NOTICE, "officer"))
        .isInstanceOf(Refused.class);
    assertThatThrownBy(() -> office.enter(2099, "n", NOTICE, "officer"))
        .isInstanceOf(Refused.class);
    assertThat(office.current().isProvisional(2031)).isTrue();
  }
}
