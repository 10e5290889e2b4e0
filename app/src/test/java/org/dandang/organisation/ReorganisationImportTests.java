package org.dandang.organisation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.dandang.DandangTest;
import org.dandang.organisation.ReorganisationImportOutcome.Remark;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A table of names by years, and what it makes of units. */
@DandangTest
class ReorganisationImportTests {
  private static final String HEADER = "\ufeff\"uid\",\"organisation\",\"year_from\",\"year_to\"\n";

  @Autowired ReorganisationImport imports;
  @Autowired Reorganisations reorganisations;
  @Autowired Reorganising reorganising;
  @Autowired Units units;
  @Autowired JdbcClient jdbc;
  @TempDir Path folder;

  @BeforeEach
  void empty() {
    jdbc.sql(
            "truncate organisation.unit, organisation.unit_description, organisation.reorganisation restart identity cascade")
        .update();
  }

  @Test
  void aSecondNameRenamesAndTheEndOfNamesCloses() throws IOException {
    ReorganisationImportOutcome outcome =
        take(
            """
            A,First Office,2009,2012
            A,Office,2013,2024
            B,Old Agency,2009,2010
            C,New Agency,2015,2020
            """,
            null);
    assertThat(outcome.read()).isEqualTo(4);
    assertThat(outcome.stored()).isEqualTo(4);
    assertThat(outcome.refused()).isZero();
    assertThat(outcome.changes())
        .isEqualTo(
            Map.of(
                ReorganisationKind.RENAMED, 1,
                ReorganisationKind.FOUNDED, 1,
                ReorganisationKind.CLOSED, 2));
    assertThat(names(2009)).containsExactly("First Office", "Old Agency");
    assertThat(names(2013)).containsExactly("Office");
    assertThat(names(2015)).containsExactly("New Agency", "Office");
    assertThat(names(2024)).containsExactly("Office");
    Reorganisation renamed =
        reorganisations.of(units.find("test", "A").orElseThrow().id()).getFirst();
    assertThat(renamed.date()).isEqualTo("2013");
    assertThat(renamed.from().getFirst().name()).isEqualTo("First Office");
  }

  @Test
  void aNameBesideAnotherIsRefusedWithFileAndLineAndOneThatLastsLongerTakesOver()
      throws IOException {
    ReorganisationImportOutcome outcome =
        take(
            """
            A,Office,2009,2018
            A,Office (spelt otherwise),2011,2012
            A,The Office,2016,2024
            ,Nobody,2009,2024
            B,Agency,20x9,2024
            B,Agency,2012,2011
            """,
            null);
    assertThat(outcome.stored() + outcome.refused()).isEqualTo(outcome.read()).isEqualTo(6);
    assertThat(outcome.remarks())
        .extracting(Remark::line, Remark::reason)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(3, "beside-another"),
            org.assertj.core.groups.Tuple.tuple(5, "no-code"),
            org.assertj.core.groups.Tuple.tuple(6, "not-a-year"),
            org.assertj.core.groups.Tuple.tuple(7, "ends-before-start"));
    assertThat(outcome.remarks()).extracting(Remark::file).containsOnly("history.csv");
    assertThat(names(2015)).containsExactly("Office");
    assertThat(names(2016)).containsExactly("The Office");
  }

  @Test
  void aUnitThatComesBackIsFoundedAgain() throws IOException {
    take("A,Office,2009,2010\nA,Office,2018,2019\nB,Agency,2009,2024\n", null);
    assertThat(names(2010)).containsExactly("Agency", "Office");
    assertThat(names(2012)).containsExactly("Agency");
    assertThat(names(2018)).containsExactly("Agency", "Office");
    assertThat(names(2020)).containsExactly("Agency");
  }

  @Test
  void theNoteOnAChangeIsItsDocument() throws IOException {
    ReorganisationImportOutcome outcome =
        take(
            "A,First Office,2009,2012\nA,Office,2013,2024\n",
            "note_id,note_details,source\n2012_A,\"Renamed, by order\",x\n2016_NOBODY,Nothing,y\n");
    assertThat(outcome.notes()).isEqualTo(1);
    assertThat(outcome.refused()).isZero();
    assertThat(outcome.remarks())
        .containsExactly(new Remark("notes.csv", 3, "note-unused", List.of("2016_NOBODY")));
    Reorganisation renamed =
        reorganisations.of(units.find("test", "A").orElseThrow().id()).getFirst();
    assertThat(renamed.document()).isEqualTo(new Document("Renamed, by order", "2012_A", null));
  }

  @Test
  void aSecondTimeNothingChangesAndAnotherHistoryIsRefused() throws IOException {
    String rows = "A,First Office,2009,2012\nA,Office,2013,2024\nB,Agency,2009,2024\n";
    take(rows, null);
    ReorganisationImportOutcome again = take(rows, null);
    assertThat(again.stored()).isZero();
    assertThat(again.unchanged()).isEqualTo(3);
    ReorganisationImportOutcome other =
        take(rows.replace("2012", "2014").replace("2013", "2015"), null);
    assertThat(other.unchanged()).isEqualTo(1);
    assertThat(other.refused()).isEqualTo(2);
    assertThat(names(2013)).contains("Office");
  }

  @Test
  void whatWasTakenInCanBeReorganisedFurther() throws IOException {
    take("A,Office,2009,2024\nB,Agency,2012,2024\n", null);
    long office = units.find("test", "A").orElseThrow().id();
    long agency = units.find("test", "B").orElseThrow().id();
    reorganising.move(
        agency, office, new Order(LocalDate.of(2025, 4, 1), Document.titled("Order"), "officer"));
    assertThat(units.children(office, LocalDate.of(2025, 4, 1))).hasSize(1);
    assertThat(units.children(office, LocalDate.of(2025, 3, 31))).isEmpty();
  }

  @Test
  void aFileWithoutAColumnIsRefusedByItsName() throws IOException {
    Path file = Files.writeString(folder.resolve("wrong.csv"), "uid,organisation\nA,B\n");
    assertThatThrownBy(() -> imports.take(new ReorganisationFile(file, null, "test"), "tester"))
        .isInstanceOfSatisfying(
            OrganisationProblem.class,
            problem ->
                assertThat(problem.text(Locale.ENGLISH)).contains("wrong.csv line 1", "year_"));
  }

  private List<String> names(int year) {
    return units.on(LocalDate.of(year, 6, 30)).roots().stream().map(Unit::name).sorted().toList();
  }

  private ReorganisationImportOutcome take(String rows, @Nullable String notes) throws IOException {
    Path file = Files.writeString(folder.resolve("history.csv"), HEADER + rows);
    Path noteFile = notes == null ? null : Files.writeString(folder.resolve("notes.csv"), notes);
    return imports.take(new ReorganisationFile(file, noteFile, "test"), "tester");
  }
}
