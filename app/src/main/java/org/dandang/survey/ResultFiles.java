package org.dandang.survey;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.dandang.platform.access.Action;
import org.dandang.platform.access.SignedIn;
import org.dandang.platform.export.Exports;
import org.dandang.platform.export.Mark;
import org.dandang.platform.ledger.Ledger;
import org.dandang.platform.signin.StepUp;
import org.dandang.platform.web.NotHere;
import org.dandang.platform.web.Page;
import org.dandang.survey.count.Turnout;
import org.dandang.survey.instrument.Asked;
import org.dandang.survey.instrument.Instrument;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** A result as a workbook, and what each of its numbers counts. */
@Controller
class ResultFiles {
  private final Surveys surveys;
  private final Results results;
  private final SurveyAccess access;
  private final Exports exports;
  private final Ledger ledger;
  private final TransactionTemplate transaction;

  ResultFiles(
      Surveys surveys,
      Results results,
      SurveyAccess access,
      Exports exports,
      Ledger ledger,
      TransactionTemplate transaction) {
    this.surveys = surveys;
    this.results = results;
    this.access = access;
    this.exports = exports;
    this.ledger = ledger;
    this.transaction = transaction;
  }

  /** The answers in which one option, voice or person stands. */
  @GetMapping("/surveys/{id}/answers")
  String answers(
      @PathVariable long id,
      @RequestParam String question,
      @RequestParam(defaultValue = "") String part,
      @RequestParam(defaultValue = "") String group,
      @AuthenticationPrincipal SignedIn account,
      @ModelAttribute("page") Page page,
      Model model) {
    Survey survey = access.seen(id, account, Action.READ);
    Asked asked = surveys.asked(survey);
    Asked.One one = asked.find(question).orElseThrow(NotHere::new);
    RecordedResult recorded = results.recorded(id).orElseThrow(NotHere::new);
    if (!group.isEmpty() && !recorded.groups().containsKey(group)) {
      throw new NotHere();
    }
    model.addAttribute("survey", survey);
    model.addAttribute("one", one);
    model.addAttribute("words", new AnswerWords(page, asked));
    model.addAttribute("part", part);
    model.addAttribute("rows", results.with(survey, question, part, group));
    model.addAttribute(
        "named", survey.secret() ? List.of() : results.named(survey, question, part, group));
    return "survey/answers";
  }

  @StepUp
  @GetMapping("/surveys/{id}/result.xlsx")
  void workbook(
      @PathVariable long id,
      @ModelAttribute("page") Page page,
      @AuthenticationPrincipal SignedIn account,
      HttpServletResponse response)
      throws IOException {
    Survey survey = access.seen(id, account, Action.EXPORT);
    RecordedResult recorded = results.recorded(id).orElseThrow(NotHere::new);
    Mark mark =
        Objects.requireNonNull(
            transaction.execute(
                status -> {
                  Mark begun =
                      exports.begin(
                          account.signInName(),
                          "result-exported",
                          "xlsx",
                          recorded.turnout().present(),
                          page.language());
                  ledger.append(
                      account.signInName(),
                      "result-exported",
                      "survey",
                      Long.toString(id),
                      Map.of("export", begun.id().toString()));
                  return begun;
                }));
    response.setContentType("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
    response.setHeader("Content-Disposition", mark.attachment("result-" + id, "xlsx"));
    try (OutputStream out = exports.recorded(mark, response.getOutputStream());
        Workbook workbook = new Workbook(out, "Dandang", "1.0")) {
      Worksheet sheet = workbook.newWorksheet(page.word("survey.result"));
      mark.footer(sheet);
      int row = turnout(sheet, survey, recorded.turnout(), page);
      ResultWords words = new ResultWords(page);
      if (recorded.withheld()) {
        sheet.value(row + 1, 0, page.word("survey.withheld"));
      } else {
        for (ResultTable table : words.tables(results.again(survey, recorded, ""))) {
          row = table(sheet, row + 1, table);
        }
      }
      Asked asked = surveys.asked(survey);
      for (String group : recorded.groups().keySet()) {
        Instrument.Group known = asked.instrument().groups().get(group);
        String title = known == null ? group : known.title().in(page.tag());
        sheet.finish();
        sheet = workbook.newWorksheet(title);
        mark.footer(sheet);
        int at = 0;
        for (ResultTable table : words.tables(results.again(survey, recorded, group))) {
          at = table(sheet, at + 1, table);
        }
      }
      sheet.finish();
      mark.on(workbook);
    }
  }

  private static int turnout(Worksheet sheet, Survey survey, Turnout turnout, Page page) {
    sheet.value(0, 0, survey.title());
    sheet.style(0, 0).bold().set();
    List<String> names = List.of("due", "present", "electronic", "paper", "spoilt", "absent");
    List<Long> numbers =
        List.of(
            turnout.due(),
            turnout.present(),
            turnout.electronic(),
            turnout.paper(),
            turnout.spoilt(),
            turnout.absent());
    for (int i = 0; i < names.size(); i++) {
      sheet.value(i + 1, 0, page.word("survey.turnout." + names.get(i)));
      sheet.value(i + 1, 1, numbers.get(i));
    }
    return names.size() + 1;
  }

  private static int table(Worksheet sheet, int from, ResultTable table) {
    int row = from;
    sheet.value(row, 0, table.title());
    sheet.style(row, 0).bold().set();
    row++;
    for (int column = 0; column < table.columns().size(); column++) {
      sheet.value(row, column, table.columns().get(column));
    }
    row++;
    for (ResultTable.Line line : table.lines()) {
      sheet.value(row, 0, line.name());
      for (int column = 0; column < line.cells().size(); column++) {
        switch (line.cells().get(column)) {
          case Long number -> sheet.value(row, column + 1, number);
          case Object text -> sheet.value(row, column + 1, text.toString());
        }
      }
      row++;
    }
    if (!table.verdict().isEmpty()) {
      sheet.value(row++, 0, table.verdict());
    }
    return row;
  }
}
