package org.dandang.protection.accusation;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.dandang.platform.access.Access;
import org.dandang.platform.access.Assignment;
import org.dandang.platform.access.Role;
import org.dandang.platform.access.SignedIn;
import org.dandang.platform.access.UnitsAbove;
import org.dandang.platform.calendar.OfficeCalendar;
import org.dandang.platform.ledger.Readings;
import org.dandang.platform.procedure.Beginning;
import org.dandang.platform.procedure.Cases;
import org.dandang.platform.procedure.Command;
import org.dandang.platform.procedure.Done;
import org.dandang.platform.procedure.OnRecord;
import org.dandang.platform.procedure.Party;
import org.dandang.platform.signin.StepUp;
import org.dandang.platform.web.NotHere;
import org.dandang.platform.web.Page;
import org.dandang.platform.web.Refused;
import org.dandang.protection.TableExports;
import org.dandang.protection.sanction.Offices;
import org.dandang.protection.sanction.PackWords;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * Findings of malicious accusation and the register of those found. Every list asks what stands
 * today; who an outsider is is opened for discipline officers alone, and the reading is recorded.
 */
@Controller
class AccusationPages {
  private static final int PER_PAGE = 50;

  private final FalseAccusations findings;
  private final CreditEntries entries;
  private final Outsiders outsiders;
  private final Cases cases;
  private final PackWords words;
  private final TableExports exports;
  private final UnitsAbove units;
  private final Access access;
  private final Readings readings;
  private final JdbcClient jdbc;
  private final OfficeCalendar office;
  private final List<OnRecord> records;

  AccusationPages(
      FalseAccusations findings,
      CreditEntries entries,
      Outsiders outsiders,
      Cases cases,
      PackWords words,
      TableExports exports,
      UnitsAbove units,
      Access access,
      Readings readings,
      JdbcClient jdbc,
      OfficeCalendar office,
      List<OnRecord> records) {
    this.records = List.copyOf(records);
    this.findings = findings;
    this.entries = entries;
    this.outsiders = outsiders;
    this.cases = cases;
    this.words = words;
    this.exports = exports;
    this.units = units;
    this.access = access;
    this.readings = readings;
    this.jdbc = jdbc;
    this.office = office;
  }

  @GetMapping("/protection/accusations")
  String list(
      @RequestParam(name = "p", defaultValue = "1") int number,
      @ModelAttribute("page") Page page,
      @AuthenticationPrincipal SignedIn account,
      Model model) {
    int at = Math.clamp(number, 1, 100_000);
    List<Finding> found =
        Offices.seeing(
            account, () -> findings.on(office.today(), (at - 1) * PER_PAGE, PER_PAGE + 1));
    model.addAttribute("findings", found.subList(0, Math.min(PER_PAGE, found.size())));
    model.addAttribute("more", found.size() > PER_PAGE);
    model.addAttribute("at", at);
    model.addAttribute("words", words.in(page.tag()));
    return "protection/accusation/list";
  }

  @GetMapping("/protection/accusations/new")
  String begin(
      @ModelAttribute("page") Page page, @AuthenticationPrincipal SignedIn account, Model model) {
    return form(null, Map.of(), page, account, model);
  }

  private String form(
      @Nullable String refused,
      Map<String, String> entered,
      Page page,
      SignedIn account,
      Model model) {
    PackWords.Said said = words.in(page.tag());
    List<String> packs = new ArrayList<>(said.entering(FalseAccusations.KIND));
    packs.addAll(said.entering(CreditEntries.KIND));
    packs.addAll(said.entering("credit-removal"));
    model.addAttribute("packs", packs);
    model.addAttribute("words", said);
    model.addAttribute("refused", refused);
    model.addAttribute("entered", entered);
    model.addAttribute("unit", own(account));
    model.addAttribute("client", UUID.randomUUID().toString());
    return "protection/accusation/new";
  }

  /** The name of the unit a discipline officer works for; empty where it is everything. */
  private String own(SignedIn account) {
    return account.today().stream()
        .filter(held -> held.role() == Role.DISCIPLINE_OFFICER)
        .map(Assignment::unit)
        .filter(Objects::nonNull)
        .findFirst()
        .flatMap(unit -> units.name(Objects.requireNonNull(unit)))
        .orElse("");
  }

  /** Drafts a matter about an official by number, or about somebody who is none. */
  @PostMapping("/protection/accusations")
  String draft(
      @RequestParam Map<String, String> form,
      @ModelAttribute("page") Page page,
      @AuthenticationPrincipal SignedIn account,
      Model model) {
    try {
      String pack = form.getOrDefault("pack", "");
      long unit =
          units
              .chosen(form.getOrDefault("unit", ""))
              .filter(one -> access.holds(account, Role.DISCIPLINE_OFFICER, one))
              .orElseThrow(() -> FalseAccusations.refused("unit"));
      UUID client = client(form.getOrDefault("client", ""));
      Party party = party(form, unit, client, account);
      Done done =
          cases.draft(
              new Command(client, account), new Beginning(pack, unit, List.of(party), Map.of()));
      return "redirect:/matters/" + done.matter();
    } catch (Refused refused) {
      return form(refused.text(page.language()), form, page, account, model);
    }
  }

