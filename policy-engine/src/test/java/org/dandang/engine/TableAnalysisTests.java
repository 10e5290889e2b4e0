package org.dandang.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.dandang.engine.Dmn.Table;
import org.dandang.engine.InputTypes.InputColumn;
import org.dandang.engine.TableFinding.Kind;
import org.junit.jupiter.api.Test;

class TableAnalysisTests {
  private static final InputTypes TYPES =
      InputTypes.of(
          List.of(
              new InputColumn("months", new ColumnType.Whole(5), false),
              new InputColumn("grade", new ColumnType.Text(), true),
              new InputColumn("on", new ColumnType.Truth(), false)));

  private static List<TableFinding> findings(String policy, Dmn.Row... rows) {
    var model =
        new Dmn()
            .type("grade", "string", "\"a\", \"b\", null")
            .input("months", "number")
            .input("grade", "grade")
            .input("on", "boolean")
            .table(Table.of("d", policy, List.of("months", "grade", "on"), rows))
            .read();
    return TableAnalysis.of(model, "d", TYPES);
  }

  @Test
  void findsNothingInATableThatAnswersEverythingOnce() {
    assertThat(
            findings(
                "UNIQUE",
                Dmn.row("< 12 | - | -", "\"x\""),
                Dmn.row(">= 12 | \"a\", \"b\" | -", "\"y\""),
                Dmn.row(">= 12 | null | true", "\"y\""),
                Dmn.row("> 11 | null | false", "\"y\"")))
        .isEmpty();
  }

  @Test
  void namesTheExactValuesOfAGap() {
    assertThat(
            findings(
                "UNIQUE",
                Dmn.row("< 12 | - | -", "\"x\""),
                Dmn.row("[24..60] | - | -", "\"y\""),
                Dmn.row("> 60 | \"a\", null | -", "\"y\"")))
        .extracting(TableFinding::kind, TableFinding::cell, TableFinding::message)
        .containsExactlyInAnyOrder(
            org.assertj.core.groups.Tuple.tuple(
                Kind.GAP, "d!input 1", "no row for months [12..23]"),
            org.assertj.core.groups.Tuple.tuple(
                Kind.GAP, "d", "no row for months >= 61, grade \"b\""));
  }

  @Test
  void namesTheRowsAndValuesOfAnOverlap() {
    assertThat(
            findings(
                "UNIQUE",
                Dmn.row("<= 12 | - | -", "\"x\""),
                Dmn.row(">= 12 | - | true", "\"y\""),
                Dmn.row("> 12 | - | false", "\"y\"")))
        .singleElement()
        .satisfies(
            f -> {
              assertThat(f.kind()).isEqualTo(Kind.OVERLAP);
              assertThat(f.rows()).containsExactly(1, 2);
              assertThat(f.message()).isEqualTo("rows 1 and 2 both match months 12, on true");
            });
  }

  @Test
  void findsARowThatNeverDecidesAndACellThatNeverMatches() {
    assertThat(
            findings(
                "FIRST",
                Dmn.row("< 12 | - | -", "\"x\""),
                Dmn.row("[3..8] | - | true", "\"y\""),
                Dmn.row("> 40 | \"c\" | -", "\"y\""),
                Dmn.row("- | - | -", "\"z\"")))
        .extracting(TableFinding::kind, TableFinding::cell)
        .containsExactlyInAnyOrder(
            org.assertj.core.groups.Tuple.tuple(Kind.UNREACHABLE, "d!row 2"),
            org.assertj.core.groups.Tuple.tuple(Kind.IMPOSSIBLE, "d!row 3, input 2"));
  }
}
