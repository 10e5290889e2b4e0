package org.dandang.survey;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.dandang.platform.access.Action;
import org.dandang.platform.access.SignedIn;
import org.dandang.platform.web.NotHere;
import org.dandang.platform.web.Page;
import org.dandang.survey.count.AnswerRefused;
import org.dandang.survey.count.Answering;
import org.dandang.survey.instrument.Asked;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Paper: the ballot to print, how many were handed out, piles entered twice. */
@Controller
class PaperPages {
  private static final String FORM = MediaType.APPLICATION_FORM_URLENCODED_VALUE;

  private final Surveys surveys;
  private final PaperBallots paper;
  private final SurveyAccess access;

  PaperPages(Surveys surveys, PaperBallots paper, SurveyAccess access) {
    this.surveys = surveys;
    this.paper = paper;
    this.access = access;
  }

  @GetMapping("/surveys/{id}/paper")
  String paper(@PathVariable long id, @AuthenticationPrincipal SignedIn account, Model model) {
    Survey survey = access.seen(id, account, Action.READ);
    model.addAttribute("survey", survey);
    model.addAttribute("asked", surveys.asked(survey));
    model.addAttribute("groups", paper.groups(id));
    model.addAttribute("batches", paper.batches(id));
    return "survey/paper";
  }

  /** The ballot as it is handed out. */
  @GetMapping("/surveys/{id}/paper/print")
  String print(@PathVariable long id, @AuthenticationPrincipal SignedIn account, Model model) {
    Survey survey = access.seen(id, account, Action.READ);
    model.addAttribute("survey", survey);
    model.addAttribute("asked", surveys.asked(survey));
    return "survey/paper-print";
  }

  @PostMapping(value = "/surveys/{id}/paper/handed", consumes = FORM)
  String handed(
      @PathVariable long id,
      @RequestParam(defaultValue = "") String group,
      @RequestParam(defaultValue = "-1") int handed,
      @RequestParam(defaultValue = "-1") int unused,
      @AuthenticationPrincipal SignedIn account,
      @ModelAttribute("page") Page page,
      RedirectAttributes after) {
    access.seen(id, account, Action.CHANGE);
    return SurveyPages.done(
        "/surveys/" + id + "/paper",
        page,
        after,
        "survey.told.saved",
        () -> paper.handed(id, group, handed, unused, account.signInName()));
  }

  @PostMapping(value = "/surveys/{id}/paper", consumes = FORM)
  String begin(
      @PathVariable long id,
      @RequestParam(defaultValue = "") String group,
      @RequestParam(defaultValue = "0") int sheets,
      @AuthenticationPrincipal SignedIn account,
      @ModelAttribute("page") Page page,
      RedirectAttributes after) {
    access.seen(id, account, Action.CHANGE);
    try {
      long batch = paper.begin(id, group, sheets, account.signInName());
      return "redirect:/surveys/" + id + "/paper/" + batch;
    } catch (SurveyProblem problem) {
      after.addFlashAttribute("problem", problem.text(page.language()));
      return "redirect:/surveys/" + id + "/paper";
    }
  }

  @GetMapping("/surveys/{id}/paper/{batch}")
  String batch(
      @PathVariable long id,
      @PathVariable long batch,
      @AuthenticationPrincipal SignedIn account,
      @ModelAttribute("page") Page page,
      Model model) {
    Survey survey = access.seen(id, account, Action.READ);
    PaperBallots.Batch pile = pile(id, batch);
    Asked asked = surveys.asked(survey);
    model.addAttribute("survey", survey);
    model.addAttribute("asked", asked);
    model.addAttribute("batch", pile);
    model.addAttribute("words", new AnswerWords(page, asked));
    boolean mine =
        account.signInName().equals(pile.firstBy()) || account.signInName().equals(pile.secondBy());
    boolean both = pile.firstBy() != null && pile.secondBy() != null;
    model.addAttribute("enters", pile.settledAt() == null && (mine || !both));
    model.addAttribute("differences", both ? paper.differences(batch) : List.of());
    if (!model.containsAttribute("fields")) {
      Map<String, List<String>> fields = new LinkedHashMap<>();
      int entry =
          account.signInName().equals(pile.firstBy())
              ? 1
              : account.signInName().equals(pile.secondBy()) ? 2 : 0;
      paper
          .sheets(batch, entry)
          .forEach(
              (number, sheet) -> {
                if (sheet.spoilt()) {
                  fields.put("s." + number + ".spoilt", List.of("true"));
                }
                new Answering(asked)
                    .fields(sheet.answers())
                    .forEach((name, values) -> fields.put("s." + number + "." + name, values));
              });
      model.addAttribute("fields", fields);
    }
    return "survey/batch";
  }

  @PostMapping(value = "/surveys/{id}/paper/{batch}", consumes = FORM)
  String enter(
      @PathVariable long id,
      @PathVariable long batch,
      @RequestParam MultiValueMap<String, String> form,
      @AuthenticationPrincipal SignedIn account,
      @ModelAttribute("page") Page page,
      RedirectAttributes after) {
    Survey survey = access.seen(id, account, Action.CHANGE);
    PaperBallots.Batch pile = pile(id, batch);
    String back = "redirect:/surveys/" + id + "/paper/" + batch;
    Map<String, List<String>> fields = new LinkedHashMap<>(form);
    try {
      boolean settled =
          paper.enter(
              batch,
              paper.read(surveys.asked(survey), pile.sheets(), fields),
              account.signInName());
      after.addFlashAttribute("told", settled ? "survey.paper.settled" : "survey.paper.entered");
    } catch (AnswerRefused refused) {
      after.addFlashAttribute(
          "problem", page.word("survey.answer." + refused.reason(), refused.values(page.tag())));
      after.addFlashAttribute("fields", fields);
    } catch (SurveyProblem problem) {
      after.addFlashAttribute("problem", problem.text(page.language()));
      after.addFlashAttribute("fields", fields);
    }
    return back;
  }

  @PostMapping(value = "/surveys/{id}/paper/{batch}/settle", consumes = FORM)
  String settle(
      @PathVariable long id,
      @PathVariable long batch,
      @RequestParam(defaultValue = "0") int sheet,
      @RequestParam(defaultValue = "0") int entry,
      @AuthenticationPrincipal SignedIn account,
      @ModelAttribute("page") Page page,
      RedirectAttributes after) {
    access.seen(id, account, Action.CHANGE);
    pile(id, batch);
    return SurveyPages.done(
        "/surveys/" + id + "/paper/" + batch,
        page,
        after,
        "survey.told.saved",
        () -> paper.choose(batch, sheet, entry, account.signInName()));
  }

  private PaperBallots.Batch pile(long survey, long batch) {
    return paper.batch(batch).filter(pile -> pile.survey() == survey).orElseThrow(NotHere::new);
  }
}
