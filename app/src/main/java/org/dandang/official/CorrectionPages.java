package org.dandang.official;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.dandang.official.register.Field;
import org.dandang.official.register.FieldValue;
import org.dandang.official.register.RegisterRow;
import org.dandang.organisation.OrganisationProblem;
import org.dandang.organisation.UnitSearch;
import org.dandang.platform.access.SignedIn;
import org.dandang.platform.export.Exports;
import org.dandang.platform.export.Mark;
import org.dandang.platform.export.MarkedCsv;
import org.dandang.platform.ledger.Ledger;
import org.dandang.platform.signin.StepUp;
import org.dandang.platform.web.NotHere;
import org.dandang.platform.web.Page;
import org.dandang.platform.web.Query;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** The office's list of corrections asked for, and the decision on each. */
@Controller
class CorrectionPages {
  private static final int PER_PAGE = 50;
  private static final int LONGEST_ANSWER = 1000;

  private final CorrectionRequests requests;
  private final CorrectionSheet sheet;
  private final UnitSearch units;
  private final Exports exports;
  private final Ledger ledger;
  private final TransactionTemplate transaction;

  CorrectionPages(
      CorrectionRequests requests,
      CorrectionSheet sheet,
      UnitSearch units,
      Exports exports,
      Ledger ledger,
      TransactionTemplate transaction) {
    this.requests = requests;
    this.sheet = sheet;
    this.units = units;
    this.exports = exports;
    this.ledger = ledger;
    this.transaction = transaction;
  }

  @GetMapping("/corrections")
  String list(
      @RequestParam(defaultValue = "open") String state,
      @RequestParam(required = false) @Nullable Long official,
      @RequestParam(defaultValue = "") String name,
      @RequestParam(defaultValue = "") String sort,
      @RequestParam(defaultValue = "false") boolean falling,
      @RequestParam(name = "p", defaultValue = "1") int number,
      Model model) {
    CorrectionFilter filter = filter(state, official, name, sort, falling);
    int at = Query.page(number);
    model.addAttribute("filter", filter);
    model.addAttribute("count", requests.count(filter));
    model.addAttribute("requests", requests.list(filter, (at - 1L) * PER_PAGE, PER_PAGE));
    model.addAttribute("at", at);
    model.addAttribute("perPage", PER_PAGE);
    return "official/corrections";
  }

  private static CorrectionFilter filter(
      String state, @Nullable Long official, String name, String sort, boolean falling) {
    CorrectionFilter.Which which =
        switch (state) {
          case "decided" -> CorrectionFilter.Which.DECIDED;
          case "all" -> CorrectionFilter.Which.ALL;
          default -> CorrectionFilter.Which.OPEN;
        };
    return new CorrectionFilter(which, official, name, CorrectionFilter.Sort.of(sort), falling);
  }

  /** The list as a file; what is wanted and why stays on the pages. */
  @StepUp
  @GetMapping("/corrections.csv")
  void csv(
      @RequestParam(defaultValue = "open") String state,
      @RequestParam(required = false) @Nullable Long official,
      @RequestParam(defaultValue = "") String name,
      @RequestParam(defaultValue = "") String sort,
      @RequestParam(defaultValue = "false") boolean falling,
      @ModelAttribute("page") Page page,
      @AuthenticationPrincipal SignedIn account,
      HttpServletResponse response)
      throws IOException {
    CorrectionFilter filter = filter(state, official, name, sort, falling);
    Mark mark = exported(filter, account, page);
    response.setContentType("text/csv;charset=UTF-8");
    response.setHeader("Content-Disposition", mark.attachment("corrections", "csv"));
    try (MarkedCsv out = new MarkedCsv(exports.recorded(mark, response.getOutputStream()), mark)) {
      out.row(
          List.of("number", "official", "register", "kind", "asked", "document", "state", "decided")
              .stream()
              .map(column -> page.word("correction." + column))
              .toList());
      transaction.executeWithoutResult(
          status -> requests.each(filter, request -> row(out, request, page)));
    }
  }

