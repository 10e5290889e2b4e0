package org.dandang.official.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.dandang.DandangTest;
import org.dandang.official.ImportCancelled;
import org.dandang.official.ImportOutcome;
import org.dandang.official.ImportProblem;
import org.dandang.official.Mappings;
import org.dandang.official.RosterImport;
import org.dandang.platform.jobs.Progress;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@DandangTest
class RosterImportTests {
  private static final String EVERYTHING =
      """
      select concat_ws('|', o.key, i.name, i.pinyin, i.initials, i.sex, i.ethnic_group, i.born, i.born_precision,
                       i.began_work, i.status, i.left_on, u.code, p.post, p.post_level, p.kind, p.starts_on, p.ends_on)
        from official.official o join official.identity i on i.official_id = o.id and i.superseded_at is null
        left join official.current_posting p on p.official_id = o.id
        left join organisation.unit u on u.id = p.unit_id
       order by o.key, p.starts_on
      """;

  @Autowired RosterImport imports;
  @Autowired Mappings mappings;
  @Autowired JdbcClient jdbc;
  Rosters rosters;

  @BeforeEach
  void empty() {
    rosters = new Rosters(imports, mappings, jdbc);
    rosters.empty();
  }

  @Test
  void storesUnitsOfficialsAndPostingsWrittenInChinese() {
    rosters.unitsAndOfficials();
    ImportOutcome outcome = rosters.take("standard/postings", Rosters.POSTINGS);

    assertThat(outcome.stored()).isEqualTo(3);
    assertThat(rosters.lines(EVERYTHING))
        .containsExactly(
            "1|单雄|shanxiong|sx|1|汉族|1975-06-01|M|1997-07-01|serving|B|科员|150|regular|1997-07-01|2005-04-01",
            "1|单雄|shanxiong|sx|1|汉族|1975-06-01|M|1997-07-01|serving|C|副镇长|142|regular|2005-04-01",
            "2|欧阳静|ouyangjing|oyj|2|彝族|1980-11-01|M|2003-08-01|serving|B|局长|141|regular|2010-01-01",
            "3|曾毅|zengyi|zy|1|汉族|1962-02-01|M|1983-09-01|left|2022-02-28");
    assertThat(
            rosters.lines(
                "select concat_ws('|', u.code, u.kind, u.level, p.code, u.hardship_class) from organisation.unit u"
                    + " left join organisation.unit p on p.id = u.parent_id order by u.code"))
        .containsExactly(
            "A|county|county|3", "B|department|county-department|A", "C|township|township|A|3");
  }

  @Test
  void understandsEnglishHeadersInAnyCaseAndSpacing() {
    rosters.take("standard/units", Rosters.UNITS);
    rosters.take(
        "standard/officials",
        "NUMBER,Name,Gender,Date_of_Birth, began  work \n7,Ann Lee,female,1980-01-02,2001-02-03\n");
    assertThat(rosters.lines(EVERYTHING))
        .containsExactly("7|Ann Lee|annlee|al|2|1980-01-02|D|2001-02-03|serving");
  }

  @Test
  void everyRowNamesTheImportAndTheLineItCameFrom() {
    rosters.unitsAndOfficials();
    ImportOutcome outcome = rosters.take("standard/postings", Rosters.POSTINGS);
    assertThat(
            rosters.lines(
                "select distinct import_id::text from official.posting where line between 2 and 4"))
        .containsExactly(String.valueOf(outcome.importId()));
    assertThat(rosters.lines("select line::text from official.posting order by line"))
        .containsExactly("2", "3", "4");
    assertThat(rosters.lines("select line::text from organisation.unit order by code"))
        .containsExactly("2", "3", "4");
  }

