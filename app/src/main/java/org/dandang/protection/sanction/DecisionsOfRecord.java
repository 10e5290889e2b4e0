package org.dandang.protection.sanction;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.dandang.platform.access.SignedIn;
import org.dandang.platform.calendar.OfficeCalendar;
import org.dandang.platform.ledger.Ledger;
import org.dandang.platform.procedure.Field;
import org.dandang.platform.procedure.Figure;
import org.dandang.platform.procedure.OnRecord;
import org.dandang.platform.procedure.Procedure;
import org.dandang.platform.procedure.Procedures;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes in decisions that were made elsewhere, by the discipline commission above all: one by a
 * form, many by a file ({@link DecisionFiles}). Many are taken in as a whole or not at all; what is
 * on record already stays as it is.
 */
@Component
public class DecisionsOfRecord {
  static final int MOST_PROBLEMS = 200;
  private static final int LONGEST = 1_000;

  private final JdbcClient jdbc;
  private final Sanctions sanctions;
  private final Procedures procedures;
  private final OfficeCalendar office;
  private final Ledger ledger;
  private final TransactionTemplate transaction;
  private final String pack;

  DecisionsOfRecord(
      JdbcClient jdbc,
      Sanctions sanctions,
      Procedures procedures,
      OfficeCalendar office,
      Ledger ledger,
      TransactionTemplate transaction,
      @Value("${dandang.protection.sanctions:national/sanctions}") String pack) {
    this.jdbc = jdbc;
    this.sanctions = sanctions;
    this.procedures = procedures;
    this.office = office;
    this.ledger = ledger;
    this.transaction = transaction;
    this.pack = pack;
  }

  /** The pack whose measures and figures decisions of record go by. */
  String pack() {
    return pack;
  }

  /** What the lists of the pack allow, by field: every way to write a word to the word. */
  private record Words(Map<String, Map<String, String>> byField) {
    Optional<String> of(String field, String written) {
      return Optional.ofNullable(
          byField.getOrDefault(field, Map.of()).get(written.strip().toLowerCase(Locale.ROOT)));
    }

    List<String> words(String field) {
      return byField.getOrDefault(field, Map.of()).values().stream().distinct().toList();
    }
  }

  /** Words of a list of the pack. */
  List<String> options(String field) {
    return procedure(office.today()).map(one -> words(one).words(field)).orElse(List.of());
  }

  private Optional<Procedure> procedure(LocalDate day) {
    return procedures.find(pack, day, "clock");
  }

  private static Words words(Procedure procedure) {
    Map<String, Map<String, String>> byField = new HashMap<>();
    procedure
        .forms()
        .values()
        .forEach(
            form -> {
              for (Field field : form.fields()) {
                if (field.kind() instanceof Field.Kind.Choice choice) {
                  Map<String, String> written =
                      byField.computeIfAbsent(field.id(), id -> new LinkedHashMap<>());
                  for (String option : choice.options()) {
                    written.put(option, option);
                    procedure
                        .texts()
                        .byLanguage()
                        .values()
                        .forEach(
                            texts ->
                                Optional.ofNullable(
                                        texts.get(
                                            "option."
                                                + form.id()
                                                + "."
                                                + field.id()
                                                + "."
                                                + option))
                                    .ifPresent(
                                        text ->
                                            written.put(text.toLowerCase(Locale.ROOT), option)));
                  }
                }
              }
            });
    return new Words(byField);
  }

  /**
   * Enters one decision from a form.
   *
   * @param cells by the columns; blank ones are missing
   * @return what is wrong, or that it was entered
   */
  public Taken one(Map<String, String> cells, SignedIn by) {
    return take(List.of(new DecisionLine(1, cells)), null, by);
  }

  /**
   * Enters many, or none where anything is wrong with one of them.
   *
   * @param origin the file they stood in; its line is each decision's own
   */
  Taken take(List<DecisionLine> lines, Decided.@Nullable Origin origin, SignedIn by) {
    return java.util.Objects.requireNonNull(
        transaction.execute(status -> Offices.seeing(by, () -> checked(lines, origin, by))));
  }

