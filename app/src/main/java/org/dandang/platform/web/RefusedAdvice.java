package org.dandang.platform.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import org.dandang.platform.access.SignedIn;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.ResponseStatus;

/**
 * Says on a page of its own why something was refused, where the page asked for does not itself.
 */
@ControllerAdvice
class RefusedAdvice {
  private final PageAdvice pages;

  RefusedAdvice(PageAdvice pages) {
    this.pages = pages;
  }

  @ExceptionHandler(Refused.class)
  @ResponseStatus(HttpStatus.UNPROCESSABLE_CONTENT)
  String refused(
      Refused problem,
      Model model,
      HttpServletRequest request,
      Locale language,
      @Nullable @AuthenticationPrincipal SignedIn account) {
    model.addAttribute("page", pages.page(request, language, account));
    model.addAttribute("text", problem.text(language));
    return "platform/refused";
  }
}