  @Test
  void takingTheSameFilesTwiceChangesNothing() {
    rosters.unitsAndOfficials();
    rosters.take("standard/postings", Rosters.POSTINGS);
    List<String> before = rosters.lines(EVERYTHING);

    assertThat(rosters.take("standard/units", Rosters.UNITS).unchanged()).isEqualTo(3);
    assertThat(rosters.take("standard/officials", Rosters.OFFICIALS).unchanged()).isEqualTo(3);
    assertThat(rosters.take("standard/postings", Rosters.POSTINGS).unchanged()).isEqualTo(3);

    assertThat(rosters.lines(EVERYTHING)).isEqualTo(before);
    assertThat(rosters.count("official.posting")).isEqualTo(3);
    assertThat(rosters.count("official.identity")).isEqualTo(3);
    assertThat(rosters.count("organisation.unit_superseded")).isZero();
  }

  @Test
  void takingTheSameFileTwiceAtOnceStoresItOnce() throws Exception {
    rosters.take("standard/units", Rosters.UNITS);
    StringBuilder many = new StringBuilder(Rosters.OFFICIALS);
    for (int i = 10; i < 3_000; i++) {
      many.append(i).append(",张三,男,汉族,1980.01,2003-08-01,在职,\n");
    }
    Callable<ImportOutcome> take = () -> rosters.take("standard/officials", many.toString());
    try (var both = Executors.newFixedThreadPool(2)) {
      List<Future<ImportOutcome>> outcomes = both.invokeAll(List.of(take, take));
      assertThat(outcomes.get(0).get().stored() + outcomes.get(1).get().stored()).isEqualTo(2_993);
      assertThat(outcomes.get(0).get().unchanged() + outcomes.get(1).get().unchanged())
          .isEqualTo(2_993);
    }
    assertThat(rosters.count("official.identity")).isEqualTo(2_993);
  }

  @Test
  void aDryRunTellsTheSameCountsAndStoresNothing() {
    rosters.unitsAndOfficials();
    long imports = rosters.count("official.import");
    long entries = rosters.count("platform.ledger_entry");
    String postings = Rosters.POSTINGS + "9,B,科员,,正式,2000-01-01,\n";
    ImportOutcome tried = rosters.tryOut("standard/postings", postings);

    assertThat(tried.importId()).isNull();
    assertThat(rosters.count("official.posting")).isZero();
    assertThat(rosters.count("official.timeline_flag")).isZero();
    assertThat(rosters.count("official.import")).isEqualTo(imports);
    assertThat(rosters.count("platform.ledger_entry")).isEqualTo(entries);
    ImportOutcome taken = rosters.take("standard/postings", postings);
    assertThat(List.of(tried.read(), tried.stored(), tried.unchanged(), tried.refused()))
        .isEqualTo(List.of(taken.read(), taken.stored(), taken.unchanged(), taken.refused()))
        .isEqualTo(List.of(4L, 3L, 0L, 1L));
  }

  @Test
  void anImportThatIsCancelledAtAnyStepLeavesNothing() {
    rosters.unitsAndOfficials();
    StringBuilder many = new StringBuilder(Rosters.POSTINGS);
    for (int i = 0; i < 10_000; i++) {
      many.append("2,C,科员,,兼任,20").append(10 + i % 10).append("-01-01,\n");
    }
    long imports = rosters.count("official.import");
    for (int askedAt : new int[] {1, 3, 5, 8, 12, 16}) {
      AtomicInteger asked = new AtomicInteger();
      Progress impatient =
          new Progress() {
            @Override
            public void at(String step, long done, long total) {}

            @Override
            public boolean cancelled() {
              return asked.incrementAndGet() >= askedAt;
            }
          };
      assertThatThrownBy(
              () ->
                  this.imports.take(
                      Rosters.csv("test.csv", many.toString()),
                      rosters.mapping("standard/postings"),
                      "tester",
                      false,
                      impatient))
          .isInstanceOf(ImportCancelled.class);
      assertThat(rosters.count("official.posting")).isZero();
      assertThat(rosters.count("official.import")).isEqualTo(imports);
    }
  }