  private static void row(MarkedCsv out, CorrectionRequest request, Page page) {
    try {
      out.row(
          List.of(
              Long.toString(request.id()),
              request.label(),
              page.word("register." + request.register().word()),
              page.word("correction.kind." + request.kind().word()),
              page.moment(request.askedAt()),
              page.word(request.document() == null ? "value.no" : "value.yes"),
              page.word("correction.state." + request.state().word()),
              request.decidedAt() == null ? "" : page.moment(request.decidedAt())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Mark exported(CorrectionFilter filter, SignedIn account, Page page) {
    long count = requests.count(filter);
    return Objects.requireNonNull(
        transaction.execute(
            status -> {
              Mark mark =
                  exports.begin(
                      account.signInName(), "corrections-exported", "csv", count, page.language());
              ledger.append(
                  account.signInName(),
                  "corrections-exported",
                  "export",
                  mark.id().toString(),
                  Map.of("count", count, "which", filter.which().word()));
              return mark;
            }));
  }

  /** How many a person has asked for, on that person's page. */
  @GetMapping("/officials/{id}/corrections")
  String ofPerson(@PathVariable long id, Model model) {
    return inShort(id, false, model);
  }

  /** How many were asked for, on the own record. */
  @GetMapping("/me/corrections/summary")
  String ofOneself(@AuthenticationPrincipal SignedIn account, Model model) {
    Long own = account.official();
    if (own == null) {
      throw new NotHere();
    }
    return inShort(own, true, model);
  }

  private String inShort(long official, boolean oneself, Model model) {
    model.addAttribute("official", official);
    model.addAttribute("oneself", oneself);
    model.addAttribute("open", count(official, CorrectionFilter.Which.OPEN));
    model.addAttribute("all", count(official, CorrectionFilter.Which.ALL));
    return "official/corrections-summary";
  }

  private long count(long official, CorrectionFilter.Which which) {
    return requests.count(new CorrectionFilter(which, official, ""));
  }

  @GetMapping("/corrections/{id}")
  String one(@PathVariable long id, @AuthenticationPrincipal SignedIn account, Model model) {
    CorrectionRequest request = requests.find(id).orElseThrow(NotHere::new);
    fill(request, sheet.lines(request), Map.of(), "", null, account, model);
    return "official/correction";
  }

  @PostMapping("/corrections/{id}")
  ModelAndView decide(
      @PathVariable long id,
      @RequestParam(name = "do") String decision,
      @RequestParam Map<String, String> sent,
      @AuthenticationPrincipal SignedIn account,
      @ModelAttribute("page") Page page,
      Model model) {
    CorrectionRequest request = requests.find(id).orElseThrow(NotHere::new);
    String answer = sent.getOrDefault("answer", "").strip();
    boolean declines = decision.equals("decline");
    Map<Field, FieldValue.Wrong> wrong = new EnumMap<>(Field.class);
    Map<Field, String> written = declines ? Map.of() : written(request, sent);
    boolean whole = whole(request, written);
    String problem = null;
    if (answer.length() > LONGEST_ANSWER) {
      problem = "answer-long";
    } else if (answer.isEmpty() && declines) {
      problem = "answer-missing";
    } else if (!declines
        && written.isEmpty()
        && request.kind() != CorrectionRequest.Kind.WITHDRAW) {
      problem = "nothing-taken";
    } else if (answer.isEmpty() && !whole && request.open()) {
      problem = "answer-for-part";
    }
    if (problem == null) {
      CorrectionRequests.Deciding deciding =
          declines
              ? requests.decline(id, answer, account.signInName(), account.official())
              : accept(request, written, whole, answer, wrong, account, page);
      switch (deciding) {
        case CorrectionRequests.Deciding.Decided done -> {
          return new ModelAndView("redirect:/corrections/" + id);
        }
        case CorrectionRequests.Deciding.TooLate late -> {
          request = late.request();
          problem = "too-late";
        }
        case CorrectionRequests.Deciding.RowGone gone -> problem = "row-gone";
        case CorrectionRequests.Deciding.OwnMatter own -> problem = "own-matter";
        case CorrectionRequests.Deciding.Wrong no -> wrong.putAll(no.fields());
      }
    }
    fill(request, shown(request, written, declines), wrong, answer, problem, account, model);
    HttpStatus status =
        problem != null && List.of("too-late", "row-gone", "own-matter").contains(problem)
            ? HttpStatus.CONFLICT
            : HttpStatus.UNPROCESSABLE_CONTENT;
    return new ModelAndView("official/correction", model.asMap(), status);
  }

  /** The values ticked to be recorded, as they are written on the page. */
  private static Map<Field, String> written(CorrectionRequest request, Map<String, String> sent) {
    Map<Field, String> written = new EnumMap<>(Field.class);
    for (Field field : CorrectionSheet.fields(request.register())) {
      String text = sent.get("field." + field.word());
      boolean taken =
          request.kind() == CorrectionRequest.Kind.ADD
              || (request.wanted().containsKey(field) && sent.containsKey("take." + field.word()));
      if (text != null && taken && request.kind() != CorrectionRequest.Kind.WITHDRAW) {
        written.put(field, text.strip());
      }
    }
    return written;
  }

  /** Whether that is all that was asked for, as it was asked for. */
  private static boolean whole(CorrectionRequest request, Map<Field, String> written) {
    return request.wanted().entrySet().stream()
        .allMatch(
            wanted ->
                wanted.getKey() == Field.POSTING_UNIT_ID
                    ? written.containsKey(wanted.getKey())
                    : wanted.getValue().equals(written.get(wanted.getKey())));
  }

  private CorrectionRequests.Deciding accept(
      CorrectionRequest request,
      Map<Field, String> written,
      boolean whole,
      String answer,
      Map<Field, FieldValue.Wrong> wrong,
      SignedIn account,
      Page page) {
    Map<Field, String> taken = new EnumMap<>(Field.class);
    taken.putAll(written);
    String unit = written.get(Field.POSTING_UNIT_ID);
    if (unit != null && !unit.isBlank()) {
      try {
        taken.put(Field.POSTING_UNIT_ID, Long.toString(units.chosen(unit, null)));
        taken.put(Field.POSTING_UNIT_TEXT, "");
      } catch (OrganisationProblem problem) {
        wrong.put(
            Field.POSTING_UNIT_ID,
            new FieldValue.Wrong("no-one-unit", problem.text(page.language())));
        return new CorrectionRequests.Deciding.Wrong(Map.of());
      }
    }
    return requests.accept(
        request.id(),
        taken,
        whole,
        answer.isEmpty() ? null : answer,
        account.signInName(),
        account.official());
  }

  /** The sheet with what the officer wrote, to be mended. */
  private List<CorrectionRequest.Line> shown(
      CorrectionRequest request, Map<Field, String> written, boolean declines) {
    return sheet.lines(request).stream()
        .map(
            line ->
                declines || !request.open()
                    ? line
                    : new CorrectionRequest.Line(
                        line.field(),
                        line.present(),
                        written.getOrDefault(line.field(), line.wanted()),
                        line.asked()))
        .toList();
  }

  private void fill(
      CorrectionRequest request,
      List<CorrectionRequest.Line> lines,
      Map<Field, FieldValue.Wrong> wrong,
      String answer,
      @Nullable String problem,
      SignedIn account,
      Model model) {
    RegisterRow held = sheet.shown(request).orElse(null);
    Long own = account.official();
    model.addAttribute("request", request);
    model.addAttribute("lines", lines);
    model.addAttribute("held", held);
    model.addAttribute("wrong", wrong);
    model.addAttribute("answer", answer);
    model.addAttribute("problem", problem);
    model.addAttribute("mayDecide", request.open() && (own == null || own != request.official()));
    model.addAttribute(
        "rowGone",
        request.open()
            && request.kind() != CorrectionRequest.Kind.ADD
            && (held == null || held.origin().supersededAt() != null));
  }

  /** Corrections asked for, on an official's page. */
  @org.springframework.stereotype.Component
  @org.springframework.core.annotation.Order(20)
  static class Section implements OfficialSection {
    @Override
    public String forOfficer(long official) {
      return "/officials/" + official + "/corrections";
    }

    @Override
    public String forOneself() {
      return "/me/corrections/summary";
    }
  }
}
