package org.dandang.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.dandang.DandangTest;
import org.dandang.official.ImportFile;
import org.dandang.official.ImportOutcome;
import org.dandang.official.Jurisdiction;
import org.dandang.official.Mappings;
import org.dandang.official.RosterImport;
import org.dandang.organisation.Document;
import org.dandang.organisation.NewUnit;
import org.dandang.organisation.Order;
import org.dandang.organisation.OrganisationProblem;
import org.dandang.organisation.Reorganising;
import org.dandang.platform.access.Access;
import org.dandang.platform.access.Accounts;
import org.dandang.platform.access.Action;
import org.dandang.platform.access.Assignments;
import org.dandang.platform.access.Readers;
import org.dandang.platform.access.Role;
import org.dandang.platform.access.SignedIn;
import org.dandang.platform.access.Subject;
import org.dandang.platform.jobs.Progress;
import org.dandang.platform.storage.Sights;
import org.dandang.policy.PolicyProblem;
import org.dandang.policy.run.PolicyRuns;
import org.dandang.policy.run.RunSummary;
import org.dandang.policy.run.Runs;
import org.dandang.policy.simulation.Simulations;
import org.dandang.selection.Slates;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What concerns many at once, done by an officer of some units: within the jurisdiction it is done,
 * beyond it nothing is. The control of each is the same by an officer over everything.
 */
@DandangTest
@TestPropertySource(
    properties = {"dandang.test.as-application=true", "dandang.test.database=jurisdiction"})
class JurisdictionTests {
  private static final String POLICY = "guizhou/front-line-priority";
  private static final LocalDate DAY = LocalDate.of(2026, 6, 30);
  private static final Order ORDER =
      new Order(LocalDate.of(2026, 1, 5), new Document("机构改革方案", null, null), "test");

  @Autowired JdbcClient jdbc;
  @Autowired Accounts accounts;
  @Autowired Assignments assignments;
  @Autowired Readers readers;
  @Autowired Access access;
  @Autowired RosterImport imports;
  @Autowired Mappings mappings;
  @Autowired PolicyRuns policies;
  @Autowired Runs runs;
  @Autowired Simulations simulations;
  @Autowired Slates slates;
  @Autowired Reorganising reorganising;
  @Autowired TransactionTemplate transaction;

  private static County county;
  private SignedIn officer;
  private SignedIn all;

  @BeforeEach
  void twoCounties() {
    if (county == null) {
      county = new County(jdbc, accounts, assignments);
      county.settle();
    }
    officer = county.account("ju-county", "officer", Role.PERSONNEL_OFFICER, "county");
    all = county.account("ju-all", null, Role.PERSONNEL_OFFICER, null);
  }

