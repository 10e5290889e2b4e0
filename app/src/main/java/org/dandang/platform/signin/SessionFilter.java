package org.dandang.platform.signin;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Stream;
import org.dandang.platform.access.SignedIn;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.authentication.logout.SecurityContextLogoutHandler;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Ends a session some hours after signing in, however busy it was, and when its account may no
 * longer be used; leads to what has to be done first. Idle sessions end earlier.
 */
final class SessionFilter extends OncePerRequestFilter {
  private static final Set<String> ALWAYS = Set.of("/sign-out", "/language", "/error");

  private final Sessions sessions;
  private final Clock clock;
  private final Duration longest;

  SessionFilter(Sessions sessions, Clock clock, Duration longest) {
    this.sessions = sessions;
    this.clock = clock;
    this.longest = longest;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
    if (authentication == null || !(authentication.getPrincipal() instanceof SignedIn account)) {
      chain.doFilter(request, response);
      return;
    }
    OpenSession session = sessions.of(request).orElse(null);
    if (clock.instant().isAfter(account.since().plus(longest))) {
      end(request, response, authentication, "/sign-in?ended");
    } else if (session == null) {
      chain.doFilter(request, response);
    } else if (sessions.isOver(session)) {
      end(request, response, authentication, "/sign-in?over");
    } else {
      session.seen(clock.instant());
      Owing owing = session.owing().stream().sorted().findFirst().orElse(null);
      if (owing == null || isFor(owing, request.getRequestURI())) {
        chain.doFilter(request, response);
      } else {
        response.sendRedirect(owing.page());
      }
    }
  }

  private static void end(
      HttpServletRequest request,
      HttpServletResponse response,
      Authentication authentication,
      String to)
      throws IOException {
    new SecurityContextLogoutHandler().logout(request, response, authentication);
    response.sendRedirect(to);
  }

  private static boolean isFor(Owing owing, String path) {
    return ALWAYS.contains(path)
        || RateLimits.isAsset(path)
        || switch (owing) {
          case OWN_PASSWORD -> path.equals(owing.page());
          case SECOND_FACTOR ->
              Stream.of("/account/authenticator", "/account/passkeys", "/account/confirm")
                  .anyMatch(allowed -> path.equals(allowed) || path.startsWith(allowed + "/"));
        };
  }
}
