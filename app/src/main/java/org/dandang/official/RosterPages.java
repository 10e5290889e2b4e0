package org.dandang.official;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.dandang.official.register.PartialDate;
import org.dandang.official.search.Found;
import org.dandang.official.search.OfficialFilter;
import org.dandang.official.search.OfficialLine;
import org.dandang.official.search.OfficialSearch;
import org.dandang.platform.access.SignedIn;
import org.dandang.platform.export.Exports;
import org.dandang.platform.export.Mark;
import org.dandang.platform.export.MarkedCsv;
import org.dandang.platform.ledger.Ledger;
import org.dandang.platform.signin.StepUp;
import org.dandang.platform.web.Page;
import org.dandang.policy.fact.Fact;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestParam;

/** Rosters: a list of officials as a file, with the columns somebody chooses. */
@Controller
class RosterPages {
  private static final int FLUSH_AFTER = 2_000;

  /** Most rows a sheet of a workbook has; the rest goes to the next sheet. */
  private static final int ROWS_OF_A_SHEET = 1_000_000;

  private final OfficialSearch search;
  private final Exports exports;
  private final Ledger ledger;
  private final TransactionTemplate transaction;

  RosterPages(
      OfficialSearch search, Exports exports, Ledger ledger, TransactionTemplate transaction) {
    this.search = search;
    this.exports = exports;
    this.ledger = ledger;
    this.transaction = transaction;
  }

  @GetMapping("/officials/roster")
  String choose(
      @ModelAttribute("filter") OfficialFilter filter,
      @ModelAttribute("page") Page page,
      @RequestParam(name = "column", defaultValue = "") List<String> columns,
      Model model) {
    model.addAttribute("count", search.count(filter));
    model.addAttribute("columns", all(page));
    model.addAttribute("chosen", chosen(page, columns).stream().map(RosterColumn::id).toList());
    return "official/roster";
  }

