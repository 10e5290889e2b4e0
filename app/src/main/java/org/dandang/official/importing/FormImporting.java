package org.dandang.official.importing;

import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.dandang.official.FormImport;
import org.dandang.official.FormOutcome;
import org.dandang.official.ImportCancelled;
import org.dandang.official.ImportProblem;
import org.dandang.official.Jurisdiction;
import org.dandang.official.form.AppointmentForm;
import org.dandang.official.form.FormElement;
import org.dandang.official.form.FormFacts;
import org.dandang.official.form.FormFiles;
import org.dandang.official.form.LrmReader;
import org.dandang.official.form.LrmxReader;
import org.dandang.official.form.Photo;
import org.dandang.official.form.Unsettled;
import org.dandang.official.register.Field;
import org.dandang.official.register.IdentityNumber;
import org.dandang.official.register.Register;
import org.dandang.platform.jobs.Progress;
import org.dandang.platform.ledger.Ledger;
import org.dandang.platform.sealing.Seal;
import org.dandang.platform.sealing.Sealing;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads forms one by one and stores them some hundred at a time, each handful in a transaction of
 * its own, by the same statements that store rosters.
 */
@Component
class FormImporting implements FormImport {
  private static final int HANDFUL = 250;
  private static final long HANDFUL_BYTES = 48L << 20;
  private static final int MOST_PROBLEMS = 1_000;

  private final DataSource dataSource;
  private final JdbcTemplate jdbc;
  private final TransactionTemplate transaction;
  private final Ledger ledger;
  private final Clock clock;
  private final MessageSource messages;
  private final JsonMapper json;
  private final Sealing sealing;

  FormImporting(
      DataSource dataSource,
      PlatformTransactionManager transactions,
      Ledger ledger,
      Clock clock,
      MessageSource messages,
      JsonMapper json,
      Sealing sealing) {
    this.dataSource = dataSource;
    this.jdbc = new JdbcTemplate(dataSource);
    this.transaction = new TransactionTemplate(transactions);
    this.ledger = ledger;
    this.clock = clock;
    this.messages = messages;
    this.json = json;
    this.sealing = sealing;
  }

  @Override
  public FormOutcome take(
      Path path,
      String name,
      @Nullable Jurisdiction within,
      String actor,
      boolean dryRun,
      Progress progress) {
    Course course = new Course(name, within, actor, dryRun, progress);
    try {
      FormFiles.each(path, name, course::expect, course::take);
      course.end();
    } catch (IOException e) {
      throw new ImportProblem("unreadable", name, String.valueOf(e.getMessage()));
    }
    return course.outcome();
  }

  /** One form that could be read. */
  private record Read(
      FormFiles.FormFile file, int number, AppointmentForm form, FormFacts facts, String key) {}

  /** One import from its first form to its last. */
  private final class Course {
    private final String name;
    private final @Nullable Jurisdiction within;
    private final String actor;
    private final boolean dryRun;
    private final Progress progress;
    private final Seal seal = sealing.seal();
    private final Locale language = LocaleContextHolder.getLocale();
    private final List<Read> handful = new ArrayList<>();
    private final Map<String, String> seen = new HashMap<>();
    private final List<FormOutcome.Problem> problems = new ArrayList<>();
    private final KnownUnits units = new KnownUnits(jdbc);
    private long expected;
    private long bytes;
    private int read;
    private long stored;
    private long unchanged;
    private long refused;
    private long created;
    private long unsettled;
    private long controls;
    private @Nullable Long importId;

    Course(
        String name,
        @Nullable Jurisdiction within,
        String actor,
        boolean dryRun,
        Progress progress) {
      this.within = within;
      this.name = name;
      this.actor = actor;
      this.dryRun = dryRun;
      this.progress = progress;
    }

    void expect(long forms) {
      expected = forms;
      if (!dryRun) {
        importId = begun();
      }
    }

    void take(FormFiles.FormFile file) {
      if (progress.cancelled()) {
        end();
        throw new ImportCancelled();
      }
      read++;
      if (read % 50 == 0 || read == 1) {
        progress.at("importing.step.forms", read, expected);
      }
      try {
        if (file.problem() != null) {
          throw file.problem();
        }
        AppointmentForm form =
            file.name().toLowerCase(Locale.ROOT).endsWith(".lrm")
                ? LrmReader.read(file.name(), file.bytes(), file.photo())
                : LrmxReader.read(file.name(), file.bytes());
        String key = key(file.name(), form);
        String twice = seen.putIfAbsent(key, file.name());
        if (twice != null) {
          throw new ImportProblem("form-person-twice", file.name(), twice);
        }
        controls += form.controlCharacters();
        handful.add(new Read(file, read, form, FormFacts.of(form, units), key));
        bytes += 3L * file.bytes().length;
        if (handful.size() >= HANDFUL || bytes >= HANDFUL_BYTES) {
          store();
        }
      } catch (ImportProblem problem) {
        refused++;
        problem(file.name(), true, problem.in(language, messages));
      }
    }

