package org.dandang.official;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.dandang.official.form.AppointmentForm;
import org.dandang.official.form.FormElement;
import org.dandang.official.form.FormTemplate;
import org.dandang.platform.export.Exports;
import org.dandang.platform.export.Mark;
import org.dandang.platform.jobs.Progress;
import org.dandang.platform.ledger.Ledger;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Writes appointment-and-removal forms to files, one person at a time. */
@Component
public class FormExport {
  private final FormComposing forms;
  private final FormWriting writing;
  private final Exports exports;
  private final JdbcClient jdbc;
  private final Ledger ledger;
  private final TransactionTemplate transaction;
  private final Clock clock;
  private final ZoneId zone;

  FormExport(
      FormComposing forms,
      FormWriting writing,
      Exports exports,
      JdbcClient jdbc,
      Ledger ledger,
      TransactionTemplate transaction,
      Clock clock,
      @Value("${dandang.zone:Asia/Shanghai}") ZoneId zone) {
    this.forms = forms;
    this.writing = writing;
    this.exports = exports;
    this.jdbc = jdbc;
    this.ledger = ledger;
    this.transaction = transaction;
    this.clock = clock;
    this.zone = zone;
  }

  /** The usual .docx of the form, for an office to make its own from. */
  public static byte[] usualTemplate() {
    return FormTemplate.usualFile();
  }

  /**
   * What was written.
   *
   * @param unknown keys or names nobody has
   * @param ambiguous names several people have; a key tells them apart
   */
  public record Outcome(int written, List<String> unknown, List<String> ambiguous) {}

  /**
   * Writes the forms of some people, or of everybody.
   *
   * @param people keys or full names; empty for everybody
   * @param out a folder, or a file that ends in {@code .zip}; a file is replaced whole or not at
   *     all
   * @throws TemplateProblem where the office's own template cannot be used
   */
  public Outcome write(
      List<String> people, FormFormat format, Path out, String actor, Progress progress)
      throws IOException {
    List<String> unknown = new ArrayList<>();
    List<String> ambiguous = new ArrayList<>();
    List<Long> chosen =
        people.isEmpty()
            ? jdbc.sql("select subject from official.subject order by subject")
                .query(Long.class)
                .list()
            : chosen(people, unknown, ambiguous);
    boolean zip = out.getFileName().toString().endsWith(".zip");
    int written =
        zip
            ? zip(chosen, format, out, actor, progress).count()
            : folder(chosen, format, out, actor, progress);
    return new Outcome(written, unknown, ambiguous);
  }

  /** The forms are in Chinese, and so is the line on them. */
  private Mark begun(String actor, FormFormat format, int count) {
    return exports.begin(
        actor, "forms-exported", format.extension(), count, Locale.SIMPLIFIED_CHINESE);
  }

  private void exported(String actor, FormFormat format, List<Long> written, Mark mark) {
    transaction.executeWithoutResult(
        status ->
            ledger.appendAbout(
                actor,
                "forms-exported",
                "official",
                written,
                Map.of(
                    "count",
                    written.size(),
                    "form",
                    format.extension(),
                    "export",
                    mark.id().toString())));
  }

  private List<Long> chosen(List<String> people, List<String> unknown, List<String> ambiguous) {
    List<Long> chosen = new ArrayList<>();
    for (String person : people) {
      List<Long> found =
          jdbc.sql(
                  "select subject from official.subject where key = :who or label = :who order by"
                      + " subject")
              .param("who", person)
              .query(Long.class)
              .list();
      switch (found.size()) {
        case 0 -> unknown.add(person);
        case 1 -> chosen.add(found.getFirst());
        default -> ambiguous.add(person);
      }
    }
    return chosen;
  }

  private int folder(
      List<Long> chosen, FormFormat format, Path folder, String actor, Progress progress)
      throws IOException {
    FormWriting.Writer writer = writing.in(format);
    Mark mark = begun(actor, format, chosen.size());
    Files.createDirectories(folder);
    List<Long> written = new ArrayList<>();
    for (Long id : chosen) {
      AppointmentForm form = forms.form(id, today(), true).orElse(null);
      if (form != null) {
        try (OutputStream file =
            Files.newOutputStream(folder.resolve(name(form, id) + "." + format.extension()))) {
          writer.write(form, today(), mark, file);
        }
        written.add(id);
      }
      if (stop(progress, written.size(), chosen.size())) {
        break;
      }
    }
    exported(actor, format, written, mark);
    return written.size();
  }

  /** A file of forms that was written. */
  record Zipped(int count, Mark mark) {}

  /**
   * Writes the forms of people into one file, whole or not at all.
   *
   * @return how many, and the mark they carry
   * @throws ImportCancelled when somebody asked to stop; nothing is left behind
   */
  Zipped zip(List<Long> chosen, FormFormat format, Path out, String actor, Progress progress)
      throws IOException {
    FormWriting.Writer writer = writing.in(format);
    Mark mark = begun(actor, format, chosen.size());
    Path draft = out.resolveSibling(out.getFileName() + ".part");
    List<Long> written = new ArrayList<>();
    try {
      try (ZipOutputStream zip =
          new ZipOutputStream(Files.newOutputStream(draft), StandardCharsets.UTF_8)) {
        for (Long id : chosen) {
          AppointmentForm form = forms.form(id, today(), true).orElse(null);
          if (form != null) {
            zip.putNextEntry(new ZipEntry(name(form, id) + "." + format.extension()));
            writer.write(form, today(), mark, zip);
            zip.closeEntry();
            written.add(id);
          }
          if (stop(progress, written.size(), chosen.size())) {
            throw new ImportCancelled();
          }
        }
      }
      exported(actor, format, written, mark);
      exports.record(mark, draft);
      Files.move(draft, out, StandardCopyOption.REPLACE_EXISTING);
      return new Zipped(written.size(), mark);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  private static boolean stop(Progress progress, int written, int of) {
    if (written % 25 == 0) {
      progress.at("forms.step", written, of);
    }
    return progress.cancelled();
  }

  /**
   * The name without its ending, with the register's number so that two people of one name stay two
   * files.
   */
  static String name(AppointmentForm form, long id) {
    String who = form.text(FormElement.NAME).replaceAll("[\\s/\\\\:*?\"<>|\\p{Cntrl}]", "");
    return (who.isEmpty() ? "" : who + "-") + id;
  }

  private LocalDate today() {
    return LocalDate.now(clock.withZone(zone));
  }
}