  @StepUp
  @GetMapping("/officials/roster.xlsx")
  void workbook(
      @ModelAttribute("filter") OfficialFilter filter,
      @ModelAttribute("page") Page page,
      @RequestParam(name = "column", defaultValue = "") List<String> columns,
      @AuthenticationPrincipal SignedIn account,
      HttpServletResponse response)
      throws IOException {
    List<RosterColumn> chosen = chosen(page, columns);
    Mark mark = exported(filter, "xlsx", chosen, account, page);
    response.setContentType("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
    response.setHeader("Content-Disposition", mark.attachment("officials", "xlsx"));
    try (OutputStream out = exports.recorded(mark, response.getOutputStream());
        Workbook workbook = new Workbook(out, "Dandang", "1.0")) {
      Sheets sheets = new Sheets(workbook, page.word("nav.officials"), chosen, mark);
      search.each(filter, sheets::row);
      sheets.end();
      mark.on(workbook);
    }
  }

  /** Writes one sheet after another, each streamed. */
  private static final class Sheets {
    private final Workbook workbook;
    private final String name;
    private final List<RosterColumn> columns;
    private final Mark mark;
    private Worksheet sheet;
    private int number;
    private int row;

    Sheets(Workbook workbook, String name, List<RosterColumn> columns, Mark mark) {
      this.workbook = workbook;
      this.name = name;
      this.columns = columns;
      this.mark = mark;
      this.sheet = begun();
    }

    private Worksheet begun() {
      Worksheet begun = workbook.newWorksheet(++number == 1 ? name : name + " " + number);
      begun.freezePane(0, 1);
      mark.footer(begun);
      for (int i = 0; i < columns.size(); i++) {
        begun.value(0, i, columns.get(i).heading());
        begun.style(0, i).bold().set();
      }
      row = 0;
      return begun;
    }

    void row(Found.Official official) throws IOException {
      if (row == ROWS_OF_A_SHEET) {
        sheet.finish();
        sheet = begun();
      }
      row++;
      for (int i = 0; i < columns.size(); i++) {
        String cell = columns.get(i).cell().apply(official);
        if (!cell.isEmpty()) {
          sheet.value(row, i, cell);
        }
      }
      if (row % FLUSH_AFTER == 0) {
        sheet.flush();
      }
    }

    void end() throws IOException {
      sheet.finish();
    }
  }

  @StepUp
  @GetMapping("/officials/roster.csv")
  void csv(
      @ModelAttribute("filter") OfficialFilter filter,
      @ModelAttribute("page") Page page,
      @RequestParam(name = "column", defaultValue = "") List<String> columns,
      @AuthenticationPrincipal SignedIn account,
      HttpServletResponse response)
      throws IOException {
    List<RosterColumn> chosen = chosen(page, columns);
    Mark mark = exported(filter, "csv", chosen, account, page);
    response.setContentType("text/csv;charset=UTF-8");
    response.setHeader("Content-Disposition", mark.attachment("officials", "csv"));
    try (MarkedCsv out = new MarkedCsv(exports.recorded(mark, response.getOutputStream()), mark)) {
      out.row(chosen.stream().map(RosterColumn::heading).toList());
      search.each(
          filter, official -> out.row(chosen.stream().map(c -> c.cell().apply(official)).toList()));
    }
  }

  private Mark exported(
      OfficialFilter filter, String form, List<RosterColumn> columns, SignedIn account, Page page) {
    List<Long> people = search.ids(filter, List.of());
    long count = people.size();
    return Objects.requireNonNull(
        transaction.execute(
            status -> {
              Mark mark =
                  exports.begin(
                      account.signInName(), "officials-exported", form, count, page.language());
              ledger.appendAbout(
                  account.signInName(),
                  "officials-exported",
                  "official",
                  people,
                  Map.of(
                      "form",
                      form,
                      "count",
                      count,
                      "columns",
                      String.join(" ", columns.stream().map(RosterColumn::id).toList()),
                      "export",
                      mark.id().toString()));
              return mark;
            }));
  }

  private List<RosterColumn> chosen(Page page, List<String> ids) {
    Map<String, RosterColumn> all = new LinkedHashMap<>();
    all(page).forEach(column -> all.put(column.id(), column));
    List<RosterColumn> chosen =
        ids.stream().distinct().map(all::get).filter(c -> c != null).toList();
    return chosen.isEmpty() ? all.values().stream().filter(RosterColumn::usual).toList() : chosen;
  }

  private List<RosterColumn> all(Page page) {
    List<RosterColumn> all = new ArrayList<>();
    line(all, page, "key", OfficialLine::key);
    line(all, page, "name", OfficialLine::label);
    line(all, page, "sex", line -> page.word("official.sex." + line.sex()));
    line(all, page, "born", line -> month(line.born()));
    line(all, page, "began-work", line -> text(line.beganWork()));
    line(all, page, "unit", line -> text(line.unit()));
    line(all, page, "post", line -> text(line.post()));
    line(all, page, "rank", line -> text(line.rank()));
    line(all, page, "status", line -> page.word("official.status." + line.status()));
    for (Fact fact : search.published()) {
      all.add(
          new RosterColumn(
              "fact." + fact.id(),
              fact.title().in(page.tag()),
              false,
              official -> {
                Object value = official.facts().get(fact.id());
                return value == null ? "" : page.value(value);
              }));
    }
    return all;
  }

  private static void line(
      List<RosterColumn> all, Page page, String id, Function<OfficialLine, String> cell) {
    all.add(
        new RosterColumn(
            id, page.word("official." + id), true, official -> cell.apply(official.line())));
  }

  private static String text(@Nullable Object value) {
    return value == null ? "" : value.toString();
  }

  /** A roster tells the month of birth, or the year where that is all that is known. */
  private static String month(@Nullable PartialDate born) {
    String said = text(born);
    return said.length() > 7 ? said.substring(0, 7) : said;
  }
}
