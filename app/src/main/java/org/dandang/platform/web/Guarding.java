package org.dandang.platform.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.dandang.platform.access.Access;
import org.dandang.platform.access.Action;
import org.dandang.platform.access.Ruling;
import org.dandang.platform.access.Ruling.Reason;
import org.dandang.platform.access.SignedIn;
import org.dandang.platform.access.Subject;
import org.dandang.platform.ledger.Acting;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Asks the rules of access before a page about one record is made. What lies outside somebody's
 * jurisdiction is answered as what does not exist; who must keep away is told why.
 */
final class Guarding implements HandlerInterceptor {
  /** Request attribute: key of the words that tell why something was refused. */
  static final String REFUSED = "dandang.refused";

  private final Access access;
  private final List<GuardedPath> paths;

  Guarding(Access access, List<GuardedPath> paths) {
    this.access = access;
    this.paths = paths;
  }

  @Override
  public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
      throws IOException {
    Object pattern = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
    Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
    if (pattern == null
        || authentication == null
        || !(authentication.getPrincipal() instanceof SignedIn account)) {
      return true;
    }
    for (GuardedPath path : paths) {
      if (path.covers(pattern.toString())) {
        String id = variable(request, path.variable());
        if (id.matches("\\d{1,18}")) {
          Ruling ruling =
              access.may(
                  account, action(request, pattern.toString()), new Subject(path.kind(), id));
          if (ruling instanceof Ruling.Refused refused) {
            return refuse(refused, request, response);
          }
          if (ruling instanceof Ruling.Allowed allowed && !allowed.forName().isEmpty()) {
            Acting.forAnother(allowed.forName());
          }
        }
      }
    }
    return true;
  }

  private static boolean refuse(
      Ruling.Refused refused, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (refused.reason() == Reason.OUTSIDE || refused.reason() == Reason.NO_ROLE) {
      response.sendError(HttpServletResponse.SC_NOT_FOUND);
    } else {
      request.setAttribute(REFUSED, refused.word());
      response.sendError(HttpServletResponse.SC_FORBIDDEN);
    }
    return false;
  }

  private static Action action(HttpServletRequest request, String pattern) {
    return switch (request.getMethod()) {
      case "GET", "HEAD" ->
          pattern.matches(".*\\.(lrmx|docx|xlsx|csv|zip|pdf)") ? Action.EXPORT : Action.READ;
      default -> Action.CHANGE;
    };
  }

  private static String variable(HttpServletRequest request, String name) {
    return request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE)
            instanceof Map<?, ?> variables
        ? String.valueOf(variables.get(name))
        : "";
  }
}
