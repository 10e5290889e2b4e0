package org.dandang.demonstration;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.dandang.official.Documents;
import org.dandang.official.FormImport;
import org.dandang.official.ImportCancelled;
import org.dandang.official.ImportFile;
import org.dandang.official.ImportOutcome;
import org.dandang.official.Mappings;
import org.dandang.official.RosterImport;
import org.dandang.organisation.Document;
import org.dandang.organisation.Establishments;
import org.dandang.organisation.Order;
import org.dandang.platform.jobs.Progress;
import org.dandang.platform.storage.StorageProblem;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Fills an empty database with an invented prefecture, through the importer as an office would.
 *
 * <p>Which files were taken in is read from the importer's own record, so a fill that was cut off
 * goes on where it stopped: same size, same day, the same people.
 */
@Component
public class Demonstration {
  /** The register the invented people are kept in. */
  public static final String SOURCE = "demonstration";

  private static final String ACTOR = "command line";
  private static final long SEED = 20_190_601;

  /** The last that is taken in, after the lists. */
  private static final String FORMS = "forms";

  private final JdbcClient jdbc;
  private final Mappings mappings;
  private final RosterImport imports;
  private final FormImport forms;
  private final Documents documents;
  private final Establishments establishments;
  private final Clock clock;

  Demonstration(
      JdbcClient jdbc,
      Mappings mappings,
      RosterImport imports,
      FormImport forms,
      Documents documents,
      Establishments establishments,
      Clock clock) {
    this.jdbc = jdbc;
    this.mappings = mappings;
    this.imports = imports;
    this.forms = forms;
    this.documents = documents;
    this.establishments = establishments;
    this.clock = clock;
  }

  /** What a fill was begun with. */
  private record Begun(Size size, LocalDate asOf) {
    static Optional<Begun> by(String fileName) {
      for (Size size : Size.values()) {
        String start = SOURCE + "-" + size.id() + "-";
        if (fileName.startsWith(start)) {
          return Optional.of(
              new Begun(
                  size, LocalDate.parse(fileName.substring(start.length()).substring(0, 10))));
        }
      }
      return Optional.empty();
    }

    String fileName(String name) {
      return SOURCE + "-" + size.id() + "-" + asOf + "-" + name + ".csv";
    }
  }

  /** Whether all files of the prefecture have been taken in. */
  public boolean isFilled() {
    List<String> taken = taken();
    return begun(taken)
        .filter(begun -> missing(begun, taken).isEmpty())
        .filter(begun -> taken.contains(begun.fileName(FORMS)))
        .isPresent();
  }

  /**
   * Takes in what is missing; nothing when it is all there.
   *
   * @param size of a prefecture not begun yet; one begun is finished in its own size
   * @param watch gives the progress of each file, by its name and place in the order
   * @return what became of each file taken in
   * @throws StorageProblem when the database holds other people
   * @throws ImportCancelled when a progress asked to stop; files taken in before stay
   */
  public List<ImportOutcome> fill(Size size, Function<String, Progress> watch) {
    List<String> taken = taken();
    Begun begun = begun(taken).orElseGet(() -> new Begun(size, LocalDate.now(clock)));
    List<String> missing = missing(begun, taken);
    if (missing.isEmpty() && taken.contains(begun.fileName(FORMS))) {
      return List.of();
    }
    refuseOtherPeople();
    Prefecture prefecture = Prefecture.invented(begun.size(), begun.asOf(), SEED);
    PrefectureFiles files = new PrefectureFiles(prefecture);
    List<ImportOutcome> outcomes = new ArrayList<>();
    for (String name : missing) {
      byte[] content = files.content(name);
      Progress progress =
          watch.apply(
              "%d/%d %s"
                  .formatted(
                      PrefectureFiles.NAMES.indexOf(name) + 1, PrefectureFiles.NAMES.size(), name));
      outcomes.add(
          imports.take(
              ImportFile.of(begun.fileName(name), () -> new ByteArrayInputStream(content))
                  .in(Locale.ENGLISH),
              mappings.named("standard/" + name).withSource(SOURCE),
              ACTOR,
              false,
              progress));
    }
    establish(prefecture);
    handIn(new PrefectureForms(prefecture), begun, watch.apply(FORMS));
    jdbc.sql("analyze").update();
    return outcomes;
  }

