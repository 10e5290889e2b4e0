package org.dandang.official;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.dandang.organisation.OrganisationProblem;
import org.dandang.organisation.UnitSearch;
import org.dandang.platform.access.SignedIn;
import org.dandang.platform.ledger.Ledger;
import org.dandang.platform.web.NotHere;
import org.dandang.platform.web.Page;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;

/** The list of officials on the left, the person on the right; and the own record. */
@Controller
class OfficialPages {
  private static final int PER_PAGE = 50;
  private static final int EXPORT_BATCH = 2_000;

  private final Officials officials;
  private final UnitSearch units;
  private final List<OfficialSection> sections;
  private final Ledger ledger;
  private final TransactionTemplate transaction;
  private final Clock clock;
  private final ZoneId zone;

  OfficialPages(
      Officials officials,
      UnitSearch units,
      List<OfficialSection> sections,
      Ledger ledger,
      TransactionTemplate transaction,
      Clock clock,
      @Value("${dandang.zone:Asia/Shanghai}") ZoneId zone) {
    this.officials = officials;
    this.units = units;
    this.sections = sections;
    this.ledger = ledger;
    this.transaction = transaction;
    this.clock = clock;
    this.zone = zone;
  }

  @GetMapping("/officials")
  String list(
      @ModelAttribute("filter") OfficialFilter filter,
      @ModelAttribute("page") Page page,
      Model model) {
    fillList(filter, page, model);
    model.addAttribute("dossier", null);
    return "official/officials";
  }

  @GetMapping("/officials/{id}")
  String person(
      @PathVariable long id,
      @RequestParam(defaultValue = "false") boolean history,
      @RequestParam(required = false) @Nullable LocalDate known,
      @RequestHeader(name = "HX-Request", required = false) @Nullable String fragment,
      @ModelAttribute("filter") OfficialFilter filter,
      @ModelAttribute("page") Page page,
      HttpServletResponse response,
      Model model) {
    Optional<Dossier> found = officials.find(id, known(history, known));
    if (known != null && found.isEmpty()) {
      return notKnownYet(id, "/officials/" + id, known, model);
    }
    Dossier dossier = found.orElseThrow(NotHere::new);
    fillPerson(dossier, history, known, model);
    model.addAttribute(
        "sections", sections.stream().map(section -> section.forOfficer(id)).toList());
    response.setHeader("Vary", "HX-Request");
    if (fragment != null) {
      return "official/person";
    }
    fillList(filter, page, model);
    return "official/officials";
  }

  @GetMapping("/me")
  String me(
      @RequestParam(defaultValue = "false") boolean history,
      @RequestParam(required = false) @Nullable LocalDate known,
      @AuthenticationPrincipal SignedIn account,
      Model model) {
    Long own = account.official();
    if (own == null) {
      throw new NotHere();
    }
    Optional<Dossier> found = officials.find(own, known(history, known));
    if (known != null && found.isEmpty()) {
      return notKnownYet(own, "/me", known, model);
    }
    fillPerson(found.orElseThrow(NotHere::new), history, known, model);
    model.addAttribute("sections", sections.stream().map(OfficialSection::forOneself).toList());
    return "official/me";
  }

