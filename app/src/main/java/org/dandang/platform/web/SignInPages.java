package org.dandang.platform.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Locale;
import org.dandang.platform.access.Accounts;
import org.dandang.platform.access.SignedIn;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.LocaleResolver;

/** Signing in, the language, and the own password. */
@Controller
class SignInPages {
  private static final List<String> TOLD = List.of("refused", "ended", "left");

  private final Accounts accounts;
  private final LocaleResolver languages;

  SignInPages(Accounts accounts, LocaleResolver languages) {
    this.accounts = accounts;
    this.languages = languages;
  }

  @GetMapping("/sign-in")
  String signIn(
      HttpServletRequest request,
      @Nullable @AuthenticationPrincipal SignedIn account,
      Model model) {
    if (account != null) {
      return "redirect:/";
    }
    model.addAttribute(
        "told",
        TOLD.stream().filter(word -> request.getParameter(word) != null).findFirst().orElse(""));
    return "platform/sign-in";
  }

  @PostMapping("/language")
  String language(
      @RequestParam String tag,
      @RequestParam(defaultValue = "/") String back,
      @Nullable @AuthenticationPrincipal SignedIn account,
      HttpServletRequest request,
      HttpServletResponse response) {
    if (Page.LANGUAGES.stream().anyMatch(choice -> choice.tag().equals(tag))) {
      languages.setLocale(request, response, Locale.forLanguageTag(tag));
      if (account != null) {
        accounts.keepLanguage(account, tag);
      }
    }
    return "redirect:" + own(back);
  }

  @GetMapping("/account/password")
  String password(Model model) {
    model.addAttribute("told", "");
    return "platform/password";
  }

  @PostMapping("/account/password")
  String changePassword(
      @AuthenticationPrincipal SignedIn account,
      @RequestParam String present,
      @RequestParam String wanted,
      @RequestParam String again,
      Model model) {
    model.addAttribute("told", told(account, present, wanted, again));
    return "platform/password";
  }

  private String told(SignedIn account, String present, String wanted, String again) {
    if (!wanted.equals(again)) {
      return "differs";
    }
    if (wanted.length() < Accounts.SHORTEST_PASSWORD) {
      return "short";
    }
    return accounts.changePassword(account.signInName(), present, wanted) ? "changed" : "wrong";
  }

  /** Only a path of ours, never another site. */
  private static String own(String back) {
    return back.matches("/(?![/\\\\]).*") && back.chars().noneMatch(c -> c < ' ') ? back : "/";
  }
}