    void end() {
      store();
      if (importId != null) {
        transaction.executeWithoutResult(status -> ended());
      }
    }

    FormOutcome outcome() {
      return new FormOutcome(
          read, stored, unchanged, refused, created, unsettled, controls, problems, importId);
    }

    private void problem(String file, boolean form, String text) {
      if (problems.size() < MOST_PROBLEMS) {
        problems.add(new FormOutcome.Problem(file, form, text));
      }
    }

    /** By which a person is known from forms: the number's index, else name and month of birth. */
    private String key(String file, AppointmentForm form) {
      Optional<IdentityNumber> number = FormFacts.number(form);
      if (number.isPresent()) {
        return "n" + HexFormat.of().formatHex(seal.index(number.get().digits()));
      }
      String who = form.text(FormElement.NAME).replaceAll("[\\s\\u3000]", "");
      if (who.isEmpty()) {
        throw new ImportProblem("form-no-name", file);
      }
      String born = form.text(FormElement.BORN).replaceAll("\\D", "");
      String key = who + "·" + born.substring(0, Math.min(6, born.length()));
      if (key.length() > 100) {
        throw new ImportProblem("form-no-name", file);
      }
      return key;
    }

    private @Nullable Long begun() {
      return jdbc.queryForObject(
          """
          insert into official.import (mapping, file_name, sha256, started_at, recorded_by, rows_read)
          values ('form', ?, '', ?, ?, 0) returning id
          """,
          Long.class,
          name,
          OffsetDateTime.now(clock),
          actor);
    }

    private void ended() {
      jdbc.update(
          """
          update official.import
             set finished_at = ?, rows_read = ?, stored = ?, unchanged = ?, refused = ?
           where id = ?
          """,
          OffsetDateTime.now(clock),
          read,
          stored,
          unchanged,
          refused,
          importId);
      ledger.append(
          actor,
          "forms-imported",
          "import",
          String.valueOf(importId),
          Map.of("read", read, "stored", stored, "unchanged", unchanged, "refused", refused));
    }

    private void store() {
      if (handful.isEmpty()) {
        return;
      }
      transaction.executeWithoutResult(
          status -> {
            if (dryRun) {
              status.setRollbackOnly();
            }
            try {
              new Handful(List.copyOf(handful)).store();
            } catch (IOException | SQLException e) {
              throw new IllegalStateException(e);
            }
          });
      handful.clear();
      bytes = 0;
    }

    /** Some hundred forms in one transaction. */
    private final class Handful {
      private final List<Read> forms;
      private final OffsetDateTime now = OffsetDateTime.now(clock);
      private final Map<Integer, Long> officials = new LinkedHashMap<>();
      private long into;

      Handful(List<Read> forms) {
        this.forms = forms;
      }

      void store() throws IOException, SQLException {
        jdbc.execute("set local jit = off");
        jdbc.queryForObject(
            "select pg_advisory_xact_lock(hashtextextended('form import', 0))::text", String.class);
        into = importId != null ? importId : java.util.Objects.requireNonNull(begun());
        Set<String> here = alreadyHere();
        List<Read> fresh =
            forms.stream().filter(each -> !here.contains(sha256(each.file().bytes()))).toList();
        unchanged += forms.size() - fresh.size();
        if (fresh.isEmpty()) {
          return;
        }
        knownByNumber(fresh);
        if (within != null) {
          fresh = within(fresh, within);
          if (fresh.isEmpty()) {
            return;
          }
        }
        long before = count("select count(*) from official.official");
        FormTables tables = new FormTables();
        fresh.forEach(each -> tables.add(each.key(), each.number(), each.facts()));
        for (Register register : tables.registers()) {
          register(tables, register, fresh);
        }
        created += count("select count(*) from official.official") - before;
        forms(fresh);
      }

