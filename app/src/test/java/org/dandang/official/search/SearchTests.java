package org.dandang.official.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.dandang.DandangTest;
import org.dandang.official.FormImport;
import org.dandang.official.ImportFile;
import org.dandang.official.Mappings;
import org.dandang.official.RosterImport;
import org.dandang.official.form.Forms;
import org.dandang.official.register.IdentityNumber;
import org.dandang.platform.jobs.Progress;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;
import org.springframework.transaction.support.TransactionTemplate;

/** Officials are found by what the registers say at the moment of the search. */
@DandangTest
@TestPropertySource(properties = "dandang.test.database=search")
class SearchTests {
  @Autowired RosterImport imports;
  @Autowired FormImport forms;
  @Autowired Mappings mappings;
  @Autowired OfficialSearch search;
  @Autowired OfficialFilters filters;
  @Autowired JdbcClient jdbc;
  @Autowired TransactionTemplate transaction;
  @TempDir Path folder;

  @BeforeEach
  void aRegister() throws IOException {
    jdbc.sql("truncate official.official, official.import, organisation.unit cascade").update();
    take(
        "standard/units",
        """
        code,name,kind,level,parent
        1,测试市,prefecture,city,
        11,测试县,county,county,1
        111,测试镇,township,township,11
        12,市财政局,department,city-department,1
        """);
    take(
        "standard/roster",
        """
        key,name,sex,born,began work,unit,post,post since,rank,rank since
        A1,曾志明,男,1975-03-02,1997-07-01,测试镇,镇长,2020-01-01,四级调研员,2020-01-01
        A2,单雄,男,1980-05-06,2003-07-01,测试县,局长,2020-01-01,一级主任科员,2020-01-01
        A3,欧阳明,女,1985-07-08,2008-07-01,市财政局,科长,2020-01-01,二级主任科员,2020-01-01
        A4,李志,女,1990-05,2013-07-01,市财政局,科员,2020-01-01,一级科员,2020-01-01
        A5,"Smith, John A",男,1970-01-01,1995-01-01,市财政局,科员,2020-01-01,,
        """);
    jdbc.sql(
            "update official.identity set status = 'left', left_on = date '2020-01-01' where name"
                + " like 'Smith%'")
        .update();
  }

  private void take(String mapping, String rows) throws IOException {
    Path file = folder.resolve("rows.csv");
    Files.writeString(file, rows);
    var outcome =
        imports.take(
            ImportFile.at(file), mappings.named(mapping), "tester", false, Progress.unwatched());
    assertThat(outcome.refusedByReason()).isEmpty();
  }

  /** Once everybody is read again, however slow the machine. */
  private Found find(String query, int offset) {
    Found found = search.find(filters.of(query), offset, 50);
    while (found.renewing() != null) {
      found = search.find(filters.of(query), offset, 50);
    }
    return found;
  }

  private List<String> keys(String query) {
    return find(query, 0).officials().stream().map(one -> one.line().key()).toList();
  }

  @Test
  void aNameIsFoundByAnyPartOfItAndByHowItIsRead() {
    assertThat(keys("q=志明")).containsExactly("A1");
    assertThat(keys("q=明")).containsExactlyInAnyOrder("A1", "A3");
    assertThat(keys("q=曾志明")).containsExactly("A1");
    assertThat(keys("q=明志")).isEmpty();
    assertThat(keys("q=zengzhi")).containsExactly("A1");
    assertThat(keys("q=zhiming")).isEmpty();
    assertThat(keys("q=zzm")).containsExactly("A1");
    assertThat(keys("q=shan")).containsExactly("A2");
    assertThat(keys("q=ouyangming")).containsExactly("A3");
    assertThat(keys("q=oym")).containsExactly("A3");
    assertThat(keys("q=john+smith")).containsExactly("A5");
    assertThat(keys("q=mit")).containsExactly("A5");
    assertThat(keys("q=a4")).containsExactly("A4");
    assertThat(keys("q=%25")).isEmpty();
  }

  @Test
  void factsAreAskedWithAnyOfTheirConditions() {
    assertThat(keys("c=age:between:40|50")).containsExactlyInAnyOrder("A2", "A3");
    assertThat(keys("c=sex:is:female&c=rank:is:二级主任科员|一级科员")).containsExactlyInAnyOrder("A3", "A4");
    assertThat(keys("c=sex:is:female&c=rank:is:四级调研员&any=true"))
        .containsExactlyInAnyOrder("A1", "A3", "A4");
    assertThat(keys("c=rank:missing")).containsExactly("A5");
    assertThat(keys("c=rank:known&c=rank:not:一级科员")).containsExactlyInAnyOrder("A1", "A2", "A3");
    assertThat(keys("c=serving:is:false")).containsExactly("A5");
    assertThat(keys("fact=age&op=ge&value=51")).contains("A1", "A5").doesNotContain("A2");
    assertThat(keys("sort=age&falling=true")).startsWith("A5", "A1", "A2", "A3");
    assertThat(keys("sort=age")).startsWith("A4", "A3", "A2");
  }

  @Test
  void aConditionThatCannotBeAskedIsSaidAndNotDropped() {
    assertThat(filters.of("c=nothing:is:1").refused()).containsExactly("fact:nothing");
    assertThat(filters.of("c=age:is:many").refused()).containsExactly("number:many");
    assertThat(filters.of("c=age:between:4").refused()).containsExactly("two-values:age");
    assertThat(filters.of("c=age:like:4").refused()).containsExactly("operator:age:like:4");
    assertThat(filters.of("c=serving:is:perhaps").refused()).containsExactly("truth:perhaps");
    assertThat(filters.of("c=last-award-on:ge:soon").refused()).containsExactly("date:soon");
  }

