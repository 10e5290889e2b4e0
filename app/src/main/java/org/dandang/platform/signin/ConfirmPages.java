package org.dandang.platform.signin;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.dandang.platform.access.Accounts;
import org.dandang.platform.access.SignedIn;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Proving anew who one is before something is taken out, then going on with what was wanted. */
@Controller
class ConfirmPages {
  private final Confirmation confirmation;
  private final SecondFactors factors;
  private final PasswordCheck passwords;
  private final Accounts accounts;
  private final RelyingParty party;
  private final RateLimits limits;

  ConfirmPages(
      Confirmation confirmation,
      SecondFactors factors,
      PasswordCheck passwords,
      Accounts accounts,
      RelyingParty party,
      RateLimits limits) {
    this.confirmation = confirmation;
    this.factors = factors;
    this.passwords = passwords;
    this.accounts = accounts;
    this.party = party;
    this.limits = limits;
  }

  @GetMapping("/account/confirm")
  String page(
      @RequestParam(required = false) @Nullable String refused,
      @AuthenticationPrincipal SignedIn account,
      HttpServletRequest request,
      Model model) {
    model.addAttribute("kept", factors.of(account.account()));
    model.addAttribute("passkeys", party.at(request).isPresent());
    model.addAttribute("own", party.own(request));
    model.addAttribute("minutes", confirmation.minutes());
    model.addAttribute("back", confirmation.back(request));
    model.addAttribute("refused", refused != null);
    return "platform/confirm";
  }

  /** The code where there is a second factor, else the password. */
  @PostMapping("/account/confirm")
  @Nullable String confirm(
      @RequestParam(defaultValue = "") String code,
      @RequestParam(defaultValue = "") String password,
      @AuthenticationPrincipal SignedIn account,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    if (!limits.allows(Limit.NAME, account.signInName(), request, response)) {
      return null;
    }
    if (!isRight(account.signInName(), code, password)) {
      return "redirect:/account/confirm?refused";
    }
    confirmation.confirmed(request);
    return "redirect:/account/confirm/done";
  }

  private boolean isRight(String signInName, String code, String password) {
    SignedIn account = accounts.loadUserByUsername(signInName);
    if (!factors.of(account.account()).any()) {
      return passwords.check(signInName, password).isPresent();
    }
    if (account.isAccountNonLocked() && factors.take(account.account(), code).isPresent()) {
      return true;
    }
    accounts.failed(signInName);
    return false;
  }

  /** Leads on by itself; a file that is sent leaves this page standing. */
  @GetMapping("/account/confirm/done")
  String done(HttpServletRequest request, HttpServletResponse response, Model model) {
    String wanted = confirmation.wanted(request, response).orElse(null);
    if (wanted == null || !confirmation.isFresh(request)) {
      return "redirect:" + confirmation.back(request);
    }
    model.addAttribute("wanted", wanted);
    model.addAttribute("back", confirmation.back(request));
    return "platform/confirmed";
  }
}