      /**
       * The forms of people of a jurisdiction, and of new ones who get a post in it; the others are
       * refused.
       */
      private List<Read> within(List<Read> all, Jurisdiction jurisdiction) {
        Set<String> known = new HashSet<>();
        Set<String> outside = new HashSet<>();
        jdbc.query(
            """
            select k.key, k.official_id in (select official.all_in_sight(?)) from official.known_as k
             where k.source = ? and k.key = any (?)
            """,
            row -> {
              (row.getBoolean(2) ? known : outside).add(row.getString(1));
            },
            jurisdiction.sight(),
            FormTables.SOURCE,
            keys(all));
        Set<String> here =
            new HashSet<>(
                jdbc.queryForList(
                    "select unit_id::text from organisation.unit_line where line && ?",
                    String.class,
                    (Object) jurisdiction.unitNumbers()));
        List<Read> kept = new ArrayList<>();
        for (Read each : all) {
          List<String> held =
              each.facts().rows().getOrDefault(Register.POSTING, List.of()).stream()
                  .filter(row -> row.get(Field.POSTING_ENDS_ON) == null)
                  .map(row -> row.get(Field.POSTING_UNIT_ID))
                  .filter(java.util.Objects::nonNull)
                  .toList();
          boolean theirs =
              !outside.contains(each.key())
                  && here.containsAll(held)
                  && (known.contains(each.key()) || !held.isEmpty());
          if (theirs) {
            kept.add(each);
          } else {
            refused++;
            problem(
                each.file().name(),
                true,
                new ImportProblem("form-outside", each.file().name()).in(language, messages));
          }
        }
        return kept;
      }

      private long count(String query) {
        Long count = jdbc.queryForObject(query, Long.class);
        return count == null ? 0 : count;
      }

      /** Hashes of the files that are somebody's present form already. */
      private Set<String> alreadyHere() {
        return Set.copyOf(
            jdbc.queryForList(
                """
                select encode(d.sha256, 'hex') from official.form f join official.document d on d.id = f.document_id
                 where f.superseded_at is null and encode(d.sha256, 'hex') = any(?)
                """,
                String.class,
                (Object)
                    forms.stream()
                        .map(each -> sha256(each.file().bytes()))
                        .toArray(String[]::new)));
      }

      /** Whoever the register knows by the number, from whatever source, is that person. */
      private void knownByNumber(List<Read> fresh) {
        jdbc.update(
            """
            insert into official.known_as (source, key, official_id)
            select ?, 'n' || encode(i.number_index, 'hex'), min(i.official_id)
              from official.identity i
             where i.superseded_at is null
               and 'n' || encode(i.number_index, 'hex') = any(?) and i.number_index = any(select decode(substr(k, 2), 'hex') from unnest(?::text[]) k where k ~ '^n[0-9a-f]{32}$')
             group by 2
            on conflict do nothing
            """,
            FormTables.SOURCE,
            keys(fresh),
            keys(fresh));
      }

      private Object keys(List<Read> fresh) {
        return fresh.stream().map(Read::key).toArray(String[]::new);
      }

      private void register(FormTables tables, Register register, List<Read> fresh)
          throws IOException, SQLException {
        MappingDefinition mapping = FormTables.mapping(register);
        dropTemporary();
        try (RosterRows rows = new RosterRows(name, tables.rows(register), mapping)) {
          if (!rows.next()) {
            return;
          }
          Columns columns = rows.columns();
          jdbc.execute(
              "create temp table stage ("
                  + String.join(", ", RowCheck.stagedColumns(mapping, columns))
                  + ") on commit drop");
          var connection = DataSourceUtils.getConnection(dataSource);
          try {
            BinaryCopy copy =
                new BinaryCopy(
                    connection
                        .unwrap(PGConnection.class)
                        .getCopyAPI()
                        .copyIn("copy stage from stdin (format binary)"));
            boolean over = false;
            try {
              RowCheck check = new RowCheck(mapping, columns, seal);
              do {
                check.write(rows, columns, copy);
              } while (rows.next());
              copy.end();
              over = true;
            } finally {
              if (!over) {
                copy.cancel();
              }
            }
          } finally {
            DataSourceUtils.releaseConnection(connection, dataSource);
          }
          if (register == Register.POSTING) {
            knownToTheDay();
          } else if (register == Register.EDUCATION) {
            knownBySchoolAndMajor();
          }
          jdbc.execute("analyze stage");
          new Storing(jdbc, Progress.unwatched(), mapping, columns, into, now, actor).store();
          refusedRows(fresh);
          if (register == Register.IDENTITY) {
            Map<String, Long> byKey = new HashMap<>();
            jdbc.query(
                "select key, official_id from official.known_as where source = ? and key = any(?)",
                row -> {
                  byKey.put(row.getString(1), row.getLong(2));
                },
                FormTables.SOURCE,
                keys(fresh));
            for (Read each : fresh) {
              Long official = byKey.get(each.key());
              if (official != null) {
                officials.put(each.number(), official);
              }
            }
          } else {
            noLongerSaid(register);
          }
        }
      }

