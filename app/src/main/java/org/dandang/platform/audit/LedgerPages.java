package org.dandang.platform.audit;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.dandang.platform.access.Door;
import org.dandang.platform.access.Role;
import org.dandang.platform.access.SignedIn;
import org.dandang.platform.export.Exports;
import org.dandang.platform.export.Mark;
import org.dandang.platform.export.MarkedCsv;
import org.dandang.platform.jobs.Jobs;
import org.dandang.platform.ledger.InclusionProof;
import org.dandang.platform.ledger.Ledger;
import org.dandang.platform.ledger.LedgerEntry;
import org.dandang.platform.ledger.LedgerFilter;
import org.dandang.platform.ledger.LedgerReading;
import org.dandang.platform.ledger.Verified;
import org.dandang.platform.signin.StepUp;
import org.dandang.platform.web.NavigationEntry;
import org.dandang.platform.web.NotHere;
import org.dandang.platform.web.Page;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** What an auditor sees: every entry, the state of the chain, and a check of all of it. */
@Controller
class LedgerPages {
  private static final int PER_PAGE = 50;

  /** Most rows a sheet of a workbook has; the rest goes to the next sheet. */
  private static final int ROWS_OF_A_SHEET = 1_000_000;

  private static final int FLUSH_AFTER = 2_000;

  private final LedgerReading reading;
  private final Checks checks;
  private final Jobs jobs;
  private final Ledger ledger;
  private final TransactionTemplate transaction;
  private final Exports exports;

  LedgerPages(
      LedgerReading reading,
      Checks checks,
      Jobs jobs,
      Ledger ledger,
      TransactionTemplate transaction,
      Exports exports) {
    this.exports = exports;
    this.reading = reading;
    this.checks = checks;
    this.jobs = jobs;
    this.ledger = ledger;
    this.transaction = transaction;
  }

  @Configuration(proxyBeanMethods = false)
  static class Navigation {
    @Bean
    NavigationEntry ledgerEntry() {
      return new NavigationEntry(90, "nav.ledger", "/ledger", "chain", false);
    }

    @Bean
    Door ledgerDoor() {
      return Door.to("/ledger/**", Role.AUDIT_ADMINISTRATOR);
    }
  }

  @ModelAttribute("filter")
  LedgerFilter filter(
      @RequestParam(defaultValue = "") String actor,
      @RequestParam(defaultValue = "") String action,
      @RequestParam(defaultValue = "") String kind,
      @RequestParam(defaultValue = "") String subject,
      @RequestParam(required = false) @Nullable LocalDate from,
      @RequestParam(required = false) @Nullable LocalDate to) {
    return new LedgerFilter(actor, action, kind, subject, from, to);
  }

  @GetMapping("/ledger")
  String list(
      @ModelAttribute("filter") LedgerFilter filter,
      @RequestParam(required = false) @Nullable Long before,
      @RequestParam(required = false) @Nullable Long after,
      Model model) {
    List<LedgerReading.Line> lines = reading.find(filter, before, after, PER_PAGE + 1);
    boolean more = lines.size() > PER_PAGE;
    List<LedgerReading.Line> shown =
        !more ? lines : after == null ? lines.subList(0, PER_PAGE) : lines.subList(1, PER_PAGE + 1);
    boolean newer = after == null ? before != null : more;
    boolean older = after != null || more;
    model.addAttribute("lines", shown);
    model.addAttribute("actions", reading.actions());
    model.addAttribute("kinds", reading.kinds());
    model.addAttribute("state", reading.state());
    model.addAttribute("checked", checks.newest().orElse(null));
    model.addAttribute("query", query(filter));
    model.addAttribute("newer", newer && !shown.isEmpty() ? shown.getFirst().entry().id() : null);
    model.addAttribute("older", older && !shown.isEmpty() ? shown.getLast().entry().id() : null);
    return "platform/ledger/list";
  }

  @GetMapping("/ledger/entries/{id}")
  String entry(@PathVariable long id, Model model) {
    model.addAttribute("line", reading.entry(id).orElseThrow(NotHere::new));
    model.addAttribute("proof", reading.proof(id).orElse(null));
    return "platform/ledger/entry";
  }

  /** Shows that an entry stands in the ledger, to somebody who has only a checkpoint. */
  @GetMapping("/ledger/entries/{id}/proof.json")
  ResponseEntity<String> proof(@PathVariable long id) {
    InclusionProof proof = reading.proof(id).orElseThrow(NotHere::new);
    return ResponseEntity.ok()
        .contentType(MediaType.APPLICATION_JSON)
        .cacheControl(CacheControl.noStore())
        .header("Content-Disposition", "attachment; filename=\"proof-" + id + ".json\"")
        .body(proof.json());
  }

  /** The newest checkpoint, to be kept elsewhere. */
  @GetMapping("/ledger/head.json")
  ResponseEntity<String> head() {
    return ResponseEntity.ok()
        .contentType(MediaType.APPLICATION_JSON)
        .cacheControl(CacheControl.noStore())
        .header("Content-Disposition", "attachment; filename=\"ledger-head.json\"")
        .body(reading.state().newest().orElseThrow(NotHere::new).line() + "\n");
  }

