package org.dandang.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.dandang.engine.Dmn.Table;
import org.dandang.engine.InputTypes.InputColumn;
import org.dandang.engine.WhatWouldChange.Change;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PublishGateTests {
  private static final DecisionModel MODEL =
      new Dmn()
          .input("months", "number")
          .input("grade", "string")
          .input("on", "boolean")
          .input("required", "number")
          .table(
              Table.of(
                      "d",
                      "FIRST",
                      List.of("months", "grade", "on", "required"),
                      Dmn.row("null | - | -", "\"a person decides\""),
                      Dmn.row(">= required | \"a\" | true", "\"first\""),
                      Dmn.row("[required..60) | - | -", "\"priority\""),
                      Dmn.row("- | - | -", "\"ordinary\""))
                  .withColumns("months", "grade", "on"))
          .read();

  private static final InputTypes TYPES =
      InputTypes.of(
              List.of(
                  new InputColumn("months", new ColumnType.Whole(5), true),
                  new InputColumn("grade", new ColumnType.Enumerated(List.of("a", "b")), true),
                  new InputColumn("on", new ColumnType.Truth(), true)))
          .withConstants(Map.of("required", 24));

  @Test
  void triesEachThresholdJustBelowItAndJustAbove() {
    assertThat(PublishGate.boundaryRows(MODEL, "d", TYPES))
        .extracting(r -> r.get("months"))
        .contains(
            null,
            BigDecimal.valueOf(23),
            BigDecimal.valueOf(24),
            BigDecimal.valueOf(25),
            BigDecimal.valueOf(59),
            BigDecimal.valueOf(60),
            BigDecimal.valueOf(61));
  }

  @Test
  void passesATableThatMeansTheSameBothWays() throws SQLException {
    Map<String, @Nullable Object> extra = new HashMap<>();
    extra.put("months", 24);
    extra.put("grade", null);
    PublishGate.Report report = PublishGate.compare(MODEL, "d", TYPES, List.of(extra));
    assertThat(report.refusals()).isEmpty();
    assertThat(report.differences()).isEmpty();
    assertThat(report.passed()).isTrue();
    assertThat(report.rows()).isGreaterThan(20);
  }

  @Test
  void tellsTheNearestChangeOfEachInputThatGivesAnotherOutcome() {
    List<Change> changes =
        WhatWouldChange.from(MODEL, "d", TYPES, Map.of("months", 30, "grade", "a", "on", false));
    assertThat(changes)
        .extracting(c -> c.input() + " → " + c.to() + ": " + c.outcome().value())
        .containsExactlyInAnyOrder(
            "months → 23: ordinary", "months → 60: ordinary", "on → true: first");
  }
}
