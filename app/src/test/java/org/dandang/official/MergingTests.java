package org.dandang.official;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.dandang.DandangTest;
import org.dandang.official.form.Forms;
import org.dandang.platform.jobs.Progress;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;

/** Two records of one person, found by the machine and merged by a person. */
@DandangTest
@TestPropertySource(properties = "dandang.test.database=mergers")
class MergingTests {
  @Autowired FormImport forms;
  @Autowired Merging merging;
  @Autowired JdbcClient jdbc;
  @Autowired RosterImport rosters;
  @Autowired Mappings mappings;
  @TempDir Path folder;

  @BeforeEach
  void oneRecordWithTheNumberAndOneWithout() throws IOException {
    jdbc.sql("truncate official.official, official.import, organisation.unit cascade").update();
    take(Forms.usual());
    take(Forms.usual().without("ShenFenZheng").with("JianKangZhuangKuang", "良好"));
    assertThat(count("official.subject")).isEqualTo(2);
  }

  private void take(Forms form) throws IOException {
    Path file = folder.resolve("one.lrmx");
    Files.write(file, form.bytes());
    forms.take(file, "one.lrmx", "tester", false, Progress.unwatched());
  }

  private long count(String from) {
    return jdbc.sql("select count(*) from " + from).query(Long.class).single();
  }

  private String state() {
    return jdbc.sql(
            """
            select string_agg(line, E'\\n' order by line) from (
              select concat_ws(' ', 'posting', id, official_id, superseded_at is null) as line from official.posting
              union all select concat_ws(' ', 'identity', id, official_id, superseded_at is null) from official.identity
              union all select concat_ws(' ', 'form', id, official_id, superseded_at is null) from official.form
              union all select concat_ws(' ', 'known', source, key, official_id) from official.known_as) t
            """)
        .query(String.class)
        .single();
  }

  @Test
  void theSameNameMonthOfBirthAndUnitAreSuggestedAndMergedAndUndone() {
    Merging.Pair pair = merging.suggested(10).getFirst();
    assertThat(pair.why()).isEqualTo("name");
    String before = state();
    assertThat(merging.merge(pair.one(), pair.other(), "compared the files", "tester")).isTrue();
    assertThat(merging.merge(pair.one(), pair.other(), "again", "tester")).isFalse();
    assertThat(count("official.subject")).isEqualTo(1);
    assertThat(count("official.current_identity")).isEqualTo(1);
    assertThat(count("official.current_posting where official_id = " + pair.one())).isEqualTo(12);
    assertThat(merging.suggested(10)).isEmpty();
    assertThat(merging.undo(merging.standing(10).getFirst().id(), "tester")).isTrue();
    assertThat(state()).isEqualTo(before);
    assertThat(merging.standing(10)).isEmpty();
  }

  @Test
  void aFormOfTheRecordThatWasMergedGoesToTheOneThatWasKept() throws IOException {
    Merging.Pair pair = merging.suggested(10).getFirst();
    merging.merge(pair.one(), pair.other(), "compared the files", "tester");
    take(Forms.usual().without("ShenFenZheng").with("JianKangZhuangKuang", "一般"));
    assertThat(count("official.subject")).isEqualTo(1);
    assertThat(
            jdbc.sql("select health from official.current_identity").query(String.class).single())
        .isEqualTo("一般");
  }

  @Test
  void whoWasToldApartIsNotSuggestedAgain() {
    Merging.Pair pair = merging.suggested(10).getFirst();
    merging.notTheSame(pair.other(), pair.one(), "two people", "tester");
    assertThat(merging.suggested(10)).isEmpty();
  }

  @Test
  void theSameNumberInTwoSourcesIsSuggestedFirst() {
    String number =
        Forms.usual().xml().replaceAll("(?s).*<ShenFenZheng>(.*)</ShenFenZheng>.*", "$1");
    String roster = "编号,姓名,身份证号,出生年月\n7,曾小武," + number + ",1980-03-07\n";
    rosters.take(
        ImportFile.of(
            "r.csv",
            () -> new java.io.ByteArrayInputStream(roster.getBytes(StandardCharsets.UTF_8))),
        mappings.named("standard/officials"),
        "tester",
        false,
        Progress.unwatched());
    assertThat(merging.suggested(10)).extracting(Merging.Pair::why).startsWith("number");
  }
}
