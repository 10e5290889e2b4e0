package org.dandang.platform.signin;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.dandang.platform.access.Accounts;
import org.dandang.platform.access.PasswordRefused;
import org.dandang.platform.access.SignedIn;
import org.dandang.platform.web.NotHere;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The own account: password, second factors, passkeys, the link to a provider, sessions. */
@Controller
class AccountPages {
  private static final String SECRET = "dandang.authenticator.secret";
  private static final String ISSUER = "Dandang";
  private static final List<String> TOLD =
      List.of(
          "password-changed",
          "authenticator-added",
          "authenticator-removed",
          "passkey-added",
          "passkey-removed",
          "factor-needed",
          "linked",
          "unlinked",
          "linked-elsewhere",
          "session-ended",
          "sessions-ended");

  private final Accounts accounts;
  private final SecondFactors factors;
  private final Authenticators authenticators;
  private final RecoveryCodes codes;
  private final Passkeys passkeys;
  private final RelyingParty party;
  private final Sessions sessions;
  private final LinkedSubjects links;
  private final RateLimits limits;
  private final Optional<Provider> provider;
  private final JdbcClient jdbc;

  AccountPages(
      Accounts accounts,
      SecondFactors factors,
      Authenticators authenticators,
      RecoveryCodes codes,
      Passkeys passkeys,
      RelyingParty party,
      Sessions sessions,
      LinkedSubjects links,
      RateLimits limits,
      Optional<Provider> provider,
      JdbcClient jdbc) {
    this.accounts = accounts;
    this.factors = factors;
    this.authenticators = authenticators;
    this.codes = codes;
    this.passkeys = passkeys;
    this.party = party;
    this.sessions = sessions;
    this.links = links;
    this.limits = limits;
    this.provider = provider;
    this.jdbc = jdbc;
  }

  @GetMapping("/account")
  String page(
      @RequestParam(defaultValue = "") String told,
      @AuthenticationPrincipal SignedIn account,
      HttpServletRequest request,
      Model model) {
    model.addAttribute("told", TOLD.contains(told) ? told : "");
    model.addAttribute("kept", factors.of(account.account()));
    model.addAttribute("needed", factors.isRequiredOf(account));
    model.addAttribute("passkeys", passkeys.of(account.account()));
    model.addAttribute("canAdd", party.at(request).isPresent());
    model.addAttribute("own", party.own(request));
    String here = sessions.of(request).map(OpenSession::id).orElse("");
    model.addAttribute(
        "sessions",
        sessions.of(account.account()).stream()
            .map(session -> ShownSession.of(session, here))
            .toList());
    model.addAttribute("provider", provider.map(Provider::name).orElse(""));
    model.addAttribute(
        "linked",
        provider.map(each -> links.isLinked(each.issuer(), account.account())).orElse(false));
    model.addAttribute(
        "changed",
        jdbc.sql("select password_changed_at from platform.account where id = ?")
            .param(account.account())
            .query((row, number) -> Optional.ofNullable(row.getObject(1, OffsetDateTime.class)))
            .single()
            .orElse(null));
    return "platform/account";
  }

  // ---------------------------------------------------------------- password

  @GetMapping("/account/password")
  String password(HttpServletRequest request, Model model) {
    model.addAttribute("told", owes(request, Owing.OWN_PASSWORD) ? "temporary" : "");
    return "platform/password";
  }

  @PostMapping("/account/password")
  @Nullable String changePassword(
      @AuthenticationPrincipal SignedIn account,
      @RequestParam String present,
      @RequestParam String wanted,
      @RequestParam String again,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model)
      throws IOException {
    if (!limits.allows(Limit.NAME, account.signInName(), request, response)) {
      return null;
    }
    String told = told(account, present, wanted, again);
    if (told.equals("changed")) {
      sessions
          .of(request)
          .ifPresent(
              session -> {
                session.paid(Owing.OWN_PASSWORD);
                sessions.onlyThisOne(session);
              });
      request.changeSessionId();
    }
    model.addAttribute("told", told);
    return "platform/password";
  }

  private String told(SignedIn account, String present, String wanted, String again) {
    if (!wanted.equals(again)) {
      return "differs";
    }
    try {
      if (accounts.changePassword(account.signInName(), present, wanted)) {
        return "changed";
      }
      accounts.failed(account.signInName());
      return "wrong";
    } catch (PasswordRefused refused) {
      return "refused." + refused.reason().word();
    }
  }

