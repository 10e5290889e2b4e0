package org.dandang.organisation;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.dandang.organisation.ReorganisationImportOutcome.Remark;
import org.dandang.platform.ledger.Ledger;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes in a table of names: which unit had which name from a year until a year. A unit's first
 * name founds it, another renames it, and where its names end it is closed. The years are kept as
 * years: a name holds from the first day of its first year until the first day after its last.
 *
 * <p>The file's own first and last year say nothing about founding and closing: a name from the
 * first year on is one since before the records, a name until the last year one that still holds.
 */
@Component
public class ReorganisationImport {
  private static final Map<String, List<String>> COLUMNS =
      Map.of(
          "uid", List.of("uid", "code", "编码", "单位编码"),
          "organisation", List.of("organisation", "name", "名称", "单位名称"),
          "year_from", List.of("year_from", "起始年", "起始年份"),
          "year_to", List.of("year_to", "终止年", "终止年份"));
  private static final Map<String, List<String>> NOTE_COLUMNS =
      Map.of(
          "note_id", List.of("note_id", "说明编号"),
          "note_details", List.of("note_details", "说明"));

  private final JdbcTemplate jdbc;
  private final Ledger ledger;
  private final Clock clock;
  private final TransactionTemplate transaction;

  ReorganisationImport(
      JdbcTemplate jdbc, Ledger ledger, Clock clock, TransactionTemplate transaction) {
    this.jdbc = jdbc;
    this.ledger = ledger;
    this.clock = clock;
    this.transaction = transaction;
  }

  /** A name a unit had; {@code until} is its last year. */
  private record Name(int line, String code, String name, int from, int until) {
    /** The change to this name, seen from the name before. */
    Name after(Name before) {
      return new Name(line, code, before.name, from, until);
    }

    Name endingBefore(int year) {
      return new Name(line, code, name, from, Math.min(until, year - 1));
    }
  }

  private record Note(int line, String number, int year, String code, String text) {}

  private record Change(
      ReorganisationKind kind, String code, int year, int line, String name, Document document) {}

  /** A unit's names in order, and what happened between them. */
  private record Life(String code, List<Name> names, List<Change> changes) {}

  /**
   * Takes a file in, in one transaction. A unit that is there already with these very names stays
   * as it is; one with another history is refused.
   *
   * @throws OrganisationProblem when the file cannot be read or lacks a column
   */
  public ReorganisationImportOutcome take(ReorganisationFile file, String actor) {
    if (!file.source().matches("[a-z0-9][a-z0-9-]{0,62}")) {
      throw new OrganisationProblem("file-source", file.source());
    }
    List<Remark> remarks = new ArrayList<>();
    int[] read = new int[1];
    List<Name> names = names(file.file(), remarks, read);
    int first = names.stream().mapToInt(Name::from).min().orElse(0);
    int last = names.stream().mapToInt(Name::until).max().orElse(0);
    Map<String, List<Name>> byCode =
        names.stream()
            .collect(Collectors.groupingBy(Name::code, LinkedHashMap::new, Collectors.toList()));
    String fileName = Objects.toString(file.file().getFileName());
    List<Life> lives = new ArrayList<>();
    List<Note> notes = file.notes() == null ? List.of() : notes(file.notes());
    Set<Note> used = new java.util.HashSet<>();
    for (List<Name> own : byCode.values()) {
      List<Name> line = oneAfterTheOther(fileName, own, remarks);
      lives.add(life(line, first, last, fileName, notes, used));
    }
    Integer[] counts = new Integer[2];
    Map<ReorganisationKind, Integer> changes = new EnumMap<>(ReorganisationKind.class);
    transaction.executeWithoutResult(
        status -> {
          Map<String, List<String>> there = there(file.source());
          List<Life> fresh = new ArrayList<>();
          int unchanged = 0;
          for (Life life : lives) {
            List<String> known = there.get(life.code());
            if (known == null) {
              fresh.add(life);
            } else if (known.equals(
                life.names().stream().map(name -> period(name, first, last)).toList())) {
              unchanged += life.names().size();
            } else {
              life.names()
                  .forEach(
                      name ->
                          remarks.add(
                              new Remark(
                                  fileName, name.line(), "other-history", List.of(life.code()))));
            }
          }
          store(file.source(), fileName, fresh, first, last, actor);
          counts[0] = fresh.stream().mapToInt(life -> life.names().size()).sum();
          counts[1] = unchanged;
          fresh.forEach(
              life -> life.changes().forEach(each -> changes.merge(each.kind(), 1, Integer::sum)));
        });
    int refused = remarks.size();
    if (file.notes() != null) {
      String noteFile = Objects.toString(file.notes().getFileName());
      for (Note note : notes) {
        if (!used.contains(note)) {
          remarks.add(new Remark(noteFile, note.line(), "note-unused", List.of(note.number())));
        }
      }
    }
    remarks.sort(Comparator.comparing(Remark::file).thenComparing(Remark::line));
    return new ReorganisationImportOutcome(
        read[0],
        Objects.requireNonNull(counts[0]),
        Objects.requireNonNull(counts[1]),
        refused,
        changes,
        used.size(),
        List.copyOf(remarks));
  }