  private Taken checked(List<DecisionLine> lines, Decided.@Nullable Origin origin, SignedIn by) {
    List<ProblemLine> problems = new ArrayList<>();
    Words words =
        procedure(office.today()).map(DecisionsOfRecord::words).orElse(new Words(Map.of()));
    Map<String, Long> people = people(lines);
    Map<LocalDate, Map<String, Figure>> figures = new HashMap<>();
    List<Decided> good = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (DecisionLine line : lines) {
      int before = problems.size();
      Decided decided = decided(line, words, people, origin, problems);
      if (decided != null && problems.size() == before) {
        Map<String, Figure> then =
            figures.computeIfAbsent(
                decided.decidedOn(),
                day -> procedure(day).map(Procedure::figures).orElse(Map.of()));
        if (then.isEmpty()) {
          problems.add(
              new ProblemLine(
                  line.number(), "decided-on", decided.decidedOn().toString(), "no-figures"));
        } else if (seen.add(key(decided))) {
          good.add(decided);
        }
      }
      if (problems.size() >= MOST_PROBLEMS) {
        break;
      }
    }
    if (!problems.isEmpty()) {
      return new Taken(0, 0, problems);
    }
    Set<String> known = onRecord(good);
    int entered = 0;
    for (Decided one : good) {
      if (!known.contains(key(one))) {
        sanctions.enter(one, figures.getOrDefault(one.decidedOn(), Map.of()), by.signInName());
        entered++;
      }
    }
    if (origin != null) {
      ledger.append(
          by.signInName(),
          "sanctions-imported",
          "file",
          origin.hash(),
          Map.of("entered", entered, "lines", lines.size()));
    }
    return new Taken(entered, lines.size() - entered, List.of());
  }

  private static String key(Decided one) {
    return one.official()
        + " "
        + one.measure()
        + " "
        + one.decidedOn()
        + " "
        + (one.number() == null ? "" : one.number());
  }

  private Set<String> onRecord(List<Decided> all) {
    return new HashSet<>(
        jdbc.sql(
                """
                select official_id || ' ' || measure || ' ' || decided_on || ' ' || coalesce(number, '')
                  from protection.sanction where official_id = any (?)
                """)
            .param(all.stream().map(Decided::official).distinct().toArray(Long[]::new))
            .query(String.class)
            .list());
  }

  /**
   * Numbers of those whose keys are written, of the people in sight: those the account works for.
   */
  private Map<String, Long> people(List<DecisionLine> lines) {
    String[] keys = lines.stream().map(line -> written(line)).distinct().toArray(String[]::new);
    Map<String, Long> people = new HashMap<>();
    jdbc.sql("select key, subject from official.subject where key = any (?)")
        .param(keys)
        .query(
            row -> {
              people.merge(row.getString(1), row.getLong(2), (one, other) -> -1L);
            });
    return people;
  }

  private static String written(DecisionLine line) {
    return OnRecord.key(line.cells().getOrDefault("official", ""));
  }

  private @Nullable Decided decided(
      DecisionLine line,
      Words words,
      Map<String, Long> people,
      Decided.@Nullable Origin origin,
      List<ProblemLine> problems) {
    Map<String, String> cells = line.cells();
    for (String column : DecisionLine.COLUMNS) {
      String value = cells.getOrDefault(column, "");
      if (value.isBlank() && DecisionLine.NEEDED.contains(column)) {
        problems.add(new ProblemLine(line.number(), column, "", "needed"));
      } else if (value.length() > LONGEST) {
        problems.add(new ProblemLine(line.number(), column, value.substring(0, 40), "too-long"));
      }
    }
    Long official = people.get(written(line));
    if (!written(line).isEmpty() && (official == null || official < 0)) {
      problems.add(new ProblemLine(line.number(), "official", written(line), "no-such-official"));
    }
    LocalDate on = day(cells.getOrDefault("decided-on", ""));
    if (on == null && !cells.getOrDefault("decided-on", "").isBlank()) {
      problems.add(
          new ProblemLine(
              line.number(), "decided-on", cells.getOrDefault("decided-on", ""), "no-date"));
    } else if (on != null && on.isAfter(office.today())) {
      problems.add(new ProblemLine(line.number(), "decided-on", on.toString(), "later"));
    }
    Map<String, String> chosen = new HashMap<>();
    for (String column : DecisionLine.LISTED) {
      String value = cells.getOrDefault(column, "");
      if (!value.isBlank()) {
        Optional<String> word = words.of(column, value);
        word.ifPresentOrElse(
            known -> chosen.put(column, known),
            () -> problems.add(new ProblemLine(line.number(), column, value.strip(), "no-option")));
      }
    }
    String measure = chosen.get("measure");
    if (official == null || on == null || measure == null) {
      return null;
    }
    return new Decided(
        official,
        pack,
        measure,
        on,
        text(cells, "number"),
        text(cells, "authority"),
        text(cells, "cause"),
        chosen.get("nature"),
        chosen.get("motive"),
        chosen.get("gravity"),
        null,
        origin == null ? null : new Decided.Origin(origin.file(), origin.hash(), line.number()));
  }

  private static @Nullable String text(Map<String, String> cells, String column) {
    String value = cells.getOrDefault(column, "").strip();
    return value.isEmpty() ? null : value;
  }

  private static @Nullable LocalDate day(String written) {
    String text =
        written
            .strip()
            .replace('/', '-')
            .replace('.', '-')
            .replaceAll("[年月]", "-")
            .replace("日", "");
    String[] parts = text.split("-");
    try {
      return parts.length == 3
          ? LocalDate.of(
              Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), Integer.parseInt(parts[2]))
          : LocalDate.parse(text);
    } catch (NumberFormatException | DateTimeException e) {
      return null;
    }
  }
}
