package org.dandang.protection.hub;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.dandang.platform.access.SignedIn;
import org.dandang.platform.access.UnitsAbove;
import org.dandang.platform.calendar.OfficeCalendar;
import org.dandang.platform.custody.Custody;
import org.dandang.platform.custody.CustodyProblem;
import org.dandang.platform.storage.Sights;
import org.dandang.platform.web.NotHere;
import org.dandang.platform.web.Page;
import org.dandang.platform.web.Refused;
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

/** Taking leads in: by form, by workbook, and the keys of those who bring them by machine. */
@Controller
class TakingInPages {
  private static final String XLSX =
      "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

  private final Intake intake;
  private final LeadFiles files;
  private final LeadTerms terms;
  private final IntakeKeys keys;
  private final UnitsAbove units;
  private final Custody custody;
  private final OfficeCalendar office;
  private final MessageSource messages;

  TakingInPages(
      Intake intake,
      LeadFiles files,
      LeadTerms terms,
      IntakeKeys keys,
      UnitsAbove units,
      Custody custody,
      OfficeCalendar office,
      MessageSource messages) {
    this.intake = intake;
    this.files = files;
    this.terms = terms;
    this.keys = keys;
    this.units = units;
    this.custody = custody;
    this.office = office;
    this.messages = messages;
  }

  @GetMapping("/protection/leads/new")
  String form(Model model) {
    return form(Map.of("received", office.today().toString()), Map.of(), null, model);
  }

  private String form(
      Map<String, String> given, Map<String, String> wrong, @Nullable String problem, Model model) {
    model.addAttribute("given", given);
    model.addAttribute("wrong", wrong);
    model.addAttribute("problem", problem);
    model.addAttribute("packs", terms.packs(office.today()));
    model.addAttribute("sealing", custody.ready());
    model.addAttribute("client", UUID.randomUUID().toString());
    return "protection/lead-new";
  }

  /** The fields of who is named are {@code name}, {@code at}, {@code post}, a line each. */
  @PostMapping("/protection/leads")
  String take(
      @RequestParam Map<String, String> given,
      @AuthenticationPrincipal SignedIn account,
      @ModelAttribute("page") Page page,
      Model model) {
    Map<String, String> wrong = new LinkedHashMap<>();
    LocalDate received = LeadFilter.day(given.get("received"));
    if (received == null) {
      wrong.put("received", page.word("hub.wrong.day", office.today()));
    }
    Optional<Source> source = Source.find(given.getOrDefault("source", ""));
    if (source.isEmpty()) {
      wrong.put("source", page.word("hub.wrong.empty"));
    }
    String written = given.getOrDefault("unit", "");
    Optional<Long> unit = Sights.everything(() -> units.chosen(written));
    if (unit.isEmpty()) {
      wrong.put("unit", page.word("hub.wrong.no-unit", written));
    }
    Map<String, String> kept = new LinkedHashMap<>(given);
    kept.remove("reporter");
    if (received == null || source.isEmpty() || unit.isEmpty()) {
      return form(kept, wrong, null, model);
    }
    NewLead lead =
        new NewLead(
            source.get(),
            given.getOrDefault("round", ""),
            given.getOrDefault("reference", ""),
            given.getOrDefault("title", ""),
            given.getOrDefault("content", ""),
            received,
            unit.get(),
            given.getOrDefault("clue", ""),
            given.getOrDefault("gravity", ""),
            "yes".equals(given.get("concluded")),
            given.getOrDefault("reporter", ""),
            given.getOrDefault("pack", LeadTerms.USUAL),
            people(given.getOrDefault("people", "")));
    lead.problems(office.today())
        .forEach(
            one ->
                wrong.put(
                    one.field(), page.word("hub.wrong." + one.key(), one.values().toArray())));
    if (!wrong.isEmpty()) {
      return form(kept, wrong, null, model);
    }
    try {
      Intake.In in =
          intake.take(UUID.fromString(given.getOrDefault("client", "")), lead, "form", account);
      return "redirect:/protection/leads/" + in.id();
    } catch (Refused refused) {
      return form(kept, wrong, refused.text(page.language()), model);
    } catch (CustodyProblem e) {
      return form(kept, wrong, e.text(messages, page.language()), model);
    } catch (IllegalArgumentException e) {
      return form(kept, wrong, page.word("hub.interface.client"), model);
    }
  }