  @Test
  void wrongRowsAreRefusedWithTheirReasonsAndTheRestIsStored() {
    rosters.unitsAndOfficials();
    ImportOutcome outcome =
        rosters.take(
            "standard/postings",
            """
            编号,单位编码,职务,职务层次,任职类型,开始日期,结束日期
            1,B,科员,科员,正式,1997-07-01,2005-03-31
            ,B,科员,科员,正式,1997-07-01,2005-03-31
            9,B,科员,科员,正式,1997-07-01,
            1,X,科员,科员,正式,1997-07-01,
            1,B,科员,科员,正式,1997-02-30,
            1,B,科员,科员,正式,last spring,
            1,B,科员,小组长,临时,1997-07-01,
            1,,科员,科员,正式,1997-07-01,
            1,B,科员,科员,正式,1997-07-01,2005-03-31,extra
            2,B,局长,乡科级正职,正式,2010-01-01,
            """);
    assertThat(outcome.read()).isEqualTo(10);
    assertThat(outcome.stored()).isEqualTo(2);
    assertThat(outcome.refusedByReason())
        .isEqualTo(
            Map.of(
                "blank-key", 1L,
                "unknown-official", 1L,
                "unknown-unit", 1L,
                "no-such-day", 1L,
                "not-a-date", 1L,
                "not-listed", 1L,
                "missing", 1L,
                "too-many-cells", 1L));
  }

  @Test
  void aRefusedRowLeavesNoOfficialAndNoUnitBehind() {
    rosters.take(
        "standard/roster",
        "编号,姓名,出生年月,工作单位,职务,任现职时间,职级,任现职级时间\n5,张三,1980.13,某局,科员,2001.01,一级科员,2001.01\n");
    assertThat(rosters.count("official.official")).isZero();
    assertThat(rosters.count("organisation.unit")).isZero();
  }

  @Test
  void oneSheetRosterFeedsIdentityPostingAndRank() {
    ImportOutcome outcome =
        rosters.take(
            "standard/roster",
            """
            姓名,性别,民族,出生年月,参加工作时间,工作单位,职务,职级,任现职时间,任现职级时间
            张　三,男,汉族,1980.03,2003.08,云岭县财政局,副局长,一级主任科员,2015.05,2019.06
            李四,女,汉族,1985年7月,2008.09,青石镇,科员,,2008.09,
            张三,男,汉族,1991.03,2014.08,青石镇,科员,一级科员,2014.08,2014.08
            """);
    assertThat(outcome.stored()).isEqualTo(3);
    assertThat(
            rosters.lines(
                "select concat_ws('|', o.key, i.name, i.born, u.name, p.post, p.starts_on, r.rank, r.since) from official.official o"
                    + " join official.current_identity i on i.official_id = o.id"
                    + " left join official.current_posting p on p.official_id = o.id left join organisation.unit u on u.id = p.unit_id"
                    + " left join official.current_rank_held r on r.official_id = o.id order by o.key"))
        .containsExactly(
            "张三·1980-03|张三|1980-03-01|云岭县财政局|副局长|2015-05-01|一级主任科员|2019-06-01",
            "张三·1991-03|张三|1991-03-01|青石镇|科员|2014-08-01|一级科员|2014-08-01",
            "李四·1985-07|李四|1985-07-01|青石镇|科员|2008-09-01");
    assertThat(rosters.count("organisation.unit")).isEqualTo(2);
  }

  @Test
  void aSecondDifferentRowOfAnOfficialIsRefusedNamingTheFirstAndAnEqualOneChangesNothing() {
    ImportOutcome outcome =
        rosters.take("standard/officials", "编号,姓名,性别\n1,张三,男\n2,李四,女\n1,张三,男\n1,张三,女\n2,李四,女\n");
    assertThat(outcome.stored()).isEqualTo(2);
    assertThat(outcome.unchanged()).isEqualTo(2);
    assertThat(outcome.refusedByReason()).isEqualTo(Map.of("repeated-key", 1L));
  }

