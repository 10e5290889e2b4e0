package org.dandang.official;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.dandang.platform.jobs.Job;
import org.dandang.platform.jobs.Jobs;
import org.dandang.platform.jobs.Progress;
import org.dandang.platform.storage.Sight;
import org.dandang.platform.storage.Sights;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.web.multipart.MultipartFile;

/** Files taken in from a page: each is a piece of long work that ends with what became of it. */
@Component
public class Uploads {
  private final Jobs jobs;
  private final RosterImport rosters;
  private final FormImport forms;
  private final Mappings mappings;
  private final MessageSource messages;
  private final FileOutcomes<Ended> outcomes = new FileOutcomes<>();

  Uploads(
      Jobs jobs,
      RosterImport rosters,
      FormImport forms,
      Mappings mappings,
      MessageSource messages) {
    this.jobs = jobs;
    this.rosters = rosters;
    this.forms = forms;
    this.mappings = mappings;
    this.messages = messages;
  }

  /**
   * What became of a file.
   *
   * @param problems forms that could not be taken, and values that could not be stored
   * @param refusedRows the same workbook with the refused rows marked; null where there are none
   */
  public record Ended(
      String owner,
      String file,
      boolean dryRun,
      long read,
      long stored,
      long unchanged,
      long refused,
      Map<String, Long> reasons,
      List<FormOutcome.Problem> problems,
      List<String> remarks,
      long unsettled,
      @Nullable Long importId,
      @Nullable Path refusedRows)
      implements FileOutcomes.Outcome {}

  /**
   * @param within whose rows are taken; null: everybody's
   * @param mapping name of a mapping; empty: the one whose columns fit. Forms need none
   */
  Job take(
      MultipartFile file,
      String mapping,
      boolean dryRun,
      @Nullable Jurisdiction within,
      String actor,
      Locale language)
      throws IOException {
    SentFile sent = SentFile.of(file);
    return jobs.start(
        sent.name(),
        actor,
        progress ->
            Sights.doing(
                new Sight.Everything(),
                () -> outcomeOf(sent, mapping, dryRun, within, actor, language, progress)));
  }

  private String outcomeOf(
      SentFile sent,
      String mapping,
      boolean dryRun,
      @Nullable Jurisdiction within,
      String actor,
      Locale language,
      Progress progress)
      throws IOException {
    LocaleContextHolder.setLocale(language);
    try (sent) {
      String lower = sent.name().toLowerCase(Locale.ROOT);
      Ended outcome;
      if (lower.endsWith(".lrmx") || lower.endsWith(".lrm") || lower.endsWith(".zip")) {
        FormOutcome taken = forms.take(sent.path(), sent.name(), within, actor, dryRun, progress);
        outcome =
            new Ended(
                actor,
                sent.name(),
                dryRun,
                taken.read(),
                taken.stored(),
                taken.unchanged(),
                taken.refused(),
                Map.of(),
                taken.problems(),
                List.of(),
                taken.unsettled(),
                taken.importId(),
                null);
      } else {
        ImportFile source = sent.toTakeIn(language).within(within);
        Mapping chosen = mapping.isBlank() ? mappings.fitting(source) : mappings.named(mapping);
        ImportOutcome taken = rosters.take(source, chosen, actor, dryRun, progress);
        outcome =
            new Ended(
                actor,
                sent.name(),
                dryRun,
                taken.read(),
                taken.stored(),
                taken.unchanged(),
                taken.refused(),
                taken.refusedByReason(),
                List.of(),
                taken.remarks(),
                0,
                taken.importId(),
                taken.errors());
      }
      return "/imports/outcomes/" + outcomes.keep(sent.keptBy(outcome));
    } catch (ImportProblem problem) {
      throw new UntakenFile(problem, messages);
    } finally {
      LocaleContextHolder.resetLocaleContext();
    }
  }

  Optional<Ended> outcome(String id, String owner) {
    return outcomes.find(id, owner);
  }
}
