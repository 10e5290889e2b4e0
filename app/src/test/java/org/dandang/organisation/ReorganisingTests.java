package org.dandang.organisation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.dandang.DandangTest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What happens to units, told as an office would tell it. */
@DandangTest
class ReorganisingTests {
  private static final Document DOCUMENT =
      new Document("关于机构调整的批复", "〔2020〕1号", LocalDate.of(2019, 12, 20));

  @Autowired Reorganising reorganising;
  @Autowired Reorganisations reorganisations;
  @Autowired Units units;
  @Autowired JdbcClient jdbc;

  long city;
  long county;
  long east;
  long west;

  /** A city with a county of two townships, all since before the records. */
  @BeforeEach
  void aCityWithACountyOfTwoTownships() {
    jdbc.sql(
            """
            truncate organisation.unit, organisation.unit_superseded, organisation.unit_description,
              organisation.reorganisation, organisation.reorganisation_part, organisation.establishment,
              organisation.management_authority restart identity cascade
            """)
        .update();
    city = unit("C", "安平市", "prefecture", "city", null);
    county = unit("C1", "永宁县", "county", "county", city);
    east = unit("C11", "东乡", "township", "township", county);
    west = unit("C12", "西乡", "township", "township", county);
  }

  @Test
  void aRenamedUnitHasItsFormerNameOnEveryDayBefore() {
    reorganising.rename(east, "东镇", on(2020, 3, 1));
    assertThat(tree(2020, 2, 29)).containsExactly("C 安平市", "C1 永宁县", "C11 东乡", "C12 西乡");
    assertThat(tree(2020, 3, 1)).containsExactly("C 安平市", "C1 永宁县", "C11 东镇", "C12 西乡");
    assertThat(latest(east).name()).isEqualTo("东镇");
    assertThat(reorganisations.history(east))
        .extracting(UnitDescription::name, UnitDescription::from, UnitDescription::until)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("东镇", LocalDate.of(2020, 3, 1), null),
            org.assertj.core.groups.Tuple.tuple("东乡", null, LocalDate.of(2020, 3, 1)));
  }

  @Test
  void aFoundedUnitIsThereFromItsDayOnAndNotBefore() {
    Reorganisation founded = reorganising.found(township("C13", "南乡", county), on(2021, 1, 1));
    assertThat(tree(2020, 12, 31)).doesNotContain("C13 南乡");
    assertThat(tree(2021, 1, 1)).contains("C13 南乡");
    assertThat(founded.document()).isEqualTo(DOCUMENT);
    assertThat(founded.to()).extracting(Reorganisation.Part::code).containsExactly("C13");
  }

  @Test
  void mergingIntoANewTownshipClosesBothAndTakesWhatLiesBelowAlong() {
    long village = unit("C111", "东村", "other", "none", east);
    Reorganisation merged =
        reorganising.merge(List.of(east, west), township("C14", "新镇", county), on(2020, 6, 1));
    long joined = Objects.requireNonNull(merged.to().getFirst().unit());
    assertThat(tree(2020, 5, 31)).containsExactly("C 安平市", "C1 永宁县", "C11 东乡", "C111 东村", "C12 西乡");
    assertThat(tree(2020, 6, 1)).containsExactly("C 安平市", "C1 永宁县", "C111 东村", "C14 新镇");
    assertThat(units.on(LocalDate.of(2020, 6, 1)).below(joined))
        .extracting(Unit::id)
        .containsExactly(village);
    assertThat(merged.from()).extracting(Reorganisation.Part::name).containsExactly("东乡", "西乡");
    assertThat(merged.along()).extracting(Reorganisation.Part::name).containsExactly("东村");
    assertThat(latest(village).parent()).isEqualTo(joined);
  }

  @Test
  void mergingIntoAnotherTownshipClosesTheOne() {
    reorganising.merge(List.of(west), east, on(2020, 6, 1));
    assertThat(tree(2020, 6, 1)).containsExactly("C 安平市", "C1 永宁县", "C11 东乡");
    assertThat(reorganisations.of(east)).hasSize(1);
  }

  @Test
  void aSplitUnitSaysWhereEachUnitBelowGoes() {
    List<NewUnit> two =
        List.of(
            new NewUnit("place", "C2", "甲区", "county", "county", city, null, null),
            new NewUnit("place", "C3", "乙区", "county", "county", city, 2, 1));
    assertThat(
            refusal(
                () -> reorganising.split(county, two, false, Map.of(east, "C2"), on(2020, 1, 1))))
        .isEqualTo("units-below");
    assertThat(units.find("place", "C2")).isEmpty();
    reorganising.split(county, two, false, Map.of(east, "C2", west, "C3"), on(2020, 1, 1));
    assertThat(tree(2020, 1, 1)).containsExactly("C 安平市", "C11 东乡", "C12 西乡", "C2 甲区", "C3 乙区");
    assertThat(units.find("place", "C3").orElseThrow().altitudeZone()).isEqualTo(1);
  }

  @Test
  void aMovedUnitLiesUnderItsNewParentWithAllWithinIt() {
    long other = unit("C2", "另一县", "county", "county", city);
    reorganising.move(east, other, on(2020, 1, 1));
    assertThat(units.children(other, LocalDate.of(2019, 12, 31))).isEmpty();
    assertThat(units.children(other, LocalDate.of(2020, 1, 1)))
        .extracting(Unit::id)
        .containsExactly(east);
  }

  @Test
  void aUnitWithUnitsBelowIsClosedOnlyWhenTheyAreMovedInTheSameChange() {
    assertThat(refusal(() -> reorganising.close(county, null, on(2020, 1, 1))))
        .isEqualTo("units-below");
    reorganising.close(county, city, on(2020, 1, 1));
    assertThat(tree(2020, 1, 1)).containsExactly("C 安平市", "C11 东乡", "C12 西乡");
    assertThat(units.children(city)).extracting(Unit::id).containsExactly(east, west);
  }

  @Test
  void refusesWhatCannotBe() {
    reorganising.found(township("C13", "南乡", county), on(2021, 1, 1));
    long south = units.find("place", "C13").orElseThrow().id();
    assertThat(refusal(() -> reorganising.rename(999, "无", on(2020, 1, 1))))
        .isEqualTo("unknown-unit");
    assertThat(refusal(() -> reorganising.rename(south, "南镇", on(2020, 1, 1))))
        .isEqualTo("before-founded");
    assertThat(refusal(() -> reorganising.rename(south, "南镇", on(2021, 1, 1))))
        .isEqualTo("later-change");
    assertThat(refusal(() -> reorganising.rename(east, "东乡", on(2020, 1, 1))))
        .isEqualTo("same-name");
    assertThat(refusal(() -> reorganising.move(county, east, on(2020, 1, 1))))
        .isEqualTo("within-itself");
    assertThat(refusal(() -> reorganising.move(county, county, on(2020, 1, 1))))
        .isEqualTo("within-itself");
    assertThat(refusal(() -> reorganising.move(east, south, on(2020, 1, 1))))
        .isEqualTo("before-founded");
    assertThat(refusal(() -> reorganising.rename(east, "东镇", on(2999, 1, 1))))
        .isEqualTo("in-future");
    assertThat(refusal(() -> reorganising.found(township("C11", "又一乡", county), on(2020, 1, 1))))
        .isEqualTo("code-taken");
    assertThat(refusal(() -> reorganising.merge(List.of(east), east, on(2020, 1, 1))))
        .isEqualTo("nothing-to-merge");
    assertThat(refusal(() -> Document.titled(" "))).isEqualTo("no-document");
    reorganising.close(west, null, on(2022, 1, 1));
    assertThat(refusal(() -> reorganising.close(west, null, on(2023, 1, 1))))
        .isEqualTo("already-closed");
    assertThat(refusal(() -> reorganising.move(east, west, on(2023, 1, 1))))
        .isEqualTo("already-closed");
    assertThat(
            jdbc.sql("select count(*) from organisation.reorganisation").query(Long.class).single())
        .isEqualTo(2);
  }

  @Test
  void theLastChangeIsUndoneAndTheOneBeforeItThen() {
    List<String> before = tree(2023, 1, 1);
    Reorganisation renamed = reorganising.rename(east, "东镇", on(2020, 1, 1));
    Reorganisation merged =
        reorganising.merge(List.of(east, west), township("C14", "新镇", county), on(2021, 1, 1));
    assertThat(refusal(() -> reorganising.undo(renamed.id(), "officer")))
        .isEqualTo("later-change-first");
    reorganising.undo(merged.id(), "officer");
    assertThat(tree(2023, 1, 1)).containsExactly("C 安平市", "C1 永宁县", "C11 东镇", "C12 西乡");
    assertThat(units.find("place", "C14")).isEmpty();
    reorganising.undo(renamed.id(), "officer");
    assertThat(tree(2023, 1, 1)).isEqualTo(before);
    assertThat(latest(east).name()).isEqualTo("东乡");
    assertThat(refusal(() -> reorganising.undo(renamed.id(), "officer")))
        .isEqualTo("undone-already");
    assertThat(reorganisations.of(east)).allMatch(each -> each.undoneAt() != null).hasSize(2);
    reorganising.rename(east, "东镇", on(2019, 1, 1));
    assertThat(tree(2019, 1, 1)).contains("C11 东镇");
  }

  @Test
  void aFoundingIsNotUndoneWhileSomethingRestsOnIt() {
    Reorganisation founded = reorganising.found(township("C13", "南乡", county), on(2021, 1, 1));
    long south = Objects.requireNonNull(founded.to().getFirst().unit());
    Reorganisation moved = reorganising.move(east, south, on(2022, 1, 1));
    assertThat(refusal(() -> reorganising.undo(founded.id(), "officer"))).isEqualTo("rests-on-it");
    reorganising.undo(moved.id(), "officer");
    jdbc.sql(
            """
            insert into organisation.establishment (unit_id, post_level, headcount, starts_on, document_title, recorded_at, recorded_by)
            values (?, '141', 1, '2021-01-01', '三定方案', now(), 'test')
            """)
        .param(south)
        .update();
    assertThat(refusal(() -> reorganising.undo(founded.id(), "officer"))).isEqualTo("rests-on-it");
    assertThat(units.find(south)).isPresent();
  }

  @Test
  void whatAnImportCorrectsKeepsItsPeriod() {
    reorganising.rename(east, "东镇", on(2020, 1, 1));
    jdbc.sql(
            "update organisation.unit set name = '东山镇', recorded_at = now(), recorded_by = 'import' where id = ?")
        .param(east)
        .update();
    assertThat(tree(2019, 12, 31)).contains("C11 东乡");
    assertThat(tree(2020, 1, 1)).contains("C11 东山镇");
    assertThat(reorganisations.history(east)).hasSize(2);
  }

  @Test
  void everyChangeIsInTheLedger() {
    long before = entries();
    Reorganisation renamed = reorganising.rename(east, "东镇", on(2020, 1, 1));
    refusal(() -> reorganising.rename(east, "东镇", on(2021, 1, 1)));
    reorganising.undo(renamed.id(), "officer");
    assertThat(entries()).isEqualTo(before + 2);
  }

  private long entries() {
    return jdbc.sql(
            "select count(*) from platform.ledger_entry where subject_kind = 'reorganisation'")
        .query(Long.class)
        .single();
  }

  private List<String> tree(int year, int month, int day) {
    UnitTree tree = units.on(LocalDate.of(year, month, day));
    return jdbc
        .sql("select id from organisation.unit order by code")
        .query(Long.class)
        .list()
        .stream()
        .flatMap(id -> tree.find(id).stream())
        .map(unit -> unit.code() + " " + unit.name())
        .toList();
  }

  private Unit latest(long id) {
    return units.find(id).orElseThrow();
  }

  private static @Nullable String refusal(ThrowingCallable what) {
    OrganisationProblem problem = catchThrowableOfType(OrganisationProblem.class, what);
    return problem == null ? null : problem.key().substring("reorganisation.problem.".length());
  }

  private static Order on(int year, int month, int day) {
    return new Order(LocalDate.of(year, month, day), DOCUMENT, "officer");
  }

  private static NewUnit township(String code, String name, long parent) {
    return new NewUnit("place", code, name, "township", "township", parent, null, null);
  }

  private long unit(String code, String name, String kind, String level, @Nullable Long parent) {
    return jdbc.sql(
            """
            insert into organisation.unit (source, code, name, kind, level, parent_id, recorded_at, recorded_by)
            values ('place', ?, ?, ?, ?, ?, '2018-01-01', 'test') returning id
            """)
        .param(code)
        .param(name)
        .param(kind)
        .param(level)
        .param(parent)
        .query(Long.class)
        .single();
  }
}