  @Test
  void aCorrectionSupersedesAndBothStay() {
    rosters.unitsAndOfficials();
    rosters.take("standard/postings", Rosters.POSTINGS);
    ImportOutcome corrected =
        rosters.take(
            "standard/postings",
            "编号,单位编码,职务,职务层次,任职类型,开始日期,结束日期\n1,C,副镇长,乡科级副职,正式,2005-04-01,2012-06-30\n");
    assertThat(corrected.stored()).isEqualTo(1);
    assertThat(
            rosters.lines(
                "select concat_ws('|', coalesce(ends_on::text, '-'), superseded_at is null) from official.posting where post = '副镇长' order by recorded_at, id"))
        .containsExactly("-|f", "2012-07-01|t");
    assertThat(
            rosters.lines(
                "select (a.superseded_at = b.recorded_at)::text from official.posting a, official.posting b"
                    + " where a.superseded_at is not null and b.ends_on = '2012-07-01'"))
        .containsExactly("true");
  }

  @Test
  void aFileWithoutAColumnLeavesWhatTheColumnHeldAsItWas() {
    rosters.unitsAndOfficials();
    ImportOutcome outcome = rosters.take("standard/officials", "编号,姓名,性别\n3,曾毅,女\n1,单雄,男\n");
    assertThat(outcome.stored()).isEqualTo(1);
    assertThat(outcome.unchanged()).isEqualTo(1);
    assertThat(rosters.lines(EVERYTHING))
        .contains("3|曾毅|zengyi|zy|2|汉族|1962-02-01|M|1983-09-01|left|2022-02-28");
  }

  @Test
  void sameKeyWithOtherValuesWithinOneFileStoresBothAndFlagsThem() {
    rosters.unitsAndOfficials();
    ImportOutcome outcome =
        rosters.take(
            "standard/postings",
            "编号,单位编码,职务,开始日期,结束日期\n1,B,科员,2000-01-01,2005-12-31\n1,B,科员,2000-01-01,2006-12-31\n");
    assertThat(outcome.stored()).isEqualTo(2);
    assertThat(rosters.lines("select kind from official.timeline_flag")).containsExactly("overlap");
    assertThat(
            rosters
                .take(
                    "standard/postings",
                    "编号,单位编码,职务,开始日期,结束日期\n1,B,科员,2000-01-01,2005-12-31\n1,B,科员,2000-01-01,2006-12-31\n")
                .unchanged())
        .isEqualTo(2);
  }

  @Test
  void ranksPayAwardsAndGradesGoToTheirRegisters() {
    rosters.unitsAndOfficials();
    rosters.take("standard/ranks", "编号,职级,起始日期\n1,一级主任科员,2019-06-01\n1,二级主任科员,2016.05\n");
    rosters.take(
        "standard/pay",
        "编号,年度,工资等级,职级,年工资\n1,2020,12级,一级主任科员,\"98,765.4\"\n1,2021,12级,一级主任科员,12.345\n");
    rosters.take(
        "standard/awards",
        "编号,奖励种类,文号,批准日期,结果\n1,嘉奖,云人〔2020〕1号,2020-02-01,授予\n1,三等功,,2021-02-01,未批准\n");
    ImportOutcome grades =
        rosters.take(
            "standard/grades", "编号,年度,等次\n1,2020,优秀\n1,2021年,称职\n1,2021,优秀\n1,2020.0,优秀\n");
    assertThat(grades.refusedByReason()).isEqualTo(Map.of("repeated-year", 1L));
    assertThat(grades.unchanged()).isEqualTo(1);
    assertThat(
            rosters.lines(
                "select concat_ws('|', rank, since) from official.rank_held order by since"))
        .containsExactly("二级主任科员|2016-05-01", "一级主任科员|2019-06-01");
    assertThat(rosters.lines("select concat_ws('|', year, grade, rank, amount) from official.pay"))
        .containsExactly("2020|12级|一级主任科员|98765.40");
    assertThat(
            rosters.lines(
                "select concat_ws('|', kind, reference, outcome, granted_on) from official.award order by line"))
        .containsExactly("嘉奖|云人〔2020〕1号|granted|2020-02-01", "三等功|denied|2021-02-01");
    assertThat(
            rosters.lines(
                "select concat_ws('|', year, grade) from official.annual_grade order by year"))
        .containsExactly("2020|outstanding", "2021|competent");
  }

