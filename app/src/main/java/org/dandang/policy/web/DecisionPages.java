package org.dandang.policy.web;

import java.time.LocalDate;
import org.dandang.platform.access.Action;
import org.dandang.platform.access.SignedIn;
import org.dandang.platform.web.NotHere;
import org.dandang.platform.web.Page;
import org.dandang.policy.decision.Decision;
import org.dandang.policy.decision.Decisions;
import org.dandang.policy.fact.Facts;
import org.dandang.policy.pack.Pack;
import org.dandang.policy.run.PolicyRuns;
import org.jspecify.annotations.Nullable;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.format.annotation.DateTimeFormat.ISO;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Kept decisions: as they were prepared, and made again. */
@Controller
class DecisionPages {
  private static final int SHOWN = 200;

  private final Decisions decisions;
  private final PolicyRuns policies;
  private final Facts facts;
  private final SubjectGuard guard;

  DecisionPages(Decisions decisions, PolicyRuns policies, Facts facts, SubjectGuard guard) {
    this.decisions = decisions;
    this.policies = policies;
    this.facts = facts;
    this.guard = guard;
  }

  @PostMapping("/why/{place}/{practice}/{subject}/decisions")
  String keep(
      @PathVariable String place,
      @PathVariable String practice,
      @PathVariable long subject,
      @RequestParam @DateTimeFormat(iso = ISO.DATE) LocalDate asOf,
      @RequestParam(required = false) @Nullable Long slate,
      @AuthenticationPrincipal SignedIn account) {
    Pack pack = policies.pack(place + "/" + practice);
    guard.check(account, Action.CHANGE, pack.subject(), subject);
    try {
      return "redirect:/decisions/"
          + decisions.keep(pack, asOf, subject, slate, account.signInName()).id();
    } catch (IllegalArgumentException e) {
      throw new NotHere();
    }
  }

  @GetMapping("/decisions/{id}")
  String decision(
      @PathVariable long id,
      @RequestParam(required = false) @Nullable String replay,
      @AuthenticationPrincipal SignedIn account,
      @ModelAttribute("page") Page page,
      Model model) {
    Decision decision = decisions.find(id).orElseThrow(NotHere::new);
    guard.check(account, Action.READ, decision.subjectKind(), decision.subject());
    return show(decision, replay != null, page, model);
  }

  /** A decision about oneself. */
  @GetMapping("/me/decisions/{id}")
  String ofMine(
      @PathVariable long id,
      @RequestParam(required = false) @Nullable String replay,
      @AuthenticationPrincipal SignedIn account,
      @ModelAttribute("page") Page page,
      Model model) {
    Decision decision = decisions.find(id).orElseThrow(NotHere::new);
    Long own = account.official();
    if (own == null || !decision.subjectKind().equals("official") || decision.subject() != own) {
      throw new NotHere();
    }
    return show(decision, replay != null, page, model);
  }

  /** The kept decisions about a subject, for its own page. */
  @GetMapping("/decisions/of/{kind}/{subject}")
  String of(
      @PathVariable String kind,
      @PathVariable long subject,
      @AuthenticationPrincipal SignedIn account,
      Model model) {
    guard.check(account, Action.READ, kind, subject);
    return list(kind, subject, "/decisions/", model);
  }

  @GetMapping("/me/decisions")
  String ofMe(@AuthenticationPrincipal SignedIn account, Model model) {
    Long own = account.official();
    if (own == null) {
      throw new NotHere();
    }
    return list("official", own, "/me/decisions/", model);
  }

  private String list(String kind, long subject, String place, Model model) {
    String label = facts.labels(facts.kind(kind).id(), java.util.List.of(subject)).get(subject);
    if (label == null) {
      throw new NotHere();
    }
    model.addAttribute("label", label);
    model.addAttribute("decisions", decisions.of(kind, subject, SHOWN));
    model.addAttribute("policies", policies);
    model.addAttribute("place", place);
    return "policy/decisions";
  }

  private String show(Decision decision, boolean again, Page page, Model model) {
    model.addAttribute("decision", decision);
    model.addAttribute("pack", policies.pack(decision.pack()));
    model.addAttribute("catalogue", facts.catalogue());
    model.addAttribute("kind", facts.kind(decision.subjectKind()));
    model.addAttribute(
        "label",
        facts
            .labels(decision.subjectKind(), java.util.List.of(decision.subject()))
            .getOrDefault(decision.subject(), ""));
    long id = java.util.Objects.requireNonNull(decision.id());
    model.addAttribute("replay", again ? decisions.replay(id) : null);
    return "policy/decision";
  }
}
