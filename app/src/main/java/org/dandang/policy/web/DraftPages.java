package org.dandang.policy.web;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import org.dandang.platform.access.SignedIn;
import org.dandang.platform.web.NotHere;
import org.dandang.platform.web.Page;
import org.dandang.policy.PolicyProblem;
import org.dandang.policy.draft.Draft;
import org.dandang.policy.draft.Drafts;
import org.dandang.policy.pack.Pack;
import org.dandang.policy.run.PolicyRuns;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.format.annotation.DateTimeFormat.ISO;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;

/** Tables under way: edited in the browser, checked, proposed, and put in force by another. */
@Controller
class DraftPages {
  private final Drafts drafts;
  private final PolicyRuns policies;
  private final Clock clock;
  private final ZoneId zone;

  DraftPages(
      Drafts drafts,
      PolicyRuns policies,
      Clock clock,
      @Value("${dandang.zone:Asia/Shanghai}") ZoneId zone) {
    this.drafts = drafts;
    this.policies = policies;
    this.clock = clock;
    this.zone = zone;
  }

  @PostMapping("/policies/{place}/{practice}/drafts")
  String begin(
      @PathVariable String place,
      @PathVariable String practice,
      @RequestParam(defaultValue = "") String title,
      @AuthenticationPrincipal SignedIn account) {
    return "redirect:/drafts/"
        + drafts.begin(place + "/" + practice, today(), title, account.signInName()).id();
  }

  @GetMapping("/drafts/{id}")
  String draft(
      @PathVariable long id,
      @RequestParam(required = false) @Nullable String review,
      @RequestParam(required = false) @DateTimeFormat(iso = ISO.DATE) @Nullable LocalDate from,
      @ModelAttribute("page") Page page,
      Model model) {
    return show(id, review != null, from, null, page, model);
  }

  /** Saves; asked by the editor it answers with the new edition, else with the page. */
  @PostMapping("/drafts/{id}")
  ResponseEntity<String> save(
      @PathVariable long id,
      @RequestParam String model,
      @RequestParam int edition,
      @RequestHeader(name = "X-Editor", required = false) @Nullable String editor,
      @AuthenticationPrincipal SignedIn account,
      @ModelAttribute("page") Page page) {
    try {
      Draft saved = drafts.save(id, model, edition, account.signInName());
      return editor != null
          ? ResponseEntity.ok(Integer.toString(saved.edition()))
          : ResponseEntity.status(HttpStatus.SEE_OTHER).header("Location", "/drafts/" + id).build();
    } catch (PolicyProblem problem) {
      return ResponseEntity.status(HttpStatus.CONFLICT)
          .header("Content-Type", "text/plain;charset=UTF-8")
          .body(problem.text(page.language()));
    }
  }

  @PostMapping("/drafts/{id}/proposal")
  String propose(
      @PathVariable long id,
      @RequestParam @DateTimeFormat(iso = ISO.DATE) LocalDate from,
      @RequestParam(defaultValue = "") String reasons,
      @AuthenticationPrincipal SignedIn account,
      @ModelAttribute("page") Page page,
      Model model) {
    try {
      drafts.propose(id, from, reasons, account.signInName());
      return "redirect:/drafts/" + id;
    } catch (PolicyProblem problem) {
      return show(id, true, from, problem.text(page.language()), page, model);
    }
  }

  @PostMapping("/drafts/{id}/decision")
  String decide(
      @PathVariable long id,
      @RequestParam String answer,
      @RequestParam(defaultValue = "") String reasons,
      @AuthenticationPrincipal SignedIn account,
      @ModelAttribute("page") Page page,
      Model model) {
    try {
      if (answer.equals("in-force")) {
        drafts.putInForce(id, reasons, account.signInName());
      } else {
        drafts.refuse(id, reasons, account.signInName());
      }
      return "redirect:/drafts/" + id;
    } catch (PolicyProblem problem) {
      return show(id, false, null, problem.text(page.language()), page, model);
    }
  }

  @PostMapping("/drafts/{id}/withdrawal")
  String withdraw(
      @PathVariable long id,
      @AuthenticationPrincipal SignedIn account,
      @ModelAttribute("page") Page page,
      Model model) {
    try {
      drafts.withdraw(id, account.signInName());
      return "redirect:/drafts/" + id;
    } catch (PolicyProblem problem) {
      return show(id, false, null, problem.text(page.language()), page, model);
    }
  }

  private String show(
      long id,
      boolean review,
      @Nullable LocalDate asked,
      @Nullable String problem,
      Page page,
      Model model) {
    Draft draft = drafts.find(id).orElseThrow(NotHere::new);
    Pack pack = policies.pack(draft.pack());
    LocalDate from =
        asked != null ? asked : draft.from() != null ? draft.from() : today().plusDays(1);
    model.addAttribute("draft", draft);
    model.addAttribute("pack", pack);
    model.addAttribute("from", from);
    model.addAttribute("today", today());
    model.addAttribute("problem", problem);
    model.addAttribute(
        "review",
        review || draft.state() == Draft.State.PROPOSED ? drafts.review(draft, from) : null);
    return "policy/draft";
  }

  private LocalDate today() {
    return LocalDate.now(clock.withZone(zone));
  }
}