      /**
       * A posting another source knows to the day says all that a form says of it by the month: it
       * is not recorded twice.
       */
      private void knownToTheDay() {
        jdbc.update(
            """
            delete from stage s
             using official.known_as k, official.posting p
             where k.source = ? and k.key = s.key
               and p.official_id = k.official_id and p.superseded_at is null
               and p.unit_id = s.posting_unit_id
               and p.kind = coalesce(s.posting_kind, 'regular')
               and (s.posting_post is null or p.post is null or p.post = s.posting_post)
               and s.posting_starts_on_precision <> 'D' and p.starts_on_precision = 'D'
               and p.starts_on between s.posting_starts_on
                   and official.latest(s.posting_starts_on, s.posting_starts_on_precision::char)
               and (p.import_id is null
                    or p.import_id not in (select id from official.import where mapping = 'form'))
            """,
            FormTables.SOURCE);
      }

      /**
       * A form writes school and subject in one; a study another source knows by both is not
       * recorded twice.
       */
      private void knownBySchoolAndMajor() {
        jdbc.update(
            """
            delete from stage s
             using official.known_as k, official.education e
             where k.source = ? and k.key = s.key
               and e.official_id = k.official_id and e.superseded_at is null
               and e.kind = s.education_kind and e.title = s.education_title
               and e.school <> s.education_school and starts_with(s.education_school, e.school)
               and strpos(s.education_school, e.major) > 0
               and (e.import_id is null
                    or e.import_id not in (select id from official.import where mapping = 'form'))
            """,
            FormTables.SOURCE);
      }

      /** Values that could not be stored are told with the form they stand in. */
      private void refusedRows(List<Read> fresh) {
        Map<Integer, String> files =
            fresh.stream().collect(Collectors.toMap(Read::number, each -> each.file().name()));
        jdbc.query(
            """
            select line, refusal from stage where refusal is not null
             union all
            select s.line, concat_ws(E'\\x1f', r.reason, r.field, r.detail) from refused r join stage s on s.n = r.n
            """,
            row -> {
              for (Refusal refusal : Refusal.read(row.getString(2))) {
                problem(
                    files.getOrDefault(row.getInt(1), name),
                    false,
                    messages.getMessage(
                        "importing.reason.detailed." + refusal.reason(),
                        new Object[] {refusal.field(), refusal.detail()},
                        language));
              }
            });
      }

      /** What an earlier form of these people said and this one does not. */
      private void noLongerSaid(Register register) {
        boolean compared =
            count(
                    "select count(*) from pg_class where relnamespace = pg_my_temp_schema() and relname = 'same_%s'"
                        .formatted(register.prefix()))
                > 0;
        if (!compared) {
          return;
        }
        int gone =
            jdbc.update(
                """
                update %1$s r set superseded_at = ?
                 where r.superseded_at is null and r.official_id = any(?) and r.import_id <> ?
                   and r.import_id in (select id from official.import where mapping = 'form')
                   and not exists (select from same_%2$s a where a.id = r.id)
                   and not exists (select from official.unsettled_line l where l.settled_row = r.id and l.official_id = r.official_id)
                """
                    .formatted(register.table(), register.prefix()),
                now,
                officials.values().toArray(Long[]::new),
                into);
        if (gone > 0 && register == Register.POSTING) {
          new TimelineFlags(new Storing.Statements(jdbc, Progress.unwatched()))
              .recompute(
                  "select unnest('{%s}'::bigint[]) as official_id"
                      .formatted(
                          officials.values().stream()
                              .map(String::valueOf)
                              .collect(Collectors.joining(","))));
        }
      }

      private void dropTemporary() {
        List<String> tables =
            jdbc.queryForList(
                "select relname from pg_class where relnamespace = pg_my_temp_schema() and relkind"
                    + " = 'r'",
                String.class);
        if (!tables.isEmpty()) {
          jdbc.execute(
              "drop table "
                  + tables.stream()
                      .map(table -> "pg_temp." + table)
                      .collect(Collectors.joining(", ")));
        }
      }

