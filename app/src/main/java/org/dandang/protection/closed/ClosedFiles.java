package org.dandang.protection.closed;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.dandang.official.FileOutcomes;
import org.dandang.official.ImportProblem;
import org.dandang.official.SentFile;
import org.dandang.official.UntakenFile;
import org.dandang.platform.access.Role;
import org.dandang.platform.access.SignedIn;
import org.dandang.platform.jobs.Job;
import org.dandang.platform.jobs.Jobs;
import org.dandang.platform.web.NotHere;
import org.dandang.platform.web.Page;
import org.dandang.protection.MatterImport;
import org.dandang.protection.MatterOutcome;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.core.io.FileSystemResource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;

/** Taking files of closed matters in by the browser: they speak of everybody. */
@Controller
public class ClosedFiles {
  private static final String XLSX =
      "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

  private final MatterImport imports;
  private final ClosedCounts counts;
  private final Jobs jobs;
  private final MessageSource messages;
  private final FileOutcomes<Ended> outcomes = new FileOutcomes<>();

  ClosedFiles(MatterImport imports, ClosedCounts counts, Jobs jobs, MessageSource messages) {
    this.imports = imports;
    this.counts = counts;
    this.jobs = jobs;
    this.messages = messages;
  }

  /** What became of the files. */
  public record Ended(String owner, boolean dryRun, List<MatterOutcome> files)
      implements FileOutcomes.Outcome {
    public Ended {
      files = List.copyOf(files);
    }

    @Override
    public @Nullable Path refusedRows() {
      return null;
    }

    @Override
    public List<Path> workbooks() {
      List<Path> workbooks = new ArrayList<>();
      for (MatterOutcome file : files) {
        if (file.errors() != null) {
          workbooks.add(file.errors());
        }
      }
      return workbooks;
    }
  }

  /** The files concern everybody: only who works for everybody takes them in. */
  static boolean mayTakeIn(SignedIn account) {
    return account.hasEverywhere(Role.PERSONNEL_OFFICER);
  }

  @GetMapping("/protection/closed/files")
  String files(@ModelAttribute("page") Page page, Model model) {
    model.addAttribute("packs", imports.packs(page.language()));
    return "protection/closed/files";
  }

  @PostMapping("/protection/closed/files")
  String take(
      @RequestParam @Nullable MultipartFile matters,
      @RequestParam @Nullable MultipartFile accused,
      @RequestParam String pack,
      @RequestParam(defaultValue = "false") boolean dryRun,
      @AuthenticationPrincipal SignedIn account,
      @ModelAttribute("page") Page page)
      throws IOException {
    SentFile first = sent(matters);
    SentFile second = sent(accused);
    SentFile any = first == null ? second : first;
    if (any == null) {
      return "redirect:/protection/closed/files";
    }
    String actor = account.signInName();
    Locale language = page.language();
    Job job =
        jobs.start(
            any.name(),
            actor,
            progress -> {
              try (first;
                  second) {
                Ended ended =
                    new Ended(
                        actor,
                        dryRun,
                        imports.take(
                            pack,
                            first == null ? null : first.toTakeIn(language),
                            second == null ? null : second.toTakeIn(language),
                            actor,
                            dryRun,
                            progress));
                if (first != null) {
                  first.keptBy(ended);
                }
                if (second != null) {
                  second.keptBy(ended);
                }
                if (!dryRun) {
                  progress.at("importing.step.counting", 0, -1);
                  counts.renew();
                }
                return "/protection/closed/files/" + outcomes.keep(ended);
              } catch (ImportProblem problem) {
                throw new UntakenFile(problem, messages);
              }
            });
    return "redirect:/jobs/" + job.id();
  }

  private static @Nullable SentFile sent(@Nullable MultipartFile file) throws IOException {
    return file == null || file.isEmpty() ? null : SentFile.of(file);
  }

  @GetMapping("/protection/closed/files/{id}")
  String outcome(@PathVariable String id, @AuthenticationPrincipal SignedIn account, Model model) {
    model.addAttribute("id", id);
    model.addAttribute(
        "outcome", outcomes.find(id, account.signInName()).orElseThrow(NotHere::new));
    return "protection/closed/file";
  }

  @GetMapping("/protection/closed/files/{id}/{part}/refused.xlsx")
  ResponseEntity<FileSystemResource> refused(
      @PathVariable String id,
      @PathVariable String part,
      @AuthenticationPrincipal SignedIn account) {
    Path workbook =
        outcomes.find(id, account.signInName()).stream()
            .flatMap(ended -> ended.files().stream())
            .filter(file -> file.part().word().equals(part))
            .map(MatterOutcome::errors)
            .filter(Objects::nonNull)
            .findFirst()
            .orElseThrow(NotHere::new);
    return ResponseEntity.ok()
        .contentType(MediaType.parseMediaType(XLSX))
        .header("Content-Disposition", "attachment; filename=\"refused.xlsx\"")
        .body(new FileSystemResource(workbook));
  }
}