  private static UUID client(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw FalseAccusations.refused("form");
    }
  }

  private Party party(Map<String, String> form, long unit, UUID client, SignedIn account) {
    String key = form.getOrDefault("official", "").strip();
    if (!key.isEmpty()) {
      String number = OnRecord.key(key);
      return Party.official(
          Offices.seeing(
                  account,
                  () ->
                      jdbc.sql("select subject from official.subject where key = ? limit 2")
                          .param(number)
                          .query(Long.class)
                          .list())
              .stream()
              .reduce((one, other) -> -1L)
              .filter(id -> id > 0)
              .orElseThrow(() -> FalseAccusations.refused("no-such-official", key)));
    }
    String known = form.getOrDefault("outsider", "").strip().replace("#", "");
    if (!known.isEmpty()) {
      return new Party(
          Outsiders.KIND,
          Offices.seeing(account, () -> outsiders.find(known, account))
              .orElseThrow(() -> FalseAccusations.refused("no-such-outsider", known)));
    }
    return new Party(
        Outsiders.KIND,
        org.dandang.platform.storage.Sights.everything(
            () ->
                outsiders.note(
                    form.getOrDefault("name", ""),
                    form.getOrDefault("mark", ""),
                    unit,
                    client,
                    account.signInName())));
  }

  @GetMapping("/protection/accusations/{id}")
  String one(
      @PathVariable long id,
      @RequestParam(defaultValue = "false") boolean who,
      @ModelAttribute("page") Page page,
      @AuthenticationPrincipal SignedIn account,
      Model model) {
    Finding finding =
        Offices.seeing(account, () -> findings.find(id, office.today())).orElseThrow(NotHere::new);
    Long official = finding.official();
    if (official != null) {
      readings.record(account.signInName(), "official", official, "false-accusation", null);
    }
    boolean may = access.holds(account, Role.DISCIPLINE_OFFICER, finding.unit());
    Optional<Identity> identity = Optional.empty();
    Long outsider = finding.outsider();
    if (who && may && outsider != null) {
      readings.record(
          account.signInName(), Outsiders.KIND, outsider, "identity", "matter " + finding.matter());
      identity = Offices.seeing(account, () -> outsiders.identity(outsider));
    }
    model.addAttribute("finding", finding);
    model.addAttribute("identity", identity.orElse(null));
    model.addAttribute("mayOpen", may && outsider != null);
    model.addAttribute("lead", lead(finding.report(), account));
    model.addAttribute("words", words.in(page.tag()));
    return "protection/accusation/one";
  }

  /** The lead a report came in as, where the reader may read it; null otherwise. */
  private @Nullable Long lead(String report, SignedIn account) {
    return records.stream()
        .filter(one -> one.kind().equals("lead"))
        .findFirst()
        .flatMap(leads -> leads.find(report, account))
        .orElse(null);
  }

  @GetMapping("/protection/credit")
  String credit(
      @RequestParam(name = "p", defaultValue = "1") int number,
      @ModelAttribute("page") Page page,
      @AuthenticationPrincipal SignedIn account,
      Model model) {
    int at = Math.clamp(number, 1, 100_000);
    List<Entry> found =
        Offices.seeing(
            account, () -> entries.on(office.today(), (at - 1) * PER_PAGE, PER_PAGE + 1));
    model.addAttribute("entries", found.subList(0, Math.min(PER_PAGE, found.size())));
    model.addAttribute("more", found.size() > PER_PAGE);
    model.addAttribute("at", at);
    return "protection/accusation/credit";
  }

  @StepUp
  @GetMapping("/protection/credit.xlsx")
  void workbook(
      @ModelAttribute("page") Page page,
      @AuthenticationPrincipal SignedIn account,
      HttpServletResponse response)
      throws IOException {
    List<Entry> found = Offices.seeing(account, () -> entries.on(office.today(), 0, 20_000));
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of(
            page.word("accusation.person"),
            page.word("accusation.basis"),
            page.word("accusation.listed"),
            page.word("accusation.ends")));
    for (Entry one : found) {
      rows.add(List.of(one.label(), one.basis(), one.listed().toString(), one.ends().toString()));
    }
    exports.workbook(
        new TableExports.Leaving(
            "credit",
            "credit-exported",
            CreditEntries.KIND,
            found.stream().map(Entry::id).toList(),
            Map.of("form", "xlsx"),
            account.signInName(),
            page.language()),
        page.word("accusation.credit"),
        rows,
        response);
  }

  /** Entry as other programs see it: whom, until when, and nothing that would outlive the term. */
  record Told(long id, String person, LocalDate listed, LocalDate ends) {}

  /** What stands today, for other programs. */
  @GetMapping("/api/v1/credit-entries")
  @org.springframework.web.bind.annotation.ResponseBody
  List<Told> api(@AuthenticationPrincipal SignedIn account) {
    return Offices.seeing(account, () -> entries.on(office.today(), 0, 20_000)).stream()
        .map(one -> new Told(one.id(), one.label(), one.listed(), one.ends()))
        .toList();
  }
}