  @Test
  void aRenamedUnitKeepsItsFormerDescription() {
    rosters.take("standard/units", Rosters.UNITS);
    ImportOutcome outcome =
        rosters.take("standard/units", Rosters.UNITS.replace("云岭县财政局", "云岭县财政和国资局"));
    assertThat(outcome.stored()).isEqualTo(1);
    assertThat(outcome.unchanged()).isEqualTo(2);
    assertThat(rosters.lines("select name from organisation.unit_superseded"))
        .containsExactly("云岭县财政局");
    assertThat(rosters.lines("select name from organisation.unit where code = 'B'"))
        .containsExactly("云岭县财政和国资局");
  }

  @Test
  void unitsMayStandBeforeTheirParentsButNotWithinThemselvesOrUnderUnknownOnes() {
    ImportOutcome outcome =
        rosters.take(
            "standard/units",
            """
            编码,名称,类别,层级,上级编码
            c,丙,乡镇,乡级,b
            b,乙,县,县级,a
            a,甲,市,市级,
            x,子,县,县级,y
            y,丑,县,县级,x
            z,寅,乡镇,乡级,x
            n,卯,乡镇,乡级,nowhere
            m,辰,乡镇,乡级,n
            """);
    assertThat(outcome.stored()).isEqualTo(3);
    assertThat(outcome.refused()).isEqualTo(5);
    assertThat(rosters.lines("select code from organisation.unit order by code"))
        .containsExactly("a", "b", "c");
  }

  @Test
  void aWorkbookHoldsTheSameAsTheText() throws IOException {
    rosters.take("standard/units", Rosters.bytes("u.xlsx", Rosters.xlsx(Rosters.UNITS)));
    rosters.take("standard/officials", Rosters.bytes("o.xlsx", Rosters.xlsx(Rosters.OFFICIALS)));
    rosters.take("standard/postings", Rosters.bytes("p.xlsx", Rosters.xlsx(Rosters.POSTINGS)));
    List<String> fromWorkbooks = rosters.lines(EVERYTHING);
    rosters.empty();
    rosters.unitsAndOfficials();
    rosters.take("standard/postings", Rosters.POSTINGS);
    assertThat(fromWorkbooks).hasSize(4).isEqualTo(rosters.lines(EVERYTHING));
  }

  @Test
  void sheetsWithTheSameColumnsAreReadTogetherAndOthersPassedOver() throws IOException {
    ImportOutcome outcome =
        rosters.take(
            "standard/officials",
            Rosters.bytes("o.xlsx", Rosters.xlsx("说明\n请勿修改", "编号,姓名\n1,张三", "编号,姓名\n2,李四\n3,王五")));
    assertThat(outcome.stored()).isEqualTo(3);
    assertThat(outcome.remarks()).hasSize(1).first().asString().contains("Sheet1");
  }

  @Test
  void gbkUtf16ByteOrderMarksTabsAndGzipAreRead() throws IOException {
    byte[] utf8 = Rosters.OFFICIALS.getBytes(StandardCharsets.UTF_8);
    rosters.take("standard/officials", Rosters.bytes("o.csv", utf8));
    List<String> expected = rosters.lines(EVERYTHING);
    Map<String, byte[]> others =
        Map.of(
            "gbk.csv", Rosters.in("GBK", Rosters.OFFICIALS),
            "gbk.csv.gz", Rosters.gzip(Rosters.in("GBK", Rosters.OFFICIALS)),
            "mark.csv", Rosters.in("UTF-8", "\ufeff" + Rosters.OFFICIALS),
            "wide.csv", Rosters.in("UTF-16", Rosters.OFFICIALS),
            "tabs.csv", Rosters.in("UTF-8", Rosters.OFFICIALS.replace(',', '\t')),
            "lines.csv", Rosters.in("UTF-8", Rosters.OFFICIALS.replace("\n", "\r\n")),
            "o.csv.gz", Rosters.gzip(utf8));
    others.forEach(
        (name, content) -> {
          rosters.empty();
          ImportOutcome outcome = rosters.take("standard/officials", Rosters.bytes(name, content));
          assertThat(rosters.lines(EVERYTHING)).as(name).isEqualTo(expected);
          assertThat(outcome.remarks()).hasSize(name.matches("gbk.*|wide.*") ? 1 : 0);
        });
  }