  private ImportOutcome taken(SignedIn by, String mapping, String text) {
    ImportFile file =
        ImportFile.of(
                "roster.csv", () -> new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))
            .within(
                Jurisdiction.of(access.reach(by, Action.CHANGE, "official"), assignments.today())
                    .orElse(null));
    return imports.take(file, mappings.named(mapping), "test", true, Progress.unwatched());
  }

  private static String key(String person) {
    return County.word(person) + "号";
  }

  @Test
  void anImportTakesTheRowsOfTheJurisdictionAndRefusesEachOther() {
    String roster =
        """
        编号,姓名,工作单位,职务,职务层次,任现职时间
        %s,改一,bureau,科员,150,2026-01-01
        %s,改二,school,科员,150,2026-01-01
        %s,改三,school,科员,150,2026-01-01
        %s,改四,bureau,科员,150,2026-01-01
        %s,改五,city,科员,150,2026-01-01
        new-1,新一,bureau,科员,150,2026-01-01
        new-2,新二,school,科员,150,2026-01-01
        new-3,新三,nowhere,科员,150,2026-01-01
        """
            .formatted(key("inside"), key("own"), key("outside"), key("kin"), key("parent"));
    ImportOutcome some = taken(officer, "standard/roster", roster);
    assertThat(some.read()).isEqualTo(8);
    // Taken: inside and the new one of the bureau. Own is in sight, but the post is elsewhere.
    assertThat(some.stored()).isEqualTo(2);
    assertThat(some.refused()).isEqualTo(6);
    assertThat(some.refusedByReason().keySet()).isSubsetOf("outside", "outside-new");
    assertThat(some.refusedByReason().values().stream().mapToLong(each -> each).sum()).isEqualTo(6);
    ImportOutcome control = taken(all, "standard/roster", roster);
    assertThat(control.refused()).isZero();
    assertThat(control.stored()).isEqualTo(8);
  }

  @Test
  void aPostThatHasEndedMayHaveBeenAnywhere() {
    String postings =
        """
        编号,单位编码,职务,职务层次,任职类型,开始日期,结束日期
        %s,U-school,教师,150,正式,2003-01-01,2009-12-31
        %s,U-school,校长,141,正式,2020-01-01,
        %s,U-bureau,科员,150,正式,2003-01-01,2009-12-31
        """
            .formatted(key("inside"), key("inside"), key("outside"));
    ImportOutcome some = taken(officer, "standard/postings", postings);
    assertThat(some.stored()).isEqualTo(1);
    assertThat(some.refused()).isEqualTo(2);
    assertThat(taken(all, "standard/postings", postings).refused()).isZero();
  }

  @Test
  void unitsOutsideAreNotDescribedByAnImport() {
    String units =
        """
        编码,名称,类别,层级,上级编码,艰苦边远类别
        U-bureau,某局,部门,县直部门,U-county,
        U-school,某校,部门,县直部门,U-other,
        U-new,新股室,部门,县直部门,U-bureau,
        U-far,外设,部门,县直部门,U-other,
        U-bare,无上级,部门,县直部门,,
        """;
    ImportOutcome some = taken(officer, "standard/units", units);
    assertThat(some.stored()).isEqualTo(2);
    assertThat(some.refusedByReason()).containsOnlyKeys("outside").containsEntry("outside", 3L);
    assertThat(taken(all, "standard/units", units).refused()).isZero();
  }

  private RunSummary run(SignedIn by) {
    return Sights.as(
        readers.sightOf(by),
        () -> policies.run(POLICY, DAY, null, "test", Progress.unwatched(), null));
  }

  @Test
  void aRunCountsEverybodyWithinTheJurisdiction() {
    RunSummary everybody = run(all);
    assertThat(everybody.partial()).isFalse();
    assertThat(everybody.subjects()).isEqualTo(7);
    RunSummary some = run(officer);
    assertThat(some.partial()).isTrue();
    // inside, own, officer and managed; kin are kept from the officer.
    assertThat(subjects(some.id()))
        .isEqualTo(Set.of(person("inside"), person("own"), person("officer"), person("managed")));
    assertThat(some.subjects()).isEqualTo(4);
    assertThat(some.hits().stream().mapToLong(RunSummary.Hits::subjects).sum()).isEqualTo(4);
    assertThat(runs.newest(POLICY).orElseThrow().id()).isEqualTo(everybody.id());
  }

  private Set<Long> subjects(long run) {
    return Set.copyOf(
        jdbc.sql("select subject_id from policy.run_result where run_id = ?")
            .param(run)
            .query(Long.class)
            .list());
  }

  private static long person(String name) {
    return Objects.requireNonNull(county.people.get(name));
  }

  @Test
  void aSimulationCountsTheSameAndIsNotSharedWithOthers() {
    for (SignedIn by : List.of(officer, all, officer)) {
      long counted =
          Sights.as(
              readers.sightOf(by),
              () ->
                  simulations.ask(
                      simulations.of(policies.pack(POLICY), DAY, List.of(), null, null),
                      by.signInName(),
                      Progress.unwatched(),
                      simulator -> simulator.subjects()));
      assertThat(counted).as(by.signInName()).isEqualTo(by.equals(all) ? 7 : 4);
    }
  }

  private long slate(SignedIn by, String person, String unit) {
    return Sights.as(
        readers.sightOf(by),
        () ->
            slates.propose(
                person + unit, DAY, Slates.read(key(person) + ",U-" + unit + ",141,局长"), "test"));
  }

  @Test
  void aListOfPromotionsNamesPeopleAndUnitsOfTheJurisdictionOnly() {
    long inside = slate(officer, "inside", "bureau");
    assertThatThrownBy(() -> slate(officer, "outside", "bureau"))
        .isInstanceOfSatisfying(
            PolicyProblem.class,
            problem -> assertThat(problem.getMessage()).contains("slate-official"));
    assertThatThrownBy(() -> slate(officer, "inside", "school"))
        .isInstanceOfSatisfying(
            PolicyProblem.class,
            problem -> assertThat(problem.getMessage()).contains("slate-outside"));
    long outside = slate(all, "outside", "school");
    assertThat(may(officer, inside)).isTrue();
    assertThat(may(officer, outside)).isFalse();
    assertThat(may(all, outside)).isTrue();
    assertThat(lists(officer)).contains(inside).doesNotContain(outside);
    assertThat(lists(all)).contains(inside, outside);
  }

  private boolean may(SignedIn by, long slate) {
    return access.may(by, Action.READ, new Subject("slate", Long.toString(slate))).allowed();
  }

  private List<Long> lists(SignedIn by) {
    return Sights.as(
        readers.sightOf(by), () -> slates.newest(20).stream().map(list -> list.id()).toList());
  }

  private void as(SignedIn by, Runnable change) {
    transaction.executeWithoutResult(
        status -> {
          status.setRollbackOnly();
          Sights.as(
              readers.sightOf(by),
              () -> {
                change.run();
                return Boolean.TRUE;
              });
        });
  }

  @Test
  void unitsAreReorganisedWithinTheJurisdictionOnly() {
    long bureau = unit("bureau");
    long own = unit("county");
    long other = unit("other");
    long school = unit("school");
    List<Runnable> within =
        List.of(
            () -> reorganising.rename(bureau, "新局", ORDER),
            () -> reorganising.found(fresh("N-1", own), ORDER));
    List<Runnable> beyond =
        List.of(
            () -> reorganising.rename(school, "新校", ORDER),
            () -> reorganising.move(bureau, other, ORDER),
            () -> reorganising.move(school, own, ORDER),
            () -> reorganising.move(bureau, null, ORDER),
            () -> reorganising.merge(Set.of(school), bureau, ORDER),
            () -> reorganising.merge(Set.of(bureau), school, ORDER),
            () -> reorganising.close(school, null, ORDER),
            () -> reorganising.found(fresh("N-2", other), ORDER),
            () -> reorganising.found(fresh("N-3", null), ORDER));
    within.forEach(change -> as(officer, change));
    for (int i = 0; i < beyond.size(); i++) {
      Runnable change = beyond.get(i);
      assertThatThrownBy(() -> as(officer, change))
          .as("change " + i)
          .isInstanceOfSatisfying(
              OrganisationProblem.class,
              problem -> assertThat(problem.key()).startsWith("reorganisation.problem.outside"));
      as(all, change);
    }
  }

  @Test
  void whatReachedBeyondIsNotUndoneFromWithin() {
    long[] change = new long[1];
    transaction.executeWithoutResult(
        status -> change[0] = reorganising.rename(unit("school"), "学校", ORDER).id());
    assertThatThrownBy(() -> as(officer, () -> reorganising.undo(change[0], "test")))
        .isInstanceOf(OrganisationProblem.class);
    Sights.as(
        readers.sightOf(all),
        () -> {
          reorganising.undo(change[0], "test");
          return Boolean.TRUE;
        });
  }

  private static long unit(String name) {
    return Objects.requireNonNull(county.units.get(name));
  }

  private static NewUnit fresh(String code, Long parent) {
    return new NewUnit("place", code, "新单位" + code, "department", "county", parent, null, null);
  }
}
