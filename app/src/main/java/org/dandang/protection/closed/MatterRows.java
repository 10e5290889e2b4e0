package org.dandang.protection.closed;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dandang.official.TableFiles;
import org.dandang.policy.pack.Period;

/** Reads the rows of both files as a layout says. */
final class MatterRows {
  static final List<String> MATTER_COLUMNS =
      List.of("key", "title", "received", "closed", "unit", "agency", "happened");
  static final List<String> ACCUSED_COLUMNS =
      List.of(
          "key",
          "official",
          "apart",
          "unit",
          "post",
          "about",
          "code",
          "finding",
          "outcome",
          "penalty",
          "measure",
          "said");

  private static final int LONGEST = 500;

  private final Layout layout;
  private final Period inForce;
  private final LocalDate today;

  /**
   * @param inForce when the pack whose figures measures go by was in force
   */
  MatterRows(Layout layout, Period inForce, LocalDate today) {
    this.layout = layout;
    this.inForce = inForce;
    this.today = today;
  }

  List<TableFiles.Column> matterColumns() {
    return columns(layout.matters(), Layout.MATTER_FIELDS, Layout.MATTER_NEEDED);
  }

  List<TableFiles.Column> accusedColumns() {
    List<TableFiles.Column> columns =
        columns(layout.accused(), Layout.ACCUSED_FIELDS, Layout.ACCUSED_NEEDED);
    for (int i = 0; i < layout.toldApart().size(); i++) {
      columns.add(
          new TableFiles.Column(
              "apart." + i,
              List.of(layout.toldApart().get(i)),
              TableFiles.Need.COLUMN,
              Map.of(),
              List.of(),
              ""));
    }
    return columns;
  }

  private static List<TableFiles.Column> columns(
      Map<String, Layout.Cell> cells, List<String> fields, int needed) {
    List<TableFiles.Column> columns = new ArrayList<>();
    cells.forEach(
        (field, cell) -> {
          if (cell.constant() == null) {
            columns.add(
                new TableFiles.Column(
                    field,
                    cell.headers(),
                    fields.indexOf(field) < needed
                        ? TableFiles.Need.COLUMN
                        : TableFiles.Need.NOTHING,
                    Map.of(),
                    List.of(),
                    ""));
          }
        });
    return columns;
  }

  StagedFile.Row matter(Map<String, String> cells) {
    String key = value(layout.matters(), cells, "key");
    String title = value(layout.matters(), cells, "title");
    String unit = value(layout.matters(), cells, "unit");
    if (key.isEmpty() || title.isEmpty() || unit.isEmpty()) {
      return wrong("missing", key.isEmpty() ? "key" : title.isEmpty() ? "title" : "unit", "");
    }
    for (String field : List.of("received", "closed", "happened")) {
      String written = value(layout.matters(), cells, field);
      boolean needed = !field.equals("happened");
      if (written.isEmpty() && needed) {
        return wrong(field.equals("closed") ? "not-closed" : "missing", field, "");
      }
      Optional<LocalDate> day = day(layout.matters(), written, field);
      if (day.isEmpty() && !written.isEmpty()) {
        return wrong("no-such-day", field, written);
      }
      if (day.filter(one -> one.isAfter(today)).isPresent()) {
        return wrong("later", field, written);
      }
    }
    LocalDate received =
        day(layout.matters(), value(layout.matters(), cells, "received"), "received").orElseThrow();
    LocalDate closed =
        day(layout.matters(), value(layout.matters(), cells, "closed"), "closed").orElseThrow();
    if (closed.isBefore(received)) {
      return wrong("closed-before", "closed", closed.toString());
    }
    if (!inForce.covers(closed)) {
      return wrong("not-in-force", "closed", closed.toString());
    }
    String happened =
        day(layout.matters(), value(layout.matters(), cells, "happened"), "happened")
            .map(LocalDate::toString)
            .orElse("");
    return good(
        List.of(
            key,
            title,
            received.toString(),
            closed.toString(),
            unit,
            value(layout.matters(), cells, "agency"),
            happened));
  }

  StagedFile.Row accused(Map<String, String> cells) {
    Map<String, Layout.Cell> at = layout.accused();
    String key = value(at, cells, "key");
    if (key.isEmpty()) {
      return wrong("missing", "key", "");
    }
    String written = value(at, cells, "finding");
    Optional<Layout.Finding> finding = layout.finding(written);
    if (finding.isEmpty()) {
      return wrong("finding-not-listed", "finding", written);
    }
    String penalty = value(at, cells, "penalty");
    Optional<Layout.Penalty> meant = penalty.isEmpty() ? Optional.empty() : layout.penalty(penalty);
    if (!penalty.isEmpty() && meant.isEmpty()) {
      return wrong("penalty-not-listed", "penalty", penalty);
    }
    String official = value(at, cells, "official");
    StringBuilder apart = new StringBuilder();
    for (int i = 0; i < layout.toldApart().size(); i++) {
      apart.append(cells.getOrDefault("apart." + i, "")).append(Refusal.BETWEEN);
    }
    List<String> values =
        new ArrayList<>(
            List.of(
                key,
                official,
                official.isEmpty() ? apart.toString() : "",
                value(at, cells, "unit"),
                value(at, cells, "post"),
                value(at, cells, "about"),
                value(at, cells, "code"),
                finding.get().word(),
                finding.get().outcome() == null ? "" : finding.get().outcome(),
                penalty,
                meant.map(Layout.Penalty::measure).orElse("")));
    values.add(hash(values));
    return good(values);
  }

  private static String value(
      Map<String, Layout.Cell> layout, Map<String, String> cells, String field) {
    Layout.Cell cell = layout.get(field);
    return cell == null ? "" : cell.read(cells.getOrDefault(field, "")).strip();
  }

  private static Optional<LocalDate> day(
      Map<String, Layout.Cell> layout, String written, String field) {
    return Optional.ofNullable(layout.get(field))
        .filter(cell -> !written.isEmpty())
        .flatMap(cell -> Optional.ofNullable(cell.day(written)));
  }

  private static StagedFile.Row good(List<String> values) {
    return values.stream()
        .filter(value -> value.length() > LONGEST)
        .findFirst()
        .map(value -> wrong("too-long", "", Integer.toString(LONGEST)))
        .orElseGet(() -> new StagedFile.Row.Good(values));
  }

  private static StagedFile.Row wrong(String reason, String field, String value) {
    return new StagedFile.Row.Wrong(new Refusal(reason, field, value));
  }

  private static String hash(List<String> values) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256")
                  .digest(
                      String.join(String.valueOf(Refusal.BETWEEN), values)
                          .getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
