package org.dandang.official;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.dandang.official.search.OfficialFilter;
import org.dandang.official.search.OfficialSearch;
import org.dandang.platform.access.SignedIn;
import org.dandang.platform.export.Exports;
import org.dandang.platform.export.Mark;
import org.dandang.platform.ledger.Ledger;
import org.dandang.platform.signin.StepUp;
import org.dandang.platform.web.NotHere;
import org.dandang.platform.web.Page;
import org.dandang.policy.fact.Fact;
import org.dandang.policy.fact.Facts;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** A few officials side by side, with their differences marked. */
@Controller
class ComparisonPages {
  private static final String MARKED = "FFF2CC";

  private final Officials officials;
  private final OfficialSearch search;
  private final Facts facts;
  private final Exports exports;
  private final Ledger ledger;
  private final RecordReadings readings;
  private final TransactionTemplate transaction;
  private final Clock clock;
  private final ZoneId zone;

  ComparisonPages(
      Officials officials,
      OfficialSearch search,
      Facts facts,
      Exports exports,
      Ledger ledger,
      RecordReadings readings,
      TransactionTemplate transaction,
      Clock clock,
      @Value("${dandang.zone:Asia/Shanghai}") ZoneId zone) {
    this.officials = officials;
    this.search = search;
    this.facts = facts;
    this.exports = exports;
    this.ledger = ledger;
    this.readings = readings;
    this.transaction = transaction;
    this.clock = clock;
    this.zone = zone;
  }

  @GetMapping("/officials/compare")
  String page(
      @RequestParam(name = "id", defaultValue = "") List<Long> ids,
      @RequestParam(defaultValue = "false") boolean differences,
      @ModelAttribute("filter") OfficialFilter filter,
      @ModelAttribute("page") Page page,
      @AuthenticationPrincipal SignedIn account,
      Model model) {
    readings.record(account, chosenOf(ids), "comparison");
    model.addAttribute("comparison", comparison(ids, page));
    model.addAttribute("differences", differences);
    model.addAttribute("tooMany", ids.stream().distinct().count() > Comparison.MOST);
    return "official/compare";
  }

  /** Leads from those ticked on a list to the page that can be kept and sent on. */
  @PostMapping("/officials/compare")
  String chosen(@RequestParam(name = "id", defaultValue = "") List<Long> ids) {
    return "redirect:/officials/compare?"
        + ids.stream()
            .filter(Objects::nonNull)
            .limit(Comparison.MOST + 1)
            .map(id -> "id=" + id)
            .collect(Collectors.joining("&"));
  }

  @StepUp
  @GetMapping("/officials/compare.xlsx")
  void workbook(
      @RequestParam(name = "id", defaultValue = "") List<Long> ids,
      @ModelAttribute("page") Page page,
      @AuthenticationPrincipal SignedIn account,
      HttpServletResponse response)
      throws IOException {
    Comparison comparison = comparison(ids, page);
    Mark mark = exported(comparison, chosenOf(ids), account, page);
    response.setContentType("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
    response.setHeader("Content-Disposition", mark.attachment("comparison", "xlsx"));
    try (OutputStream out = exports.recorded(mark, response.getOutputStream());
        Workbook workbook = new Workbook(out, "Dandang", "1.0")) {
      Worksheet sheet = workbook.newWorksheet(page.word("compare.title"));
      sheet.freezePane(1, 1);
      mark.footer(sheet);
      for (int i = 0; i < comparison.people().size(); i++) {
        sheet.value(0, i + 1, comparison.people().get(i).label());
        sheet.style(0, i + 1).bold().set();
      }
      int line = 1;
      for (Comparison.Part part : comparison.parts()) {
        for (Comparison.Row row : part.rows()) {
          sheet.value(line, 0, row.heading());
          for (int i = 0; i < row.cells().size(); i++) {
            sheet.value(line, i + 1, String.join("\n", row.cells().get(i)));
            if (row.differs()) {
              sheet.style(line, i + 1).fillColor(MARKED).wrapText(true).set();
            }
          }
          line++;
        }
      }
      sheet.finish();
      mark.on(workbook);
    }
  }

  private Mark exported(Comparison comparison, List<Long> chosen, SignedIn account, Page page) {
    int count = comparison.people().size();
    return Objects.requireNonNull(
        transaction.execute(
            status -> {
              Mark mark =
                  exports.begin(
                      account.signInName(), "comparison-exported", "xlsx", count, page.language());
              ledger.appendAbout(
                  account.signInName(),
                  "comparison-exported",
                  "official",
                  chosen,
                  Map.of("form", "xlsx", "count", count, "export", mark.id().toString()));
              return mark;
            }));
  }

  private static List<Long> chosenOf(List<Long> ids) {
    return ids.stream().filter(Objects::nonNull).distinct().limit(Comparison.MOST).toList();
  }

  private Comparison comparison(List<Long> ids, Page page) {
    List<Long> chosen = chosenOf(ids);
    List<Dossier> people =
        chosen.stream()
            .map(id -> officials.find(id, Registers.Known.NOW).orElseThrow(NotHere::new))
            .toList();
    List<Fact> published = search.published();
    LocalDate today = LocalDate.now(clock.withZone(zone));
    return Comparison.of(
        people,
        people.isEmpty()
            ? Map.of()
            : facts.ofThese("official", chosen, published.stream().map(Fact::id).toList(), today),
        published,
        today,
        page);
  }
}