      /** The forms themselves, their files and photos, and the lines that wait for a person. */
      private void forms(List<Read> fresh) {
        Object[] people = officials.values().toArray(Long[]::new);
        jdbc.update(
            "update official.form set superseded_at = ? where superseded_at is null and official_id"
                + " = any(?)",
            now,
            people);
        for (Read each : fresh) {
          Long official = officials.get(each.number());
          if (official == null) {
            // Its identity was refused, and said so.
            refused++;
            continue;
          }
          stored++;
          long document = document(each, official);
          Long form =
              jdbc.queryForObject(
                  """
                  insert into official.form
                         (official_id, texts, unknown, number_sealed, import_id, line, document_id, recorded_at, recorded_by)
                  values (?, ?::jsonb, ?::jsonb, ?, ?, ?, ?, ?, ?) returning id
                  """,
                  Long.class,
                  official,
                  json.writeValueAsString(texts(each.form())),
                  json.writeValueAsString(each.form().unknown()),
                  each.form().text(FormElement.NUMBER).isEmpty()
                      ? null
                      : seal.seal(each.form().text(FormElement.NUMBER)),
                  into,
                  each.number(),
                  document,
                  now,
                  actor);
          List<Unsettled> lines = new ArrayList<>(each.facts().unsettled());
          if (each.form().photo() != null) {
            Optional<byte[]> fitted = Photo.fitted(each.form().photo());
            if (fitted.isEmpty()) {
              lines.add(new Unsettled(FormElement.PHOTO, 1, "", "no-photo"));
            } else {
              photo(official, fitted.get(), document, each.number());
            }
          }
          unsettled += lines.size();
          jdbc.batchUpdate(
              """
              insert into official.unsettled_line (official_id, form_id, element, line, text, reason, settled_at, settled_by, settled_as, settled_row)
              select ?, ?, ?, ?, ?, ?, o.settled_at, o.settled_by, o.settled_as, o.settled_row
                from (select 1) one left join lateral (
                     select * from official.unsettled_line l
                      where l.official_id = ? and l.element = ? and l.text = ? and l.settled_at is not null
                      order by l.id desc limit 1) o on true
              """,
              lines.stream()
                  .map(
                      line ->
                          new Object[] {
                            official,
                            form,
                            line.element().xml(),
                            line.line(),
                            line.text(),
                            line.reason(),
                            official,
                            line.element().xml(),
                            line.text()
                          })
                  .toList());
        }
      }

      private void photo(long official, byte[] image, long document, int line) {
        long same =
            java.util.Objects.requireNonNullElse(
                jdbc.queryForObject(
                    "select count(*) from official.photo where official_id = ? and superseded_at is"
                        + " null and image = ?",
                    Long.class,
                    official,
                    image),
                0L);
        if (same > 0) {
          return;
        }
        jdbc.update(
            "update official.photo set superseded_at = ? where official_id = ? and superseded_at is"
                + " null",
            now,
            official);
        jdbc.update(
            "insert into official.photo (official_id, image, import_id, line, document_id,"
                + " recorded_at, recorded_by) values (?, ?, ?, ?, ?, ?, ?)",
            official,
            image,
            into,
            line,
            document,
            now,
            actor);
      }

      private long document(Read each, long official) {
        byte[] hash = HexFormat.of().parseHex(sha256(each.file().bytes()));
        jdbc.update(
            "insert into official.document_content (sha256, bytes, sealed) values (?, ?, ?) on"
                + " conflict do nothing",
            hash,
            each.file().bytes().length,
            seal.seal(each.file().bytes()));
        String file = each.file().name();
        Long id =
            jdbc.queryForObject(
                """
                insert into official.document (official_id, kind, title, file_name, media_type, sha256, recorded_at, recorded_by)
                values (?, 'form', ?, ?, 'application/xml', ?, ?, ?) returning id
                """,
                Long.class,
                official,
                file,
                file.substring(file.replace('\\', '/').lastIndexOf('/') + 1),
                hash,
                now,
                actor);
        return java.util.Objects.requireNonNull(id);
      }
    }
  }

  /** Texts by the names of elements, the family as a list; number and photo stand elsewhere. */
  private static Map<String, Object> texts(AppointmentForm form) {
    Map<String, Object> texts = new LinkedHashMap<>();
    form.texts()
        .forEach(
            (element, text) -> {
              if (element != FormElement.NUMBER) {
                texts.put(element.xml(), text);
              }
            });
    if (!form.family().isEmpty()) {
      texts.put(FormElement.FAMILY.xml(), form.family());
    }
    return texts;
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
