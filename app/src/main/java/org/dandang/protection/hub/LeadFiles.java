package org.dandang.protection.hub;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.dandang.official.FileOutcomes;
import org.dandang.official.ImportFile;
import org.dandang.official.ImportProblem;
import org.dandang.official.SentFile;
import org.dandang.official.TableFiles;
import org.dandang.official.UntakenFile;
import org.dandang.platform.access.SignedIn;
import org.dandang.platform.access.UnitsAbove;
import org.dandang.platform.calendar.OfficeCalendar;
import org.dandang.platform.jobs.Job;
import org.dandang.platform.jobs.Jobs;
import org.dandang.platform.jobs.Progress;
import org.dandang.platform.storage.Sights;
import org.dandang.platform.web.Refused;
import org.dandang.platform.web.Wordings;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import org.springframework.web.multipart.MultipartFile;

/**
 * Leads as a workbook brings them, a lead a row; those it names stand in one cell, parted by
 * semicolons, each as name, unit and post with commas between. A file sent twice brings nothing
 * twice. Who reported is not taken from a file: it would lie in it in plain.
 */
@Component
public class LeadFiles {
  private static final List<String> COLUMNS =
      List.of(
          "source",
          "round",
          "reference",
          "title",
          "content",
          "received",
          "unit",
          "clue",
          "gravity",
          "concluded",
          "people");
  private static final List<String> REQUIRED =
      List.of("source", "title", "content", "received", "unit", "clue", "gravity", "people");

  private final TableFiles files;
  private final Intake intake;
  private final UnitsAbove units;
  private final OfficeCalendar office;
  private final Jobs jobs;
  private final MessageSource messages;
  private final Wordings wordings;
  private final FileOutcomes<Ended> outcomes = new FileOutcomes<>();

  LeadFiles(
      TableFiles files,
      Intake intake,
      UnitsAbove units,
      OfficeCalendar office,
      Jobs jobs,
      MessageSource messages,
      Wordings wordings) {
    this.files = files;
    this.intake = intake;
    this.units = units;
    this.office = office;
    this.jobs = jobs;
    this.messages = messages;
    this.wordings = wordings;
  }

  /** What became of a file. */
  public record Ended(String owner, String file, TableFiles.Taken taken)
      implements FileOutcomes.Outcome {
    @Override
    public @Nullable Path refusedRows() {
      return taken.marked();
    }
  }

  Job take(MultipartFile file, SignedIn by, Locale language) throws IOException {
    SentFile sent = SentFile.of(file);
    return jobs.start(
        sent.name(),
        by.signInName(),
        progress -> {
          try (sent) {
            TableFiles.Taken taken = taken(sent.toTakeIn(language), by, progress);
            return "/protection/leads/files/"
                + outcomes.keep(sent.keptBy(new Ended(by.signInName(), sent.name(), taken)));
          } catch (ImportProblem problem) {
            throw new UntakenFile(problem, messages);
          }
        });
  }

  TableFiles.Taken taken(ImportFile file, SignedIn by, Progress progress) {
    Locale language = file.language();
    return files.take(
        file, columns(language), (cells, wrong) -> row(cells, wrong, by, language), progress);
  }

  private TableFiles.Row row(
      Map<String, String> cells, List<TableFiles.Wrong> wrong, SignedIn by, Locale language) {
    LocalDate received = LeadFilter.day(cells.get("received"));
    if (received == null) {
      wrong.add(wrong("received", "day", language, office.today()));
    }
    String written = cells.getOrDefault("unit", "");
    Optional<Long> unit = Sights.everything(() -> units.chosen(written));
    if (unit.isEmpty()) {
      wrong.add(wrong("unit", "no-unit", language, written));
    }
    if (received == null || unit.isEmpty()) {
      return TableFiles.Row.UNCHANGED;
    }
    NewLead lead =
        new NewLead(
            Source.of(cells.getOrDefault("source", "other")),
            cells.getOrDefault("round", ""),
            cells.getOrDefault("reference", ""),
            cells.getOrDefault("title", ""),
            cells.getOrDefault("content", ""),
            received,
            unit.get(),
            cells.getOrDefault("clue", ""),
            cells.getOrDefault("gravity", ""),
            cells.getOrDefault("concluded", "").equals("yes"),
            "",
            LeadTerms.USUAL,
            people(cells.getOrDefault("people", "")));
    lead.problems(office.today())
        .forEach(one -> wrong.add(wrong(one.field(), one.key(), language, one.values().toArray())));
    if (!wrong.isEmpty()) {
      return TableFiles.Row.UNCHANGED;
    }
    try {
      UUID client =
          UUID.nameUUIDFromBytes(
              ("workbook " + by.signInName() + " " + lead.said()).getBytes(StandardCharsets.UTF_8));
      return intake.take(client, lead, "workbook", by).repeated()
          ? TableFiles.Row.UNCHANGED
          : TableFiles.Row.STORED;
    } catch (Refused refused) {
      wrong.add(new TableFiles.Wrong("unit", refused.text(language)));
      return TableFiles.Row.UNCHANGED;
    }
  }

  private TableFiles.Wrong wrong(String field, String key, Locale language, Object... values) {
    return new TableFiles.Wrong(field, messages.getMessage("hub.wrong." + key, values, language));
  }

  /** {@code 张三，县交通局，副局长；李四}. */
  static List<NewLead.Named> people(String cell) {
    List<NewLead.Named> people = new ArrayList<>();
    for (String one : cell.split("[;；\\n]", -1)) {
      String[] parts = one.split("[,，]", -1);
      if (!one.isBlank()) {
        people.add(
            new NewLead.Named(
                parts[0], parts.length > 1 ? parts[1] : "", parts.length > 2 ? parts[2] : ""));
      }
    }
    return people;
  }

  void template(Locale language, OutputStream out) throws IOException {
    files.template(
        messages.getMessage("hub.template", null, language), columns(language), language, out);
  }

  private List<TableFiles.Column> columns(Locale language) {
    return COLUMNS.stream().map(id -> column(id, language)).toList();
  }

  private TableFiles.Column column(String id, Locale language) {
    Map<String, String> words = new LinkedHashMap<>();
    List<String> listed = new ArrayList<>();
    List<String> meanings =
        switch (id) {
          case "source" -> Arrays.stream(Source.values()).map(Source::word).toList();
          case "clue" -> NewLead.CLUES;
          case "gravity" -> NewLead.GRAVITIES;
          case "concluded" -> List.of("yes", "no");
          default -> List.of();
        };
    for (String meaning : meanings) {
      List<String> said = wordings.inEach("hub." + id + "." + meaning, language);
      said.forEach(word -> words.put(word, meaning));
      words.put(meaning, meaning);
      listed.add(said.getFirst());
    }
    return new TableFiles.Column(
        id,
        wordings.inEach("hub.field." + id, language),
        REQUIRED.contains(id),
        words,
        listed,
        messages.getMessage("hub.hint." + id, null, language));
  }

  Optional<Ended> outcome(String id, String owner) {
    return outcomes.find(id, owner);
  }
}