  private static List<Name> names(Path file, List<Remark> remarks, int[] read) {
    String fileName = Objects.toString(file.getFileName());
    List<Name> names = new ArrayList<>();
    rows(
        file,
        COLUMNS,
        (line, cell) -> {
          read[0]++;
          String code = cell.apply("uid");
          String name = cell.apply("organisation");
          Integer from = year(cell.apply("year_from"));
          Integer until = year(cell.apply("year_to"));
          if (code.isEmpty() || code.length() > 100) {
            remarks.add(new Remark(fileName, line, "no-code", List.of()));
          } else if (name.isEmpty() || name.length() > 500) {
            remarks.add(new Remark(fileName, line, "no-name", List.of()));
          } else if (from == null || until == null) {
            remarks.add(
                new Remark(
                    fileName,
                    line,
                    "not-a-year",
                    List.of(from == null ? cell.apply("year_from") : cell.apply("year_to"))));
          } else if (until < from) {
            remarks.add(
                new Remark(
                    fileName,
                    line,
                    "ends-before-start",
                    List.of(Integer.toString(from), Integer.toString(until))));
          } else {
            names.add(new Name(line, code, name, from, until));
          }
        });
    return names;
  }

  private static List<Note> notes(Path file) {
    List<Note> notes = new ArrayList<>();
    rows(
        file,
        NOTE_COLUMNS,
        (line, cell) -> {
          String number = cell.apply("note_id");
          int cut = number.indexOf('_');
          Integer year = cut < 0 ? null : year(number.substring(0, cut));
          notes.add(
              new Note(
                  line,
                  number,
                  year == null ? 0 : year,
                  number.substring(cut + 1),
                  cell.apply("note_details")));
        });
    return notes;
  }

  /**
   * A unit has one name at a time. Where a later name begins before an earlier one ends, it takes
   * over; one that would only stand beside the earlier is refused.
   */
  private static List<Name> oneAfterTheOther(
      String fileName, List<Name> own, List<Remark> remarks) {
    List<Name> line = new ArrayList<>();
    own.stream()
        .sorted(
            Comparator.comparingInt(Name::from)
                .thenComparing(Comparator.comparingInt(Name::until).reversed())
                .thenComparingInt(Name::line))
        .forEach(
            name -> {
              Name before = line.isEmpty() ? null : line.getLast();
              if (before != null && name.until() <= before.until()
                  || before != null && name.from() == before.from()) {
                remarks.add(
                    new Remark(
                        fileName,
                        name.line(),
                        "beside-another",
                        List.of(Integer.toString(before.line()), before.name())));
                return;
              }
              if (before != null && name.from() <= before.until()) {
                line.set(line.size() - 1, before.endingBefore(name.from()));
              }
              line.add(name);
            });
    return line;
  }

