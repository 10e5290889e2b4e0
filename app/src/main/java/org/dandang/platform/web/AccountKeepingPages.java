package org.dandang.platform.web;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.dandang.platform.access.AccountBook;
import org.dandang.platform.access.Accounts;
import org.dandang.platform.access.AssignmentRefused;
import org.dandang.platform.access.AssignmentRefused.Reason;
import org.dandang.platform.access.Assignments;
import org.dandang.platform.access.Assignments.Kind;
import org.dandang.platform.access.Assignments.Wanted;
import org.dandang.platform.access.Door;
import org.dandang.platform.access.Recusals;
import org.dandang.platform.access.Role;
import org.dandang.platform.access.RoleShortages;
import org.dandang.platform.access.SignedIn;
import org.dandang.platform.access.UnitsAbove;
import org.dandang.platform.signin.StepUp;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
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
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Accounts and what they may do, kept by the security administrator. */
@Controller
class AccountKeepingPages {
  private static final int PER_PAGE = 50;
  private static final int HAPPENED = 200;

  private final AccountBook book;
  private final Accounts accounts;
  private final Assignments assignments;
  private final Recusals recusals;
  private final ObjectProvider<UnitsAbove> units;
  private final RoleShortages shortages;

  AccountKeepingPages(
      AccountBook book,
      Accounts accounts,
      Assignments assignments,
      Recusals recusals,
      ObjectProvider<UnitsAbove> units,
      RoleShortages shortages) {
    this.book = book;
    this.accounts = accounts;
    this.assignments = assignments;
    this.recusals = recusals;
    this.units = units;
    this.shortages = shortages;
  }

  @Configuration(proxyBeanMethods = false)
  static class Entrance {
    @Bean
    Door accountsDoor() {
      return Door.to("/accounts/**", Role.SECURITY_ADMINISTRATOR);
    }

    @Bean
    NavigationEntry accountsEntry() {
      return new NavigationEntry(90, "nav.accounts", "/accounts", "person", false);
    }
  }

  @GetMapping("/accounts")
  String all(
      @RequestParam(defaultValue = "") String q,
      @RequestParam(defaultValue = "") String role,
      @RequestParam(name = "p", defaultValue = "1") int number,
      Model model) {
    int at = Query.page(number);
    model.addAttribute("q", q);
    model.addAttribute("role", role);
    model.addAttribute("at", at);
    model.addAttribute("perPage", PER_PAGE);
    model.addAttribute("count", book.count(q, role));
    model.addAttribute("lines", book.page(q, role, (at - 1) * PER_PAGE, PER_PAGE));
    model.addAttribute("shortages", shortages.today());
    return "platform/accounts";
  }

  @PostMapping("/accounts")
  ModelAndView open(
      @RequestParam String name,
      @RequestParam String shown,
      @AuthenticationPrincipal SignedIn account,
      RedirectAttributes once,
      Model model) {
    String told =
        !name.matches("[a-z0-9][a-z0-9._-]{1,62}")
            ? "accounts.open.name-form"
            : accounts.exists(name)
                ? "accounts.open.exists"
                : shown.isBlank() ? "accounts.open.no-shown-name" : "";
    if (told.isEmpty()) {
      Accounts.Opened opened = accounts.open(name, shown.strip(), null, account.signInName());
      once.addFlashAttribute("once", opened.password());
      return new ModelAndView("redirect:/accounts/" + opened.account());
    }
    all("", "", 1, model);
    model.addAttribute("told", told);
    model.addAttribute("name", name);
    model.addAttribute("shown", shown);
    return new ModelAndView("platform/accounts", model.asMap(), HttpStatus.UNPROCESSABLE_CONTENT);
  }

  @GetMapping("/accounts/{id}")
  String one(@PathVariable long id, Model model) {
    model.addAttribute("account", book.find(id).orElseThrow(NotHere::new));
    List<AccountBook.Given> roles = book.roles(id);
    model.addAttribute("roles", roles);
    model.addAttribute("unitNames", names(roles));
    model.addAttribute("choices", List.of(Role.values()));
    model.addAttribute("recusals", recusals.of(id));
    model.addAttribute("happened", book.history(id, HAPPENED));
    model.addAttribute("today", assignments.today());
    return "platform/kept-account";
  }

  /** What somebody wrote to give a role. */
  record Asked(
      String role,
      String unit,
      @DateTimeFormat(iso = ISO.DATE) @Nullable LocalDate from,
      @DateTimeFormat(iso = ISO.DATE) @Nullable LocalDate until,
      String standsInFor,
      String reason) {}

