package org.dandang.protection.closed;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.dandang.platform.access.SignedIn;
import org.dandang.platform.signin.StepUp;
import org.dandang.platform.storage.Sights;
import org.dandang.platform.web.Chart;
import org.dandang.platform.web.NotHere;
import org.dandang.platform.web.Page;
import org.dandang.platform.web.Query;
import org.dandang.protection.MatterReview;
import org.dandang.protection.TableExports;
import org.dandang.protection.sanction.PackWords;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** A look at all closed matters, with the records behind each of its numbers. */
@Controller
class ClosedPages {
  private final ClosedMatters closed;
  private final ClosedReview review;
  private final PackWords words;
  private final TableExports exports;

  ClosedPages(ClosedMatters closed, ClosedReview review, PackWords words, TableExports exports) {
    this.closed = closed;
    this.review = review;
    this.words = words;
    this.exports = exports;
  }

  @GetMapping("/protection/closed")
  String overview(
      @RequestParam(defaultValue = "") String sort,
      @AuthenticationPrincipal SignedIn account,
      @ModelAttribute("page") Page page,
      Model model) {
    MatterReview.Report report = report(account);
    model.addAttribute("report", report);
    model.addAttribute("sort", sort);
    model.addAttribute("charts", new ReviewCharts(page, ReviewCharts.Sorting.of(sort)).of(report));
    model.addAttribute("mayTakeIn", ClosedFiles.mayTakeIn(account));
    return "protection/closed/review";
  }

  private MatterReview.Report report(SignedIn account) {
    return Sights.as(closed.sight(account), () -> Sights.wide(review::over));
  }

  @StepUp
  @GetMapping("/protection/closed/charts/{id}.csv")
  void chart(
      @PathVariable String id,
      @AuthenticationPrincipal SignedIn account,
      @ModelAttribute("page") Page page,
      HttpServletResponse response)
      throws IOException {
    Chart chart =
        new ReviewCharts(page, ReviewCharts.Sorting.of(""))
            .of(report(account), id)
            .orElseThrow(NotHere::new);
    List<List<String>> rows = new ArrayList<>();
    for (Chart.Row row : chart.rows()) {
      List<String> cells = new ArrayList<>();
      cells.add(row.group());
      row.numbers().forEach(number -> cells.add(Long.toString(number)));
      rows.add(cells);
    }
    csv("closed-" + id, chart.columns(), rows, List.of(), account, page, response);
  }

  @GetMapping("/protection/closed/allegations")
  String allegations(
      @RequestParam Map<String, String> asked,
      @AuthenticationPrincipal SignedIn account,
      Model model) {
    ClosedFilter filter = ClosedFilter.of(asked);
    int at = Query.page(asked.get("p"));
    List<ClosedMatters.Line> found =
        seen(account, () -> closed.list(filter, (at - 1) * ClosedMatters.PER_PAGE));
    model.addAttribute("filter", filter);
    model.addAttribute("lines", found.subList(0, Math.min(ClosedMatters.PER_PAGE, found.size())));
    model.addAttribute("more", found.size() > ClosedMatters.PER_PAGE);
    model.addAttribute("count", seen(account, () -> closed.count(filter)));
    model.addAttribute("at", at);
    return "protection/closed/allegations";
  }

  @StepUp
  @GetMapping("/protection/closed/allegations.csv")
  void allegationsFile(
      @RequestParam Map<String, String> asked,
      @AuthenticationPrincipal SignedIn account,
      @ModelAttribute("page") Page page,
      HttpServletResponse response)
      throws IOException {
    List<ClosedMatters.Line> lines = seen(account, () -> closed.all(ClosedFilter.of(asked)));
    List<List<String>> rows = new ArrayList<>();
    for (ClosedMatters.Line line : lines) {
      rows.add(
          List.of(
              line.number(),
              line.reference(),
              line.person(),
              line.about(),
              line.finding(),
              outcome(page, line.outcome()),
              line.penalty(),
              line.unit(),
              line.agency(),
              line.receivedOn().toString(),
              line.closedOn().toString(),
              Integer.toString(line.days())));
    }
    csv(
        "closed-allegations",
        heads(
            page,
            "number",
            "reference",
            "person",
            "about",
            "finding",
            "outcome",
            "penalty",
            "unit",
            "agency",
            "received",
            "closed",
            "days"),
        rows,
        lines.stream().map(ClosedMatters.Line::official).filter(Objects::nonNull).toList(),
        account,
        page,
        response);
  }

  private static String outcome(Page page, @Nullable String outcome) {
    return page.word(outcome == null ? "closed.outcome.none" : "hub.outcome." + outcome);
  }