  @Test
  void anAddressSaysTheSameAsTheFilterItCameFrom() {
    OfficialFilter filter =
        filters.of(
            "q=%E6%98%8E&unit=3&c=rank:is:%E4%B8%80%E7%BA%A7%7C%E4%BA%8C%E7%BA%A7&c=age:ge:40&any=true&sort=age&falling=true&page=3");
    assertThat(filters.of(filter.query())).isEqualTo(filter);
    assertThat(filter.conditions()).hasSize(2);
  }

  @Test
  void aUnitHoldsWhoeverIsInItOrBelowIt() {
    Long city =
        jdbc.sql("select id from organisation.unit where code = '1'").query(Long.class).single();
    Long county =
        jdbc.sql("select id from organisation.unit where code = '11'").query(Long.class).single();
    assertThat(keys("unit=" + city)).contains("A1", "A2", "A3", "A4");
    assertThat(keys("unit=" + county)).containsExactlyInAnyOrder("A1", "A2");
    jdbc.sql(
            "update organisation.unit set parent_id = (select id from organisation.unit where code"
                + " = '12') where code = '111'")
        .update();
    assertThat(keys("unit=" + county)).containsExactly("A2");
  }

  @Test
  void whatIsRecordedIsFoundByTheNextSearch() {
    assertThat(keys("q=曾志明")).hasSize(1);
    jdbc.sql(
            "update official.identity set name = '曾志强', pinyin = 'zengzhiqiang' where name = '曾志明'")
        .update();
    assertThat(keys("q=曾志明")).isEmpty();
    assertThat(keys("q=志强")).containsExactly("A1");
    jdbc.sql("update official.identity set superseded_at = now() where name = '曾志强'").update();
    assertThat(keys("q=志强")).isEmpty();
    assertThat(keys("")).hasSize(4);
  }

  @Test
  void whatIsNotCommittedIsNotFoundAndThenIs() {
    assertThat(keys("q=李志")).hasSize(1);
    transaction.executeWithoutResult(
        status -> {
          jdbc.sql("update official.identity set name = '李治', pinyin = 'lizhi' where name = '李志'")
              .update();
          assertThat(elsewhere(() -> keys("q=李志"))).hasSize(1);
          assertThat(elsewhere(() -> keys("q=李治"))).isEmpty();
        });
    assertThat(keys("q=李志")).isEmpty();
    assertThat(keys("q=李治")).hasSize(1);
  }

  private static <T> T elsewhere(java.util.concurrent.Callable<T> question) {
    try (ExecutorService one = Executors.newSingleThreadExecutor()) {
      return one.submit(question).get();
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void ofManyChangesAtOnceNoneIsPassedOver() throws Exception {
    keys("");
    int writers = 4;
    int each = 15;
    CountDownLatch go = new CountDownLatch(1);
    List<Future<?>> all = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(writers + 1)) {
      for (int writer = 0; writer < writers; writer++) {
        String key = "A" + (writer + 1);
        int number = writer;
        all.add(
            threads.submit(
                () -> {
                  go.await();
                  for (int i = 0; i < each; i++) {
                    String name = "名" + number + "号" + i;
                    jdbc.sql(
                            "update official.identity set name = ? where superseded_at is null and"
                                + " official_id = (select id from official.official where key = ?)")
                        .params(name, key)
                        .update();
                    assertThat(keys("q=" + name)).contains(key);
                  }
                  return null;
                }));
      }
      go.countDown();
      for (Future<?> one : all) {
        one.get();
      }
    }
    for (int writer = 0; writer < writers; writer++) {
      assertThat(keys("q=名" + writer + "号" + (each - 1))).containsExactly("A" + (writer + 1));
    }
  }

  @Test
  void anIdentityNumberFindsItsHolderThoughTheIndexHasNone() throws IOException {
    Path file = folder.resolve("one.lrmx");
    String number = "110101198003078" + "99";
    number += IdentityNumber.checkDigit(number);
    Files.write(file, Forms.usual().with("ShenFenZheng", number).bytes());
    forms.take(file, "one.lrmx", "tester", false, Progress.unwatched());
    String name =
        jdbc.sql("select name from official.current_identity where number_index is not null")
            .query(String.class)
            .single();
    List<Found.Official> found = find("q=" + number, 0).officials();
    assertThat(found).hasSize(1);
    assertThat(found.getFirst().line().label()).isEqualTo(name);
    assertThat(keys("q=11010119900307889X")).isEmpty();
  }

  @Test
  void everyOfficialOfALongListIsGivenOnceAndInOrder() {
    jdbc.sql(
            """
            with people as (
              insert into official.official (source, key)
              select 'many', 'M' || lpad(n::text, 6, '0') from generate_series(1, 12000) n returning id, key)
            insert into official.identity (official_id, name, pinyin, initials, status, recorded_at, recorded_by)
            select id, key, lower(key), 'm', 'serving', now(), 'tester' from people
            """)
        .update();
    List<String> given = new ArrayList<>();
    long count = search.each(filters.of("q=m0"), official -> given.add(official.line().key()));
    assertThat(count).isEqualTo(12_000);
    assertThat(given).doesNotHaveDuplicates().isSorted().hasSize(12_000);
    for (int from : new int[] {0, 50, 5_975, 11_990}) {
      assertThat(find("q=m0", from).officials())
          .extracting(one -> one.line().key())
          .isEqualTo(given.subList(from, Math.min(from + 50, given.size())));
    }
    assertThat(find("q=m0", 12_000).officials()).isEmpty();
  }
}