  /** Forms with photos and résumés, and decisions, of some leaders. */
  private void handIn(PrefectureForms leaders, Begun begun, Progress progress) {
    Map<String, Long> ids = new HashMap<>();
    jdbc.sql("select key, id from official.official where source = :source and key in (:keys)")
        .param("source", SOURCE)
        .param("keys", leaders.people().stream().map(career -> career.key).toList())
        .query(
            row -> {
              ids.put(row.getString("key"), row.getLong("id"));
            });
    for (PrefectureForms.Decision decision : leaders.decisions()) {
      Long id = ids.get(decision.key());
      if (id != null) {
        documents.keepOnce(
            id,
            new Documents.Paper(
                decision.title() + ".txt",
                "text/plain",
                decision.text().getBytes(StandardCharsets.UTF_8)),
            decision.kind(),
            decision.title(),
            ACTOR);
      }
    }
    try {
      Path zip = Files.createTempFile("dandang-forms", ".zip");
      try {
        try (OutputStream out = Files.newOutputStream(zip)) {
          leaders.zip(out);
        }
        forms.take(zip, begun.fileName(FORMS), ACTOR, false, progress);
      } finally {
        Files.deleteIfExists(zip);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How many leading posts the city, its departments and the counties have, by level. */
  private void establish(Prefecture prefecture) {
    Map<String, Long> without = new HashMap<>();
    jdbc.sql(
            "select code, id from organisation.unit u where source = :source and not exists (select from organisation.post_establishment e where e.unit_id = u.id)")
        .param("source", SOURCE)
        .query(
            row -> {
              without.put(row.getString("code"), row.getLong("id"));
            });
    LocalDate since = prefecture.asOf().minusYears(10).withDayOfYear(1);
    Order order =
        new Order(
            since, new Document("澜源市机构编制规定", "澜编〔%d〕1号".formatted(since.getYear()), since), ACTOR);
    for (Unit unit : prefecture.units()) {
      Long id = without.get(unit.code());
      if (id != null && (unit.parent() == null || unit.isCityDepartment() || unit.isCounty())) {
        Map<Integer, Long> posts =
            unit.leading().stream()
                .collect(
                    Collectors.groupingBy(Unit.Post::level, TreeMap::new, Collectors.counting()));
        posts.forEach(
            (level, number) ->
                establishments.establish(id, level.toString(), number.intValue(), order));
      }
    }
  }

  /** Somebody who serves and has seen much: the person behind the demonstration's own account. */
  public Optional<Person> somebody() {
    return jdbc.sql(
            """
            select o.id, i.name
              from official.official o
              join official.current_identity i on i.official_id = o.id and i.status = 'serving'
             where o.source = :source
             order by (select count(distinct p.kind) * 100 + count(*) from official.current_posting p
                        where p.official_id = o.id
                          and not exists (select 1 from official.timeline_flag f where f.official_id = o.id)) desc,
                      o.id
             limit 1
            """)
        .param("source", SOURCE)
        .query((row, number) -> new Person(row.getLong("id"), row.getString("name")))
        .optional();
  }

  /** A unit of a level: the one with the most people in it. */
  Somewhere somePlace(String level) {
    return jdbc.sql(
            """
            select u.id, u.name
              from organisation.unit u
              left join official.current_posting p on p.unit_id = u.id
             where u.source = :source and u.level = :level
             group by u.id, u.name order by count(p.id) desc, u.id limit 1
            """)
        .param("source", SOURCE)
        .param("level", level)
        .query((row, number) -> new Somewhere(row.getLong("id"), row.getString("name")))
        .single();
  }

  /** A unit of the demonstration. */
  record Somewhere(long unit, String name) {}

  /** An official of the demonstration. */
  public record Person(long officialId, String name) {}

  private List<String> taken() {
    return jdbc.sql(
            """
            select file_name from official.import
             where finished_at is not null and file_name like :names order by id
            """)
        .param("names", SOURCE + "-%")
        .query(String.class)
        .list();
  }

  private static Optional<Begun> begun(List<String> taken) {
    return taken.stream().flatMap(name -> Begun.by(name).stream()).findFirst();
  }

  private static List<String> missing(Begun begun, List<String> taken) {
    return PrefectureFiles.NAMES.stream()
        .filter(name -> !taken.contains(begun.fileName(name)))
        .toList();
  }

  private void refuseOtherPeople() {
    boolean others =
        jdbc.sql("select exists (select 1 from official.official where source <> :source)")
            .param("source", SOURCE)
            .query(Boolean.class)
            .single();
    if (others) {
      throw new StorageProblem(
          "This database holds people who are not the demonstration's. Name an empty or new folder with --data DIR.");
    }
  }
}
