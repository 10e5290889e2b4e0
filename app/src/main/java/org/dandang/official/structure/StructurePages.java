package org.dandang.official.structure;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.dandang.organisation.Unit;
import org.dandang.organisation.Units;
import org.dandang.platform.access.SignedIn;
import org.dandang.platform.export.Exports;
import org.dandang.platform.export.Mark;
import org.dandang.platform.export.MarkedCsv;
import org.dandang.platform.ledger.Ledger;
import org.dandang.platform.signin.StepUp;
import org.dandang.platform.web.NotHere;
import org.dandang.platform.web.Page;
import org.dandang.platform.web.Query;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.format.annotation.DateTimeFormat.ISO;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** The structure of a leading team or unit, with whom every number counts. */
@Controller
class StructurePages {
  private static final int PER_PAGE = 50;

  private final Structures structures;
  private final Rulings rulings;
  private final Units units;
  private final Exports exports;
  private final Ledger ledger;
  private final TransactionTemplate transaction;
  private final Clock clock;
  private final ZoneId zone;

  StructurePages(
      Structures structures,
      Rulings rulings,
      Units units,
      Exports exports,
      Ledger ledger,
      TransactionTemplate transaction,
      Clock clock,
      @Value("${dandang.zone:Asia/Shanghai}") ZoneId zone) {
    this.structures = structures;
    this.rulings = rulings;
    this.units = units;
    this.exports = exports;
    this.ledger = ledger;
    this.transaction = transaction;
    this.clock = clock;
    this.zone = zone;
  }

  @GetMapping("/units/{id}/structure")
  String structure(
      @PathVariable long id,
      @RequestParam(name = "scope", defaultValue = "team") String extent,
      @RequestParam(required = false) @DateTimeFormat(iso = ISO.DATE) @Nullable LocalDate on,
      @ModelAttribute("page") Page page,
      Model model) {
    Scope scope = scope(id, extent, on);
    model.addAttribute("unit", unit(id));
    model.addAttribute("above", units.above(id));
    model.addAttribute("scope", scope);
    model.addAttribute("structure", structures.of(scope));
    model.addAttribute("rulings", rulings.of(id, scope.on()));
    model.addAttribute("words", new StructureWords(page));
    return "official/structure";
  }

  @GetMapping("/units/{id}/structure/officials")
  String officials(
      @PathVariable long id,
      @RequestParam(name = "scope", defaultValue = "team") String extent,
      @RequestParam(required = false) @DateTimeFormat(iso = ISO.DATE) @Nullable LocalDate on,
      @RequestParam(defaultValue = "all") String by,
      @RequestParam(defaultValue = "all") String group,
      @RequestParam(defaultValue = "") String level,
      @RequestParam(name = "p", defaultValue = "1") int number,
      @ModelAttribute("page") Page page,
      Model model) {
    Scope scope = scope(id, extent, on);
    int at = Query.page(number);
    String only = level.isEmpty() ? null : level;
    model.addAttribute("unit", unit(id));
    model.addAttribute("scope", scope);
    model.addAttribute("by", by);
    model.addAttribute("group", group);
    model.addAttribute("level", level);
    model.addAttribute("at", at);
    model.addAttribute("perPage", PER_PAGE);
    model.addAttribute("count", structures.count(scope, by, group, only));
    model.addAttribute(
        "members", structures.members(scope, by, group, only, (at - 1) * PER_PAGE, PER_PAGE));
    model.addAttribute("words", new StructureWords(page));
    return "official/structure-officials";
  }

  @StepUp
  @GetMapping("/units/{id}/structure.xlsx")
  void workbook(
      @PathVariable long id,
      @RequestParam(name = "scope", defaultValue = "team") String extent,
      @RequestParam(required = false) @DateTimeFormat(iso = ISO.DATE) @Nullable LocalDate on,
      @ModelAttribute("page") Page page,
      @AuthenticationPrincipal SignedIn account,
      HttpServletResponse response)
      throws IOException {
    Scope scope = scope(id, extent, on);
    List<List<Object>> rows = table(scope, page);
    Mark mark = exported(scope, page, "xlsx", account);
    response.setContentType("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
    response.setHeader("Content-Disposition", mark.attachment("structure", "xlsx"));
    try (OutputStream out = exports.recorded(mark, response.getOutputStream());
        Workbook workbook = new Workbook(out, "Dandang", "1.0")) {
      Worksheet sheet = workbook.newWorksheet(page.word("structure.title"));
      mark.footer(sheet);
      for (int row = 0; row < rows.size(); row++) {
        for (int column = 0; column < rows.get(row).size(); column++) {
          switch (rows.get(row).get(column)) {
            case Long value -> sheet.value(row, column, value);
            case Object text -> sheet.value(row, column, text.toString());
          }
        }
        if (row == 0 || rows.get(row - 1).isEmpty()) {
          sheet.range(row, 0, row, Math.max(0, rows.get(row).size() - 1)).style().bold().set();
        }
      }
      sheet.finish();
      mark.on(workbook);
    }
  }

  @StepUp
  @GetMapping("/units/{id}/structure.csv")
  void csv(
      @PathVariable long id,
      @RequestParam(name = "scope", defaultValue = "team") String extent,
      @RequestParam(required = false) @DateTimeFormat(iso = ISO.DATE) @Nullable LocalDate on,
      @ModelAttribute("page") Page page,
      @AuthenticationPrincipal SignedIn account,
      HttpServletResponse response)
      throws IOException {
    Scope scope = scope(id, extent, on);
    List<List<Object>> rows = table(scope, page);
    Mark mark = exported(scope, page, "csv", account);
    response.setContentType("text/csv;charset=UTF-8");
    response.setHeader("Content-Disposition", mark.attachment("structure", "csv"));
    try (MarkedCsv out = new MarkedCsv(exports.recorded(mark, response.getOutputStream()), mark)) {
      for (List<Object> row : rows) {
        out.row(row.stream().map(Object::toString).toList());
      }
    }
  }

  private Mark exported(Scope scope, Page page, String form, SignedIn account) {
    Unit unit = unit(scope.unit());
    long count = structures.count(scope, "all", "all", null);
    return Objects.requireNonNull(
        transaction.execute(
            status -> {
              Mark mark =
                  exports.begin(
                      account.signInName(), "structure-exported", form, count, page.language());
              ledger.append(
                  account.signInName(),
                  "structure-exported",
                  "unit",
                  Long.toString(unit.id()),
                  Map.of(
                      "form",
                      form,
                      "scope",
                      scope.extent().word(),
                      "count",
                      count,
                      "export",
                      mark.id().toString()));
              return mark;
            }));
  }

  private List<List<Object>> table(Scope scope, Page page) {
    return new StructureWords(page)
        .table(structures.of(scope), rulings.of(unit(scope.unit()).id(), scope.on()));
  }

  private Unit unit(long id) {
    return units.find(id).orElseThrow(NotHere::new);
  }

  private Scope scope(long unit, String extent, @Nullable LocalDate on) {
    return new Scope(
        unit,
        Scope.Extent.of(extent).orElse(Scope.Extent.TEAM),
        on == null ? LocalDate.now(clock.withZone(zone)) : on);
  }
}
