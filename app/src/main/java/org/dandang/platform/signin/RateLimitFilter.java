package org.dandang.platform.signin;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.dandang.platform.access.SignedIn;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/** Counts every request before anything is done for it. */
final class RateLimitFilter extends OncePerRequestFilter {
  private final RateLimits limits;

  RateLimitFilter(RateLimits limits) {
    this.limits = limits;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    Limit limit = RateLimits.of(request.getMethod(), request.getRequestURI());
    if (limits.allows(limit, who(limit, request), request, response)) {
      chain.doFilter(request, response);
    }
  }

  /** The account; the address where there is none, and for proving who one is. */
  private static String who(Limit limit, HttpServletRequest request) {
    Authentication authentication =
        limit == Limit.SIGN_IN || limit == Limit.ASSET
            ? null
            : SecurityContextHolder.getContext().getAuthentication();
    return authentication != null && authentication.getPrincipal() instanceof SignedIn account
        ? "account " + account.account()
        : "address " + request.getRemoteAddr();
  }
}