  private static Life life(
      List<Name> names, int first, int last, String fileName, List<Note> notes, Set<Note> used) {
    String code = names.getFirst().code();
    List<Change> changes = new ArrayList<>();
    Name before = null;
    for (Name name : names) {
      if (before == null ? name.from() > first : before.until() + 1 < name.from()) {
        if (before != null) {
          changes.add(
              change(ReorganisationKind.CLOSED, before, before.until() + 1, fileName, notes, used));
        }
        changes.add(change(ReorganisationKind.FOUNDED, name, name.from(), fileName, notes, used));
      } else if (before != null) {
        changes.add(
            change(
                ReorganisationKind.RENAMED,
                name.after(before),
                name.from(),
                fileName,
                notes,
                used));
      }
      before = name;
    }
    if (before != null && before.until() < last) {
      changes.add(
          change(ReorganisationKind.CLOSED, before, before.until() + 1, fileName, notes, used));
    }
    return new Life(code, names, changes);
  }

  /** The note on the unit whose year is the change's, or at most one beside it, is its document. */
  private static Change change(
      ReorganisationKind kind,
      Name name,
      int year,
      String fileName,
      List<Note> notes,
      Set<Note> used) {
    Note note =
        notes.stream()
            .filter(each -> each.code().equals(name.code()) && Math.abs(each.year() - year) <= 1)
            .filter(each -> !used.contains(each))
            .min(Comparator.comparingInt(each -> Math.abs(each.year() - year)))
            .orElse(null);
    if (note != null) {
      used.add(note);
    }
    return new Change(
        kind,
        name.code(),
        year,
        name.line(),
        name.name(),
        note == null
            ? Document.titled(fileName)
            : new Document(
                note.text().length() > 2_000 ? note.text().substring(0, 2_000) : note.text(),
                note.number(),
                null));
  }

  private static String period(Name name, int first, int last) {
    return name.name() + "|" + starts(name, first) + "|" + ends(name, last);
  }

  private static @Nullable LocalDate starts(Name name, int first) {
    return name.from() == first ? null : LocalDate.of(name.from(), 1, 1);
  }

  private static @Nullable LocalDate ends(Name name, int last) {
    return name.until() == last ? null : LocalDate.of(name.until() + 1, 1, 1);
  }

  /** The histories of a register's units that are there already. */
  private Map<String, List<String>> there(String source) {
    Map<String, List<String>> there = new HashMap<>();
    jdbc.query(
        """
        select u.code, d.name, d.starts_on, d.ends_on from organisation.unit u
          join organisation.unit_description d on d.unit_id = u.id and d.superseded_at is null
         where u.source = ? order by u.code, d.starts_on nulls first
        """,
        row -> {
          there
              .computeIfAbsent(row.getString("code"), code -> new ArrayList<>())
              .add(
                  row.getString("name")
                      + "|"
                      + row.getObject("starts_on", LocalDate.class)
                      + "|"
                      + row.getObject("ends_on", LocalDate.class));
        },
        source);
    return there;
  }