  @GetMapping("/protection/closed/cleared")
  String cleared(
      @RequestParam Map<String, String> asked,
      @AuthenticationPrincipal SignedIn account,
      Model model) {
    Integer ended = ClosedFilter.year(asked.get("ended"));
    String sort = asked.getOrDefault("sort", "reports");
    int at = Query.page(asked.get("p"));
    List<ClosedReview.Cleared> found =
        seen(
            account,
            () ->
                review.cleared(
                    ended, sort, (at - 1) * ClosedMatters.PER_PAGE, ClosedMatters.PER_PAGE + 1));
    model.addAttribute("ended", ended == null ? "" : ended.toString());
    model.addAttribute("sort", sort);
    model.addAttribute("people", found.subList(0, Math.min(ClosedMatters.PER_PAGE, found.size())));
    model.addAttribute("more", found.size() > ClosedMatters.PER_PAGE);
    model.addAttribute("at", at);
    return "protection/closed/cleared";
  }

  @StepUp
  @GetMapping("/protection/closed/cleared.csv")
  void clearedFile(
      @RequestParam Map<String, String> asked,
      @AuthenticationPrincipal SignedIn account,
      @ModelAttribute("page") Page page,
      HttpServletResponse response)
      throws IOException {
    List<ClosedReview.Cleared> people =
        seen(
            account,
            () ->
                review.cleared(
                    ClosedFilter.year(asked.get("ended")), "reports", 0, Integer.MAX_VALUE));
    csv(
        "closed-cleared",
        heads(page, "person", "unfounded", "exonerated", "open", "first", "last"),
        people.stream()
            .map(
                one ->
                    List.of(
                        one.label(),
                        Long.toString(one.unfounded()),
                        Long.toString(one.exonerated()),
                        Long.toString(one.open()),
                        one.first().toString(),
                        one.last().toString()))
            .toList(),
        people.stream().map(ClosedReview.Cleared::official).toList(),
        account,
        page,
        response);
  }

  @GetMapping("/protection/closed/promotions")
  String promotions(
      @RequestParam Map<String, String> asked,
      @AuthenticationPrincipal SignedIn account,
      @ModelAttribute("page") Page page,
      Model model) {
    Integer year = ClosedFilter.year(asked.get("year"));
    boolean all = "yes".equals(asked.get("all"));
    String sort = asked.getOrDefault("sort", "promoted");
    int at = Query.page(asked.get("p"));
    List<ClosedReview.Promoted> found =
        seen(
            account,
            () ->
                review.promoted(
                    year,
                    all,
                    sort,
                    (at - 1) * ClosedMatters.PER_PAGE,
                    ClosedMatters.PER_PAGE + 1));
    model.addAttribute("year", year == null ? "" : year.toString());
    model.addAttribute("all", all);
    model.addAttribute("sort", sort);
    model.addAttribute("people", found.subList(0, Math.min(ClosedMatters.PER_PAGE, found.size())));
    model.addAttribute("more", found.size() > ClosedMatters.PER_PAGE);
    model.addAttribute("at", at);
    model.addAttribute("words", words.in(page.tag()));
    return "protection/closed/promotions";
  }

  @StepUp
  @GetMapping("/protection/closed/promotions.csv")
  void promotionsFile(
      @RequestParam Map<String, String> asked,
      @AuthenticationPrincipal SignedIn account,
      @ModelAttribute("page") Page page,
      HttpServletResponse response)
      throws IOException {
    List<ClosedReview.Promoted> people =
        seen(
            account,
            () ->
                review.promoted(
                    ClosedFilter.year(asked.get("year")),
                    "yes".equals(asked.get("all")),
                    "promoted",
                    0,
                    Integer.MAX_VALUE));
    PackWords.Said said = words.in(page.tag());
    csv(
        "closed-promotions",
        heads(page, "person", "rank", "promoted", "measure", "since", "until"),
        people.stream()
            .map(
                one ->
                    List.of(
                        one.label(),
                        one.rank(),
                        one.promotedOn().toString(),
                        one.pack() == null || one.measure() == null
                            ? ""
                            : said.of(one.pack(), "measure", one.measure()),
                        one.since() == null ? "" : one.since().toString(),
                        one.until() == null ? "" : one.until().toString()))
            .toList(),
        people.stream().map(ClosedReview.Promoted::official).toList(),
        account,
        page,
        response);
  }

  private <T> T seen(SignedIn account, Supplier<T> asking) {
    return Sights.as(closed.sight(account), () -> Sights.wide(asking));
  }

  private static List<String> heads(Page page, String... columns) {
    return Arrays.stream(columns).map(column -> page.word("closed.column." + column)).toList();
  }

  private void csv(
      String name,
      List<String> heads,
      List<List<String>> rows,
      Collection<Long> officials,
      SignedIn account,
      Page page,
      HttpServletResponse response)
      throws IOException {
    exports.csv(
        new TableExports.Leaving(
            name,
            "closed-matters-exported",
            "official",
            officials,
            Map.of("what", name, "count", rows.size()),
            account.signInName(),
            page.language()),
        heads,
        rows.stream(),
        rows.size(),
        response);
  }
}
