package org.dandang.platform.signin;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.dandang.platform.access.SignedIn;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.savedrequest.HttpSessionRequestCache;
import org.springframework.security.web.savedrequest.SavedRequest;
import org.springframework.stereotype.Component;

/**
 * Whether whoever asks has proven who they are a short while ago; keeps what was wanted while they
 * do. {@link StepUp} on a page's method asks by itself; {@link #require} is for the middle of one.
 */
@Component
public class Confirmation {
  private static final String BACK = "dandang.confirm.back";

  private final Sessions sessions;
  private final Clock clock;
  private final Duration within;
  private final HttpSessionRequestCache wanted = new HttpSessionRequestCache();

  Confirmation(
      Sessions sessions, Clock clock, @Value("${dandang.step-up.within:10m}") Duration within) {
    this.sessions = sessions;
    this.clock = clock;
    this.within = within;
  }

  /** Minutes a confirmation serves. */
  long minutes() {
    return within.toMinutes();
  }

  /** Whether the last proof is recent enough. False for who is not signed in. */
  public boolean isFresh(HttpServletRequest request) {
    Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
    if (authentication == null || !(authentication.getPrincipal() instanceof SignedIn account)) {
      return false;
    }
    return !sessions
        .of(request)
        .map(OpenSession::confirmed)
        .orElse(account.since())
        .plus(within)
        .isBefore(clock.instant());
  }

  /**
   * @throws StepUpNeeded when it is not; the request is then answered by a page that asks, and done
   *     afterwards from its beginning
   */
  public void require(HttpServletRequest request) {
    if (!isFresh(request)) {
      throw new StepUpNeeded();
    }
  }

  /** Keeps what was wanted and where it was asked from. */
  void keep(HttpServletRequest request, HttpServletResponse response) {
    if (isToBeAskedAgain(request)) {
      wanted.removeRequest(request, response);
    } else {
      wanted.saveRequest(request, response);
    }
    request.getSession().setAttribute(BACK, back(request.getHeader("Referer")));
  }

  /** What a script asked for, and what came with a secret, is not kept: it is asked for again. */
  private static boolean isToBeAskedAgain(HttpServletRequest request) {
    return Objects.requireNonNullElse(request.getHeader("Accept"), "").equals("application/json")
        || request.getParameterMap().keySet().stream()
            .anyMatch(name -> name.matches("(?i).*(pass|secret|code).*"));
  }

  void confirmed(HttpServletRequest request) {
    sessions.of(request).ifPresent(session -> session.confirm(clock.instant()));
  }

  /** Where what was wanted goes on. */
  Optional<String> wanted(HttpServletRequest request, HttpServletResponse response) {
    return Optional.ofNullable(wanted.getRequest(request, response))
        .map(SavedRequest::getRedirectUrl);
  }

  /** The page it was asked from. */
  String back(HttpServletRequest request) {
    return Objects.requireNonNullElse((String) request.getSession().getAttribute(BACK), "/");
  }

  private static String back(@Nullable String referrer) {
    try {
      URI from = URI.create(Objects.requireNonNullElse(referrer, "/"));
      String path = from.getRawPath();
      return path == null || !path.matches("/(?![/\\\\]).*|/")
          ? "/"
          : from.getRawQuery() == null ? path : path + "?" + from.getRawQuery();
    } catch (IllegalArgumentException notAnAddress) {
      return "/";
    }
  }
}
