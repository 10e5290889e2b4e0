package org.dandang.official.form;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dandang.official.register.Field;
import org.dandang.official.register.Register;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResumeTests {
  private static final UnitNames UNITS =
      text -> {
        List<String> known = List.of("清溪县教育局", "清溪县青石镇", "清溪县");
        for (int i = 0; i < known.size(); i++) {
          if (text.startsWith(known.get(i))) {
            return Optional.of(new UnitNames.Found(i + 1, known.get(i).length()));
          }
        }
        return Optional.empty();
      };

  @Test
  void aResumeBecomesPostingsAndStudies() {
    Resume resume = Resume.read(Forms.RESUME, UNITS);
    assertThat(resume.unsettled()).isEmpty();
    assertThat(resume.entries())
        .containsExactly(
            new Resume.Study(1, "1998-09", "2002-07", "贵州大学", "法学", false),
            new Resume.Post(2, "2002-07", "2005-03", 2L, null, "人民政府科员", "regular"),
            new Resume.Post(2, "2003-03", "2004-03", 1L, null, "办公室副主任", "attachment"),
            new Resume.Post(3, "2005-03", "2011-06", 1L, null, "科员、副股长", "regular"),
            new Resume.Post(4, "2011-06", "2016-11", 1L, null, "副局长", "regular"),
            new Resume.Study(4, "2012-09", "2015-07", "中央党校", "经济管理", true),
            new Resume.Post(6, "2016-11", "2019-05", 2L, null, "党委副书记、镇长", "regular"),
            new Resume.Post(7, "2019-05", null, 1L, null, "党组书记、局长", "regular"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2021.09--2024.02 清溪县教育局科员 | 2021-09 | 2024-02",
        "2021.09—2024.02 清溪县教育局科员 | 2021-09 | 2024-02",
        "2021.09——2024.02 清溪县教育局科员 | 2021-09 | 2024-02",
        "2021年9月至2024年2月 清溪县教育局科员 | 2021-09 | 2024-02",
        "2021-2024 清溪县教育局科员 | 2021 | 2024",
        "202109-202402 清溪县教育局科员 | 2021-09 | 2024-02",
        "2021.09.15--2024.02.01 清溪县教育局科员 | 2021-09-15 | 2024-02-01",
        "2021.09--至今 清溪县教育局科员 | 2021-09 | ",
        "2021.09--         清溪县教育局科员 | 2021-09 | "
      })
  void aPeriodIsReadAsItIsWrittenAndNoMoreIsMadeOfIt(String line, String from, String to) {
    Resume.Entry entry = Resume.read(line, UNITS).entries().getFirst();
    assertThat(entry.from()).isEqualTo(from);
    assertThat(entry.to()).isEqualTo(to);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "青年时期在家 | no-period",
        "2021.13--2024.02 清溪县教育局科员 | no-such-month",
        "2024.02--2021.09 清溪县教育局科员 | ends-before-start",
        "2021.09--2024.02 | no-post",
        "2021.09--2024.02 支教 | no-unit"
      })
  void aLineThatCannotBeUnderstoodWaitsForAPerson(String line, String reason) {
    Resume resume = Resume.read(line, UNITS);
    assertThat(resume.entries()).isEmpty();
    assertThat(resume.unsettled()).extracting(Unsettled::reason).containsExactly(reason);
  }

  @Test
  void aUnitNobodyKnowsIsKeptAsItIsWritten() {
    Resume resume = Resume.read("2001.03--2004.05 白河市财政局办公室副主任、科长", UnitNames.NONE);
    assertThat(resume.entries())
        .containsExactly(
            new Resume.Post(1, "2001-03", "2004-05", null, "白河市财政局办公室", "副主任、科长", "regular"));
  }

  @Test
  void timeThatWasNeitherPostNorStudyIsNoPosting() {
    assertThat(Resume.read("1998.07--1999.03 待业", UNITS).entries().getFirst())
        .isInstanceOf(Resume.Neither.class);
  }

  @Test
  void aFormBecomesRowsOfRegisters() {
    FormFacts facts = FormFacts.of(LrmxReader.read("a", Forms.usual().bytes()), UNITS);
    assertThat(facts.unsettled()).isEmpty();
    assertThat(facts.of(Register.IDENTITY).getFirst())
        .containsEntry(Field.IDENTITY_NAME, "曾武")
        .containsEntry(Field.IDENTITY_SEX, "1")
        .containsEntry(Field.IDENTITY_BORN, "1980-03");
    assertThat(facts.of(Register.AFFILIATION))
        .containsExactly(
            Map.of(Field.AFFILIATION_AFFILIATION, "01", Field.AFFILIATION_SINCE, "2001-06"));
    assertThat(facts.of(Register.EDUCATION))
        .hasSize(2)
        .anySatisfy(
            row ->
                assertThat(row)
                    .containsEntry(Field.EDUCATION_LEVEL, "21")
                    .containsEntry(Field.EDUCATION_DEGREE, "4")
                    .containsEntry(Field.EDUCATION_STARTS_ON, "1998-09")
                    .containsEntry(Field.EDUCATION_MAJOR, "法学"));
    assertThat(facts.of(Register.AWARD))
        .containsExactly(
            Map.of(
                Field.AWARD_KIND, "优秀共产党员",
                Field.AWARD_GRANTED_ON, "2015-12",
                Field.AWARD_OUTCOME, "granted",
                Field.AWARD_AUTHORITY, "中共清溪县委"));
    assertThat(facts.of(Register.PENALTY))
        .containsExactly(
            Map.of(
                Field.PENALTY_KIND, "党内警告处分",
                Field.PENALTY_DECIDED_ON, "2017-05",
                Field.PENALTY_AUTHORITY, "清溪县纪委"));
    assertThat(facts.of(Register.ANNUAL_GRADE))
        .extracting(row -> row.get(Field.ANNUAL_GRADE_YEAR) + row.get(Field.ANNUAL_GRADE_GRADE))
        .containsExactlyInAnyOrder("2020outstanding", "2021competent", "2022competent");
    assertThat(facts.of(Register.FAMILY)).hasSize(1);
  }

  @Test
  void partyAndDateAreToldApart() {
    FormFacts facts =
        FormFacts.of(
            LrmxReader.read("a", Forms.usual().with("RuDangShiJian", "201506；民盟").bytes()), UNITS);
    assertThat(facts.of(Register.AFFILIATION))
        .extracting(row -> row.get(Field.AFFILIATION_AFFILIATION))
        .containsExactly("01", "05");
  }
}
