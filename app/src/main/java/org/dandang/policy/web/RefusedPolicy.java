package org.dandang.policy.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import org.dandang.platform.access.SignedIn;
import org.dandang.platform.web.RefusedAdvice;
import org.dandang.policy.PolicyProblem;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.ResponseStatus;

/** Says on a page of its own why something about a policy was not done. */
@ControllerAdvice
class RefusedPolicy {
  private final RefusedAdvice pages;

  RefusedPolicy(RefusedAdvice pages) {
    this.pages = pages;
  }

  @ExceptionHandler(PolicyProblem.class)
  @ResponseStatus(HttpStatus.UNPROCESSABLE_CONTENT)
  String refused(
      PolicyProblem problem,
      Model model,
      HttpServletRequest request,
      Locale language,
      @Nullable @AuthenticationPrincipal SignedIn account) {
    return pages.page(problem.text(language), model, request, language, account);
  }
}
