package org.dandang.platform.signin;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.dandang.platform.access.Accounts;
import org.dandang.platform.access.SignedIn;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Signing in: the password first, then the second factor where there is one. */
@Controller
class SignInPages {
  private static final List<String> TOLD =
      List.of("refused", "ended", "over", "left", "expired", "unknown", "provider-failed");
  private static final int LONGEST_NAME = 64;

  private final PasswordCheck passwords;
  private final SecondFactors factors;
  private final Entrance entrance;
  private final RelyingParty party;
  private final RateLimits limits;
  private final Accounts accounts;
  private final Optional<Provider> provider;

  SignInPages(
      PasswordCheck passwords,
      SecondFactors factors,
      Entrance entrance,
      RelyingParty party,
      RateLimits limits,
      Accounts accounts,
      Optional<Provider> provider) {
    this.passwords = passwords;
    this.factors = factors;
    this.entrance = entrance;
    this.party = party;
    this.limits = limits;
    this.accounts = accounts;
    this.provider = provider;
  }

  @GetMapping("/sign-in")
  String page(
      HttpServletRequest request,
      @Nullable @AuthenticationPrincipal SignedIn account,
      Model model) {
    if (account != null) {
      return "redirect:/";
    }
    model.addAttribute(
        "told",
        TOLD.stream().filter(word -> request.getParameter(word) != null).findFirst().orElse(""));
    model.addAttribute("passkeys", party.at(request).isPresent());
    model.addAttribute("provider", provider.map(Provider::name).orElse(""));
    return "platform/sign-in";
  }

  @PostMapping("/sign-in")
  @Nullable String password(
      @RequestParam(defaultValue = "") String name,
      @RequestParam(defaultValue = "") String password,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    String given = name.strip().toLowerCase(Locale.ROOT);
    given = given.substring(0, Math.min(given.length(), LONGEST_NAME));
    if (!limits.allows(Limit.NAME, given, request, response)) {
      return null;
    }
    return "redirect:"
        + passwords
            .check(given, password)
            .map(account -> entrance.proven(account, Proof.PASSWORD, request, response))
            .orElse("/sign-in?refused");
  }

  @GetMapping("/sign-in/second")
  String second(
      @RequestParam(required = false) @Nullable String refused,
      HttpServletRequest request,
      Model model) {
    SignedIn account = entrance.begun(request).orElse(null);
    if (account == null) {
      return "redirect:/sign-in?begin";
    }
    model.addAttribute("kept", factors.of(account.account()));
    model.addAttribute("passkeys", party.at(request).isPresent());
    model.addAttribute("own", party.own(request));
    model.addAttribute("refused", refused != null);
    return "platform/second";
  }

  @PostMapping("/sign-in/second")
  @Nullable String second(
      @RequestParam(defaultValue = "") String code,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    SignedIn account = entrance.begun(request).orElse(null);
    if (account == null) {
      return "redirect:/sign-in?begin";
    }
    if (!limits.allows(Limit.NAME, account.signInName(), request, response)) {
      return null;
    }
    Proof proof = factors.take(account.account(), code).orElse(null);
    if (proof == null) {
      accounts.failed(account.signInName());
      return entrance.begun(request).isPresent()
          ? "redirect:/sign-in/second?refused"
          : "redirect:/sign-in?refused";
    }
    return "redirect:" + entrance.proven(account, proof, request, response);
  }
}
