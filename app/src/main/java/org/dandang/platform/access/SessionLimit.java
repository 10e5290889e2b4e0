package org.dandang.platform.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.authentication.logout.SecurityContextLogoutHandler;
import org.springframework.web.filter.OncePerRequestFilter;

/** Ends a session some hours after signing in, however busy it was; idle ones end earlier. */
final class SessionLimit extends OncePerRequestFilter {
  static final Duration LONGEST = Duration.ofHours(12);

  private final Clock clock;

  SessionLimit(Clock clock) {
    this.clock = clock;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
    if (authentication != null
        && authentication.getPrincipal() instanceof SignedIn signedIn
        && clock.instant().isAfter(signedIn.since().plus(LONGEST))) {
      new SecurityContextLogoutHandler().logout(request, response, authentication);
      response.sendRedirect("/sign-in?ended");
      return;
    }
    chain.doFilter(request, response);
  }
}
