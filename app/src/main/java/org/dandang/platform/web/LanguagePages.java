package org.dandang.platform.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;
import org.dandang.platform.access.Accounts;
import org.dandang.platform.access.SignedIn;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.LocaleResolver;

/** The language pages are read in. */
@Controller
class LanguagePages {
  private final Accounts accounts;
  private final LocaleResolver languages;

  LanguagePages(Accounts accounts, LocaleResolver languages) {
    this.accounts = accounts;
    this.languages = languages;
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

  /** Only a path of ours, never another site. */
  private static String own(String back) {
    return back.matches("/(?![/\\\\]).*") && back.chars().noneMatch(c -> c < ' ') ? back : "/";
  }
}
