package org.dandang.platform.web;

import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.dandang.platform.access.AccountBook;
import org.dandang.platform.access.Assignment;
import org.dandang.platform.access.AssignmentRefused;
import org.dandang.platform.access.AssignmentRefused.Reason;
import org.dandang.platform.access.Assignments;
import org.dandang.platform.access.Delegations;
import org.dandang.platform.access.RecordKind;
import org.dandang.platform.access.Recusals;
import org.dandang.platform.access.Recusals.Ground;
import org.dandang.platform.access.SignedIn;
import org.dandang.platform.access.Subject;
import org.dandang.platform.access.UnitsAbove;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.format.annotation.DateTimeFormat.ISO;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** The own roles: what one holds, passes on for a time, and keeps away from. */
@Controller
class OwnRolePages {
  private final Delegations delegations;
  private final Assignments assignments;
  private final AccountBook book;
  private final Recusals recusals;
  private final ObjectProvider<UnitsAbove> units;
  private final List<RecordKind> kinds;

  OwnRolePages(
      Delegations delegations,
      Assignments assignments,
      AccountBook book,
      Recusals recusals,
      ObjectProvider<UnitsAbove> units,
      List<RecordKind> kinds) {
    this.delegations = delegations;
    this.assignments = assignments;
    this.book = book;
    this.recusals = recusals;
    this.units = units;
    this.kinds = kinds;
  }

  @GetMapping("/account/roles")
  String roles(@AuthenticationPrincipal SignedIn account, Model model) {
    List<Assignment> held = assignments.today(account.account());
    List<AccountBook.Passed> passed = book.passedOn(account.account());
    model.addAttribute("held", held);
    model.addAttribute("own", delegations.own(account));
    model.addAttribute("passed", passed);
    model.addAttribute("recusals", recusals.of(account.account()));
    model.addAttribute("today", assignments.today());
    model.addAttribute(
        "unitNames",
        AccountKeepingPages.names(
            units,
            Stream.concat(
                    held.stream().map(Assignment::unit),
                    passed.stream().map(one -> one.given().assignment().unit()))
                .toArray(Long[]::new)));
    return "platform/own-roles";
  }

  @PostMapping("/account/roles/delegations")
  ModelAndView delegate(
      @RequestParam long assignment,
      @RequestParam(defaultValue = "") String unit,
      @RequestParam String to,
      @RequestParam(required = false) @DateTimeFormat(iso = ISO.DATE) @Nullable LocalDate from,
      @RequestParam(required = false) @DateTimeFormat(iso = ISO.DATE) @Nullable LocalDate until,
      @RequestParam(defaultValue = "") String reason,
      @AuthenticationPrincipal SignedIn account,
      Model model) {
    try {
      Long within = null;
      if (!unit.isBlank()) {
        within =
            Optional.ofNullable(units.getIfAvailable())
                .flatMap(tree -> tree.chosen(unit))
                .orElseThrow(() -> new AssignmentRefused(Reason.NO_SUCH_UNIT));
      }
      delegations.delegate(
          account,
          assignment,
          within,
          to,
          Objects.requireNonNullElse(from, assignments.today()),
          until,
          reason);
      return new ModelAndView("redirect:/account/roles");
    } catch (AssignmentRefused refused) {
      roles(account, model);
      model.addAttribute("told", refused.word());
      return new ModelAndView(
          "platform/own-roles", model.asMap(), HttpStatus.UNPROCESSABLE_CONTENT);
    }
  }

  @PostMapping("/account/roles/delegations/{assignment}/end")
  String takeBack(@PathVariable long assignment, @AuthenticationPrincipal SignedIn account) {
    if (!delegations.takeBack(account, assignment)) {
      throw new NotHere();
    }
    return "redirect:/account/roles";
  }

  /** Declares that one keeps away from a record. Only another can lift it again. */
  @PostMapping("/account/roles/recusals")
  String recuse(
      @RequestParam String kind,
      @RequestParam String id,
      @RequestParam(defaultValue = "other") String ground,
      @RequestParam String reason,
      @AuthenticationPrincipal SignedIn account) {
    Ground why =
        Stream.of(Ground.values())
            .filter(each -> each.word().equals(ground))
            .findFirst()
            .orElseThrow(NotHere::new);
    boolean there =
        id.matches("\\d{1,18}")
            && kinds.stream()
                .anyMatch(each -> each.kind().equals(kind) && each.place(id).isPresent());
    if (!there || reason.isBlank()) {
      throw new NotHere();
    }
    recusals.recuse(account.account(), new Subject(kind, id), why, true, reason.strip());
    return "redirect:/account/roles";
  }
}