  // ---------------------------------------------------------------- authenticator app

  @StepUp
  @GetMapping("/account/authenticator")
  String authenticator(
      @RequestParam(required = false) @Nullable String refused,
      @AuthenticationPrincipal SignedIn account,
      HttpServletRequest request,
      Model model) {
    byte[] secret = secret(request);
    model.addAttribute(
        "picture", QrPicture.of(Authenticators.address(secret, ISSUER, account.signInName())));
    model.addAttribute("typed", Authenticators.typed(secret).replaceAll("(.{4})", "$1 ").strip());
    model.addAttribute("refused", refused != null);
    model.addAttribute("must", owes(request, Owing.SECOND_FACTOR));
    model.addAttribute("passkeys", party.at(request).isPresent());
    return "platform/authenticator";
  }

  /** One secret while it is being set up, so that a wrong code can be tried again. */
  private byte[] secret(HttpServletRequest request) {
    HttpSession session = request.getSession();
    if (session.getAttribute(SECRET) instanceof byte[] begun) {
      return begun;
    }
    byte[] fresh = authenticators.fresh();
    session.setAttribute(SECRET, fresh);
    return fresh;
  }

  @StepUp
  @PostMapping("/account/authenticator")
  String keepAuthenticator(
      @RequestParam(defaultValue = "") String code,
      @AuthenticationPrincipal SignedIn account,
      HttpServletRequest request,
      Model model) {
    HttpSession session = request.getSession();
    if (!(session.getAttribute(SECRET) instanceof byte[] secret)
        || !authenticators.keep(account.account(), account.signInName(), secret, code)) {
      return "redirect:/account/authenticator?refused";
    }
    session.removeAttribute(SECRET);
    sessions.of(request).ifPresent(each -> each.paid(Owing.SECOND_FACTOR));
    return factors.of(account.account()).codes() > 0
        ? "redirect:/account?told=authenticator-added"
        : newCodes(account, model);
  }

  @StepUp
  @PostMapping("/account/authenticator/remove")
  String removeAuthenticator(@AuthenticationPrincipal SignedIn account) {
    if (factors.isRequiredOf(account) && factors.of(account.account()).passkeys() == 0) {
      return "redirect:/account?told=factor-needed";
    }
    authenticators.remove(account.account(), account.signInName());
    return "redirect:/account?told=authenticator-removed";
  }

  @StepUp
  @PostMapping("/account/recovery-codes")
  String newCodes(@AuthenticationPrincipal SignedIn account, Model model) {
    model.addAttribute("codes", codes.renew(account.account(), account.signInName()));
    return "platform/recovery-codes";
  }

  private boolean owes(HttpServletRequest request, Owing what) {
    return sessions.of(request).map(session -> session.owing().contains(what)).orElse(false);
  }

  // ---------------------------------------------------------------- provider

  @StepUp
  @PostMapping("/account/provider/link")
  String link(HttpServletRequest request, Model model) {
    Provider here = provider.orElseThrow(NotHere::new);
    request.getSession().setAttribute(Provider.LINKING, Boolean.TRUE);
    // A page that leads on: browsers let no form be redirected to another site.
    model.addAttribute("wanted", here.begins());
    model.addAttribute("back", "/account");
    return "platform/confirmed";
  }

  @StepUp
  @PostMapping("/account/provider/unlink")
  String unlink(@AuthenticationPrincipal SignedIn account) {
    Provider here = provider.orElseThrow(NotHere::new);
    links.unlink(here.issuer(), account);
    return "redirect:/account?told=unlinked";
  }

  // ---------------------------------------------------------------- sessions

  @PostMapping("/account/sessions/{id}/end")
  String end(@PathVariable String id, @AuthenticationPrincipal SignedIn account) {
    OpenSession session =
        sessions.of(account.account()).stream()
            .filter(each -> each.id().equals(id))
            .findFirst()
            .orElseThrow(NotHere::new);
    session.end();
    return "redirect:/account?told=session-ended";
  }

  @PostMapping("/account/sessions/end-others")
  String endOthers(HttpServletRequest request) {
    sessions.of(request).ifPresent(sessions::onlyThisOne);
    return "redirect:/account?told=sessions-ended";
  }
}