  private void store(
      String source, String fileName, List<Life> lives, int first, int last, String actor) {
    OffsetDateTime now = OffsetDateTime.now(clock);
    Map<Change, Long> ids = new HashMap<>();
    List<Change> changes = lives.stream().flatMap(life -> life.changes().stream()).toList();
    List<Long> numbers =
        jdbc.queryForList(
            """
            select nextval(pg_get_serial_sequence('organisation.reorganisation', 'id'))
              from generate_series(1, ?)
            """,
            Long.class,
            changes.size());
    for (int i = 0; i < changes.size(); i++) {
      ids.put(changes.get(i), numbers.get(i));
    }
    batch(
        """
        insert into organisation.reorganisation
               (id, kind, on_date, date_precision, document_title, document_number, file_name, line, recorded_at, recorded_by)
        overriding system value values (?, ?, ?, 'year', ?, ?, ?, ?, ?, ?)
        """,
        changes,
        each ->
            new @Nullable Object[] {
              ids.get(each),
              each.kind().word(),
              LocalDate.of(each.year(), 1, 1),
              each.document().title(),
              each.document().number(),
              fileName,
              each.line(),
              now,
              actor
            });
    batch(
        """
        insert into organisation.unit (source, code, name, kind, level, recorded_at, recorded_by)
        values (?, ?, ?, 'department', 'none', ?, ?)
        """,
        lives,
        life ->
            new @Nullable Object[] {
              source, life.code(), life.names().getLast().name(), now, actor
            });
    // The database described each since before the records; here the periods are known.
    jdbc.update(
        """
        delete from organisation.unit_description d using organisation.unit u
         where u.id = d.unit_id and u.source = ? and u.code = any(?)
        """,
        source,
        lives.stream().map(Life::code).toArray(String[]::new));
    record Described(Life life, Name name, @Nullable Long begunBy) {}
    List<Described> descriptions = new ArrayList<>();
    for (Life life : lives) {
      for (Name name : life.names()) {
        descriptions.add(
            new Described(
                life,
                name,
                life.changes().stream()
                    .filter(
                        each ->
                            each.year() == name.from() && each.kind() != ReorganisationKind.CLOSED)
                    .map(ids::get)
                    .findFirst()
                    .orElse(null)));
      }
    }
    batch(
        """
        insert into organisation.unit_description
               (unit_id, name, kind, level, starts_on, ends_on, begun_by, recorded_in, recorded_at, recorded_by)
        select id, ?, kind, level, ?::date, ?::date, ?::bigint, ?::bigint, ?, ?
          from organisation.unit where source = ? and code = ?
        """,
        descriptions,
        each ->
            new @Nullable Object[] {
              each.name().name(),
              starts(each.name(), first),
              ends(each.name(), last),
              each.begunBy(),
              each.begunBy(),
              now,
              actor,
              source,
              each.life().code()
            });
    batch(
        """
        insert into organisation.reorganisation_part (reorganisation_id, part, unit_id, unit_code, unit_name)
        select ?, ?, id, code, ? from organisation.unit where source = ? and code = ?
        """,
        changes,
        each ->
            new @Nullable Object[] {
              ids.get(each),
              each.kind() == ReorganisationKind.FOUNDED ? "to" : "from",
              each.name(),
              source,
              each.code()
            });
    ledger.append(
        actor,
        "reorganisations-imported",
        "unit",
        null,
        Map.of(
            "file", fileName, "source", source, "units", lives.size(), "changes", changes.size()));
  }

  private <T> void batch(String sql, Collection<T> rows, Function<T, @Nullable Object[]> values) {
    if (!rows.isEmpty()) {
      jdbc.batchUpdate(sql, rows.stream().map(values).toList());
    }
  }

  private interface RowReader {
    void read(int line, Function<String, String> cell);
  }

  private static void rows(Path file, Map<String, List<String>> columns, RowReader reader) {
    String fileName = Objects.toString(file.getFileName());
    try (CsvReader<CsvRecord> records =
        CsvReader.builder()
            .allowExtraFields(true)
            .allowMissingFields(true)
            .skipEmptyLines(true)
            .detectBomHeader(true)
            .ofCsvRecord(file)) {
      Map<String, Integer> places = new HashMap<>();
      for (CsvRecord record : records) {
        if (places.isEmpty()) {
          List<String> headers =
              record.getFields().stream()
                  .map(each -> each.strip().toLowerCase(Locale.ROOT))
                  .toList();
          columns.forEach(
              (column, headings) ->
                  places.put(
                      column,
                      headings.stream()
                          .map(headers::indexOf)
                          .filter(place -> place >= 0)
                          .findFirst()
                          .orElseThrow(
                              () -> new OrganisationProblem("file-column", fileName, column))));
          continue;
        }
        reader.read(
            Math.toIntExact(record.getStartingLineNumber()),
            column -> {
              int place = Objects.requireNonNull(places.get(column));
              return place < record.getFieldCount() ? record.getField(place).strip() : "";
            });
      }
      if (places.isEmpty()) {
        throw new OrganisationProblem("file-empty", fileName);
      }
    } catch (MalformedInputException e) {
      throw new OrganisationProblem("file-encoding", fileName);
    } catch (CsvParseException e) {
      throw new OrganisationProblem("file-quote", fileName, String.valueOf(e.getMessage()));
    } catch (UncheckedIOException | IOException e) {
      throw new OrganisationProblem(
          Files.exists(file) ? "file-unreadable" : "file-missing", file.toString());
    }
  }

  private static @Nullable Integer year(String text) {
    if (!text.matches("\\d{4}")) {
      return null;
    }
    int year = Integer.parseInt(text);
    return year < 1000 ? null : year;
  }
}