  @StepUp(counted = false)
  @PostMapping("/accounts/{id}/roles")
  ModelAndView give(
      @PathVariable long id, Asked asked, @AuthenticationPrincipal SignedIn account, Model model) {
    refuseUnknown(id);
    try {
      assignments.give(wanted(id, asked), account.signInName());
      return new ModelAndView("redirect:/accounts/" + id);
    } catch (AssignmentRefused refused) {
      one(id, model);
      model.addAttribute("told", refused.word());
      model.addAttribute("asked", asked);
      return new ModelAndView(
          "platform/kept-account", model.asMap(), HttpStatus.UNPROCESSABLE_CONTENT);
    }
  }

  private Wanted wanted(long id, Asked asked) {
    Role role = Role.find(asked.role()).orElseThrow(NotHere::new);
    Long unit = null;
    if (!asked.unit().isBlank()) {
      unit =
          Optional.ofNullable(units.getIfAvailable())
              .flatMap(tree -> tree.chosen(asked.unit()))
              .orElseThrow(() -> new AssignmentRefused(Reason.NO_SUCH_UNIT));
    }
    LocalDate from = asked.from() == null ? assignments.today() : asked.from();
    if (from.isBefore(assignments.today())) {
      throw new AssignmentRefused(Reason.STARTS_IN_THE_PAST);
    }
    if (asked.standsInFor().isBlank()) {
      String reason = asked.reason().isBlank() ? null : asked.reason().strip();
      return new Wanted(id, role, unit, from, asked.until(), Kind.HELD, null, reason);
    }
    long absent =
        book.number(asked.standsInFor())
            .filter(number -> number != id)
            .orElseThrow(() -> new AssignmentRefused(Reason.NO_SUCH_ACCOUNT));
    return new Wanted(
        id, role, unit, from, asked.until(), Kind.STAND_IN, absent, asked.reason().strip());
  }

  @StepUp(counted = false)
  @PostMapping("/accounts/{id}/roles/{assignment}/end")
  String end(
      @PathVariable long id,
      @PathVariable long assignment,
      @RequestParam(required = false) @DateTimeFormat(iso = ISO.DATE) @Nullable LocalDate on,
      @AuthenticationPrincipal SignedIn account) {
    boolean its = book.roles(id).stream().anyMatch(one -> one.assignment().id() == assignment);
    if (!its) {
      throw new NotHere();
    }
    assignments.end(assignment, on == null ? assignments.today() : on, account.signInName());
    return "redirect:/accounts/" + id;
  }

  /** A password for signing in once, shown this one time. */
  @StepUp(counted = false)
  @PostMapping("/accounts/{id}/password")
  String resetPassword(
      @PathVariable long id, @AuthenticationPrincipal SignedIn account, RedirectAttributes once) {
    refuseUnknown(id);
    once.addFlashAttribute("once", accounts.resetPassword(id, account.signInName()));
    return "redirect:/accounts/" + id;
  }

  @StepUp(counted = false)
  @PostMapping("/accounts/{id}/closing")
  String close(
      @PathVariable long id,
      @RequestParam boolean closed,
      @RequestParam(defaultValue = "") String reason,
      @AuthenticationPrincipal SignedIn account) {
    if (id != account.account()) {
      book.close(id, closed, reason.strip(), account.signInName());
      accounts.endSessions(id, account.signInName());
    }
    return "redirect:/accounts/" + id;
  }

  @StepUp(counted = false)
  @PostMapping("/accounts/{id}/recusals/{recusal}/lift")
  String lift(@PathVariable long id, @PathVariable long recusal, @RequestParam String reason) {
    boolean its = recusals.of(id).stream().anyMatch(one -> one.id() == recusal);
    if (!its || reason.isBlank()) {
      throw new NotHere();
    }
    recusals.lift(recusal, reason.strip());
    return "redirect:/accounts/" + id;
  }

  private Map<Long, String> names(List<AccountBook.Given> roles) {
    return names(units, roles.stream().map(one -> one.assignment().unit()).toArray(Long[]::new));
  }

  /** Names of units, by number; units that are no more are left out. */
  static Map<Long, String> names(ObjectProvider<UnitsAbove> units, @Nullable Long... numbers) {
    Map<Long, String> names = new HashMap<>();
    UnitsAbove tree = units.getIfAvailable();
    if (tree != null) {
      Arrays.stream(numbers)
          .filter(Objects::nonNull)
          .distinct()
          .forEach(unit -> tree.name(unit).ifPresent(name -> names.put(unit, name)));
    }
    return names;
  }

  private void refuseUnknown(long id) {
    if (book.find(id).isEmpty()) {
      throw new NotHere();
    }
  }
}