  @Test
  void findsTheStandardMappingByTheColumns() {
    assertThat(mappings.fitting(Rosters.csv("a.csv", Rosters.UNITS)).id())
        .isEqualTo("standard/units");
    assertThat(mappings.fitting(Rosters.csv("a.csv", Rosters.OFFICIALS)).id())
        .isEqualTo("standard/officials");
    assertThat(mappings.fitting(Rosters.csv("a.csv", Rosters.POSTINGS)).id())
        .isEqualTo("standard/postings");
    assertThat(mappings.fitting(Rosters.csv("a.csv", "编号,职级,起始日期\n")).id())
        .isEqualTo("standard/ranks");
    assertThat(mappings.fitting(Rosters.csv("a.csv", "编号,年度,等次\n")).id())
        .isEqualTo("standard/grades");
    assertThat(mappings.fitting(Rosters.csv("a.csv", "编号,奖励种类,文号,批准日期,结果\n")).id())
        .isEqualTo("standard/awards");
    assertThat(
            mappings
                .fitting(Rosters.csv("a.csv", "姓名,性别,民族,出生年月,参加工作时间,工作单位,职务,职级,任现职时间,任现职级时间\n"))
                .id())
        .isEqualTo("standard/roster");
    assertThatThrownBy(() -> mappings.fitting(Rosters.csv("a.csv", "x,y\n1,2\n")))
        .isInstanceOfSatisfying(
            ImportProblem.class, e -> assertThat(e.reason()).isEqualTo("no-mapping-fits"));
  }

  @Test
  void eachImportIsInTheLedgerWithItsCounts() {
    rosters.take("standard/units", Rosters.UNITS);
    ImportOutcome outcome = rosters.take("standard/officials", Rosters.OFFICIALS + ",无名,男,,,,,\n");
    Map<String, Object> entry =
        jdbc.sql(
                "select actor, action, subject_id, detail->>'read' as read, detail->>'stored' as stored,"
                    + " detail->>'refused' as refused, length(detail->>'sha256') as hash"
                    + " from platform.ledger_entry order by id desc limit 1")
            .query()
            .singleRow();
    assertThat(entry)
        .containsEntry("actor", "tester")
        .containsEntry("action", "roster-imported")
        .containsEntry("subject_id", String.valueOf(outcome.importId()))
        .containsEntry("read", "4")
        .containsEntry("stored", "3")
        .containsEntry("refused", "1")
        .containsEntry("hash", 64);
    assertThat(
            rosters.lines(
                "select concat_ws('|', mapping, rows_read, stored, unchanged, refused, refused_by_reason->>'blank-key', finished_at is not null)"
                    + " from official.import order by id desc limit 1"))
        .containsExactly("standard/officials|4|3|0|1|1|t");
  }

  @Test
  void registersAreKeptApartByTheirSource() {
    rosters.take("standard/officials", Rosters.OFFICIALS);
    ImportOutcome outcome =
        imports.take(
            Rosters.csv("o.csv", Rosters.OFFICIALS),
            rosters.mapping("standard/officials").withSource("elsewhere"),
            "tester",
            false,
            Progress.unwatched());
    assertThat(outcome.stored()).isEqualTo(3);
    assertThat(rosters.count("official.official")).isEqualTo(6);
  }
}