  /** One to a line: name, unit and post, with commas between. */
  static List<NewLead.Named> people(String text) {
    List<NewLead.Named> people = new ArrayList<>();
    for (String line : text.split("\n", -1)) {
      people.addAll(LeadFiles.people(line));
    }
    return people;
  }

  @GetMapping("/protection/leads/files")
  String files() {
    return "protection/lead-files";
  }

  @GetMapping("/protection/leads/files/template.xlsx")
  void template(@ModelAttribute("page") Page page, HttpServletResponse response)
      throws IOException {
    response.setContentType(XLSX);
    response.setHeader("Content-Disposition", "attachment; filename=\"leads.xlsx\"");
    files.template(page.language(), response.getOutputStream());
  }

  @PostMapping("/protection/leads/files")
  String file(
      @RequestParam MultipartFile file,
      @AuthenticationPrincipal SignedIn account,
      @ModelAttribute("page") Page page)
      throws IOException {
    return file.isEmpty()
        ? "redirect:/protection/leads/files"
        : "redirect:/jobs/" + files.take(file, account, page.language()).id();
  }

  @GetMapping("/protection/leads/files/{id}")
  String outcome(@PathVariable String id, @AuthenticationPrincipal SignedIn account, Model model) {
    model.addAttribute("id", id);
    model.addAttribute(
        "outcome", files.outcome(id, account.signInName()).orElseThrow(NotHere::new));
    return "protection/lead-file";
  }

  @GetMapping("/protection/leads/files/{id}/refused.xlsx")
  ResponseEntity<FileSystemResource> refused(
      @PathVariable String id, @AuthenticationPrincipal SignedIn account) {
    Path marked =
        files
            .outcome(id, account.signInName())
            .map(one -> one.taken().marked())
            .orElseThrow(NotHere::new);
    return ResponseEntity.ok()
        .contentType(MediaType.parseMediaType(XLSX))
        .header("Content-Disposition", "attachment; filename=\"refused.xlsx\"")
        .body(new FileSystemResource(marked));
  }

  @GetMapping("/protection/leads/keys")
  String keys(@AuthenticationPrincipal SignedIn account, Model model) {
    return keys(account, null, null, model);
  }

  private String keys(
      SignedIn account, @Nullable String made, @Nullable String problem, Model model) {
    model.addAttribute("keys", keys.of(account));
    model.addAttribute("made", made);
    model.addAttribute("problem", problem);
    return "protection/lead-keys";
  }

  @PostMapping("/protection/leads/keys")
  String make(
      @RequestParam String name,
      @RequestParam String source,
      @RequestParam String unit,
      @AuthenticationPrincipal SignedIn account,
      @ModelAttribute("page") Page page,
      Model model) {
    Optional<Long> place = Sights.everything(() -> units.chosen(unit));
    Optional<Source> from = Source.find(source);
    if (place.isEmpty() || from.isEmpty()) {
      return keys(account, null, page.word("hub.wrong.no-unit", unit), model);
    }
    try {
      String key = Sights.everything(() -> keys.make(name, from.get(), place.get(), account));
      return keys(account, key, null, model);
    } catch (Refused refused) {
      return keys(account, null, refused.text(page.language()), model);
    }
  }

  @PostMapping("/protection/leads/keys/{id}/end")
  String end(@PathVariable long id, @AuthenticationPrincipal SignedIn account) {
    keys.end(id, account);
    return "redirect:/protection/leads/keys";
  }
}
