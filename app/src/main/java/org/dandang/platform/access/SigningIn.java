package org.dandang.platform.access;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.SavedRequestAwareAuthenticationSuccessHandler;

/** Records that somebody signed in, then goes where they wanted to go. */
final class SigningIn extends SavedRequestAwareAuthenticationSuccessHandler {
  private final Accounts accounts;

  SigningIn(Accounts accounts) {
    this.accounts = accounts;
    setDefaultTargetUrl("/");
  }

  @Override
  public void onAuthenticationSuccess(
      HttpServletRequest request, HttpServletResponse response, Authentication authentication)
      throws ServletException, IOException {
    accounts.signedIn(authentication.getName());
    super.onAuthenticationSuccess(request, response, authentication);
  }
}