  @GetMapping("/officials/export.xlsx")
  void workbook(
      @ModelAttribute("filter") OfficialFilter filter,
      @ModelAttribute("page") Page page,
      @AuthenticationPrincipal SignedIn account,
      HttpServletResponse response)
      throws IOException {
    exported(filter, "xlsx", account);
    response.setContentType("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
    response.setHeader("Content-Disposition", "attachment; filename=\"officials.xlsx\"");
    try (Workbook workbook = new Workbook(response.getOutputStream(), "Dandang", "1.0")) {
      Worksheet sheet = workbook.newWorksheet(page.word("nav.officials"));
      sheet.freezePane(0, 1);
      List<String> headings = headings(page);
      for (int i = 0; i < headings.size(); i++) {
        sheet.value(0, i, headings.get(i));
        sheet.style(0, i).bold().set();
      }
      int[] row = {0};
      each(
          filter,
          line -> {
            row[0]++;
            List<String> cells = cells(line, page);
            for (int i = 0; i < cells.size(); i++) {
              sheet.value(row[0], i, cells.get(i));
            }
            if (row[0] % EXPORT_BATCH == 0) {
              sheet.flush();
            }
          });
    }
  }

  @GetMapping("/officials/export.csv")
  void csv(
      @ModelAttribute("filter") OfficialFilter filter,
      @ModelAttribute("page") Page page,
      @AuthenticationPrincipal SignedIn account,
      HttpServletResponse response)
      throws IOException {
    exported(filter, "csv", account);
    response.setContentType("text/csv;charset=UTF-8");
    response.setHeader("Content-Disposition", "attachment; filename=\"officials.csv\"");
    try (Writer out = new OutputStreamWriter(response.getOutputStream(), StandardCharsets.UTF_8)) {
      out.write('\uFEFF');
      out.write(String.join(",", headings(page)) + "\r\n");
      each(
          filter,
          line ->
              out.write(
                  String.join(",", cells(line, page).stream().map(OfficialPages::quoted).toList())
                      + "\r\n"));
    }
  }

  private interface Writing {
    void write(OfficialLine line) throws IOException;
  }

  private void each(OfficialFilter filter, Writing writing) throws IOException {
    LocalDate today = today();
    try {
      transaction.executeWithoutResult(
          status -> {
            try (Stream<OfficialLine> lines = officials.all(filter, today)) {
              for (OfficialLine line : (Iterable<OfficialLine>) lines::iterator) {
                writing.write(line);
              }
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private void exported(OfficialFilter filter, String form, SignedIn account) {
    transaction.executeWithoutResult(
        status ->
            ledger.append(
                account.signInName(),
                "officials-exported",
                "official",
                null,
                Map.of("form", form, "count", officials.count(filter, today()))));
  }

  private static List<String> headings(Page page) {
    return List.of("key", "name", "sex", "born", "began-work", "unit", "post", "rank", "status")
        .stream()
        .map(column -> page.word("official." + column))
        .toList();
  }

  private static List<String> cells(OfficialLine line, Page page) {
    return List.of(
        line.key(),
        line.label(),
        page.word("official.sex." + line.sex()),
        line.born() == null ? "" : line.born().toString().substring(0, 7),
        line.beganWork() == null ? "" : line.beganWork().toString(),
        line.unit() == null ? "" : line.unit(),
        line.post() == null ? "" : line.post(),
        line.rank() == null ? "" : line.rank(),
        page.word("official.status." + line.status()));
  }

  /** Quoted, and kept from being taken for a formula by a spreadsheet. */
  private static String quoted(String cell) {
    String safe = !cell.isEmpty() && "=+-@\t".indexOf(cell.charAt(0)) >= 0 ? "'" + cell : cell;
    return '"' + safe.replace("\"", "\"\"") + '"';
  }

  private void fillList(OfficialFilter filter, Page page, Model model) {
    LocalDate today = today();
    model.addAttribute("count", officials.count(filter, today));
    model.addAttribute(
        "lines", officials.list(filter, today, (filter.page() - 1) * PER_PAGE, PER_PAGE));
    model.addAttribute("perPage", PER_PAGE);
    model.addAttribute("ranks", officials.ranks());
    model.addAttribute("levels", officials.levels());
    Long unit = filter.unit();
    model.addAttribute(
        "unit", unit == null ? filter.unknownUnit() : units.written(unit).orElse(unit.toString()));
    if (!filter.unknownUnit().isEmpty()) {
      try {
        units.chosen(filter.unknownUnit(), null);
      } catch (OrganisationProblem problem) {
        model.addAttribute("unitProblem", problem.text(page.language()));
      }
    }
  }

  /** The register had nothing on the person yet on that day. */
  private String notKnownYet(long id, String back, LocalDate known, Model model) {
    model.addAttribute(
        "dossier", officials.find(id, Registers.Known.NOW).orElseThrow(NotHere::new));
    model.addAttribute("known", known);
    model.addAttribute("back", back);
    return "official/not-known-yet";
  }

  /** What was known at the end of a day, or what is known now. */
  private Registers.Known known(boolean history, @Nullable LocalDate day) {
    return new Registers.Known(
        history, day == null ? null : day.plusDays(1).atStartOfDay(zone).toOffsetDateTime());
  }

  private void fillPerson(
      Dossier dossier, boolean history, @Nullable LocalDate known, Model model) {
    LocalDate today = today();
    model.addAttribute("dossier", dossier);
    model.addAttribute("present", dossier.present(today));
    model.addAttribute("chart", new TimelineChart(dossier, today));
    model.addAttribute("history", history);
    model.addAttribute("known", known);
  }

  private LocalDate today() {
    return LocalDate.now(clock.withZone(zone));
  }
}
