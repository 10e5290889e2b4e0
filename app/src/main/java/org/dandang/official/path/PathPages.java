package org.dandang.official.path;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.dandang.platform.access.SignedIn;
import org.dandang.platform.web.NotHere;
import org.dandang.platform.web.Page;
import org.dandang.policy.fact.Facts;
import org.dandang.policy.step.Steps;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.format.annotation.DateTimeFormat.ISO;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** What each next step asks of an official, what is met, what is missing, and since when. */
@Controller
class PathPages {
  private final Steps steps;
  private final Facts facts;
  private final Clock clock;
  private final ZoneId zone;

  PathPages(
      Steps steps, Facts facts, Clock clock, @Value("${dandang.zone:Asia/Shanghai}") ZoneId zone) {
    this.steps = steps;
    this.facts = facts;
    this.clock = clock;
    this.zone = zone;
  }

  @GetMapping("/me/path")
  String own(
      @RequestParam(required = false) @DateTimeFormat(iso = ISO.DATE) @Nullable LocalDate on,
      @AuthenticationPrincipal SignedIn account,
      @ModelAttribute("page") Page page,
      Model model) {
    fill(own(account), true, on, page, model);
    return "official/path";
  }

  @GetMapping("/officials/{id}/path")
  String person(
      @PathVariable long id,
      @RequestParam(required = false) @DateTimeFormat(iso = ISO.DATE) @Nullable LocalDate on,
      @ModelAttribute("page") Page page,
      Model model) {
    fill(id, false, on, page, model);
    return "official/path";
  }

  /** The steps in short, on the own record. */
  @GetMapping("/me/path/summary")
  String ownInShort(
      @AuthenticationPrincipal SignedIn account, @ModelAttribute("page") Page page, Model model) {
    fillInShort(own(account), true, page, model);
    return "official/path-summary";
  }

  /** The steps in short, on a person's page. */
  @GetMapping("/officials/{id}/path/summary")
  String personInShort(@PathVariable long id, @ModelAttribute("page") Page page, Model model) {
    fillInShort(id, false, page, model);
    return "official/path-summary";
  }

  private static long own(SignedIn account) {
    Long own = account.official();
    if (own == null) {
      throw new NotHere();
    }
    return own;
  }

  private void fill(
      long official, boolean oneself, @Nullable LocalDate on, Page page, Model model) {
    LocalDate day = on == null ? today() : on;
    if (day.getYear() < 1900 || day.getYear() > 2200) {
      throw new NotHere();
    }
    fill(official, oneself, page, model);
    model.addAttribute("day", day);
    model.addAttribute("standings", steps.of(official, day));
  }

  private void fillInShort(long official, boolean oneself, Page page, Model model) {
    fill(official, oneself, page, model);
    model.addAttribute("standings", steps.inShort(official, today()));
  }

  private LocalDate today() {
    return LocalDate.now(clock.withZone(zone));
  }

  private void fill(long official, boolean oneself, Page page, Model model) {
    String label = facts.labels("official", List.of(official)).get(official);
    if (label == null) {
      throw new NotHere();
    }
    model.addAttribute("official", official);
    model.addAttribute("label", label);
    model.addAttribute("oneself", oneself);
    model.addAttribute("words", new PathWords(page));
  }
}