  @PostMapping("/ledger/verify")
  String verify(@ModelAttribute("page") Page page, @AuthenticationPrincipal SignedIn account) {
    return "redirect:/jobs/"
        + jobs.start(
                page.word("ledger.verify.title"),
                account.signInName(),
                progress -> {
                  Verified found = reading.verify(progress);
                  transaction.executeWithoutResult(
                      status ->
                          ledger.append(
                              account.signInName(),
                              "ledger-verified",
                              "ledger",
                              null,
                              Map.of(
                                  "positions", found.positions(),
                                  "anchored", found.anchored(),
                                  "broken", found.broken())));
                  return "/ledger/checks/" + checks.keep(found, account.signInName());
                })
            .id();
  }

  @GetMapping("/ledger/checks/{number}")
  String check(@PathVariable long number, Model model) {
    model.addAttribute("check", checks.find(number).orElseThrow(NotHere::new));
    return "platform/ledger/check";
  }

  @StepUp
  @GetMapping("/ledger/export.csv")
  void csv(
      @ModelAttribute("filter") LedgerFilter filter,
      @ModelAttribute("page") Page page,
      @AuthenticationPrincipal SignedIn account,
      HttpServletResponse response)
      throws IOException {
    Mark mark = exported(filter, "csv", account, page);
    response.setContentType("text/csv;charset=UTF-8");
    response.setHeader("Content-Disposition", mark.attachment("ledger", "csv"));
    try (MarkedCsv out = new MarkedCsv(exports.recorded(mark, response.getOutputStream()), mark)) {
      out.row(headings(page));
      reading.each(filter, each -> out.row(cells(each, page)));
    }
  }

  @StepUp
  @GetMapping("/ledger/export.xlsx")
  void workbook(
      @ModelAttribute("filter") LedgerFilter filter,
      @ModelAttribute("page") Page page,
      @AuthenticationPrincipal SignedIn account,
      HttpServletResponse response)
      throws IOException {
    Mark mark = exported(filter, "xlsx", account, page);
    response.setContentType("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
    response.setHeader("Content-Disposition", mark.attachment("ledger", "xlsx"));
    try (OutputStream out = exports.recorded(mark, response.getOutputStream());
        Workbook workbook = new Workbook(out, "Dandang", "1.0")) {
      Sheets sheets = new Sheets(workbook, page);
      reading.each(filter, sheets::row);
      sheets.end();
      mark.on(workbook);
    }
  }

  /** Writes one sheet after another, each streamed. */
  private static final class Sheets {
    private final Workbook workbook;
    private final Page page;
    private Worksheet sheet;
    private int number;
    private int row;

    Sheets(Workbook workbook, Page page) {
      this.workbook = workbook;
      this.page = page;
      this.sheet = begun();
    }

    private Worksheet begun() {
      number++;
      Worksheet begun =
          workbook.newWorksheet(page.word("ledger.title") + (number == 1 ? "" : " " + number));
      begun.freezePane(0, 1);
      List<String> headings = headings(page);
      for (int i = 0; i < headings.size(); i++) {
        begun.value(0, i, headings.get(i));
        begun.style(0, i).bold().set();
      }
      row = 0;
      return begun;
    }

    void row(LedgerReading.Line line) throws IOException {
      if (row == ROWS_OF_A_SHEET) {
        sheet.finish();
        sheet = begun();
      }
      row++;
      List<String> cells = cells(line, page);
      for (int i = 0; i < cells.size(); i++) {
        sheet.value(row, i, cells.get(i));
      }
      if (row % FLUSH_AFTER == 0) {
        sheet.flush();
      }
    }

    void end() throws IOException {
      sheet.finish();
    }
  }

  private static List<String> headings(Page page) {
    return List.of(
        page.word("ledger.entry"),
        page.word("ledger.position"),
        page.word("ledger.when"),
        page.word("ledger.actor"),
        page.word("ledger.action"),
        page.word("ledger.kind"),
        page.word("ledger.subject"),
        page.word("ledger.detail"));
  }

  private static List<String> cells(LedgerReading.Line line, Page page) {
    LedgerEntry entry = line.entry();
    return List.of(
        Long.toString(entry.id()),
        line.position() == null ? "" : line.position().toString(),
        entry.recordedAt().atZoneSameInstant(page.zone()).toOffsetDateTime().toString(),
        entry.actor(),
        entry.action(),
        entry.subjectKind(),
        entry.subjectId() == null ? "" : entry.subjectId(),
        entry.detail());
  }

  private Mark exported(LedgerFilter filter, String form, SignedIn account, Page page) {
    return Objects.requireNonNull(
        transaction.execute(
            status -> {
              Mark mark =
                  exports.begin(account.signInName(), "ledger-exported", form, 0, page.language());
              ledger.append(
                  account.signInName(),
                  "ledger-exported",
                  "ledger",
                  null,
                  Map.of("form", form, "filter", query(filter), "export", mark.id().toString()));
              return mark;
            }));
  }

  /** The filter as part of an address, without a question mark. */
  private static String query(LedgerFilter filter) {
    List<String> parts = new ArrayList<>();
    put(parts, "actor", filter.actor());
    put(parts, "action", filter.action());
    put(parts, "kind", filter.kind());
    put(parts, "subject", filter.subject());
    put(parts, "from", filter.from() == null ? "" : filter.from().toString());
    put(parts, "to", filter.to() == null ? "" : filter.to().toString());
    return String.join("&", parts);
  }

  private static void put(List<String> parts, String name, String value) {
    if (!value.isEmpty()) {
      parts.add(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8));
    }
  }
}
