package org.dandang.platform.signin;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.dandang.platform.access.SessionsEnded;
import org.dandang.platform.access.SignedIn;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/** The sessions that are open, and when they are over. */
@Component
class Sessions {
  private static final String ATTRIBUTE = "dandang.session";

  /** How long an account that was closed by another process can still be in use. */
  private static final Duration LOOKED_UP = Duration.ofSeconds(10);

  private static final Pattern BROWSER =
      Pattern.compile("(Edg|OPR|Firefox|Chrome|Safari|curl|Java)[A-Za-z]*/(\\d+)");
  private static final Pattern SYSTEM =
      Pattern.compile("Windows|Android|iPhone|iPad|Mac OS X|Linux|HarmonyOS");

  private final Map<String, OpenSession> open = new ConcurrentHashMap<>();
  private final JdbcClient jdbc;
  private final Clock clock;

  Sessions(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  OpenSession begin(HttpServletRequest request, SignedIn account) {
    HttpSession session = request.getSession();
    OpenSession begun =
        new OpenSession(
            this,
            session,
            account.account(),
            request.getRemoteAddr(),
            program(Objects.requireNonNullElse(request.getHeader("User-Agent"), "")),
            clock.instant());
    session.setAttribute(ATTRIBUTE, begun);
    open.put(begun.id(), begun);
    return begun;
  }

  /** That of this request; empty when nobody signed in with it. */
  Optional<OpenSession> of(HttpServletRequest request) {
    HttpSession session = request.getSession(false);
    return session != null && session.getAttribute(ATTRIBUTE) instanceof OpenSession found
        ? Optional.of(found)
        : Optional.empty();
  }

  /** Those of an account, the newest first. */
  List<OpenSession> of(long account) {
    return open.values().stream()
        .filter(each -> each.account() == account)
        .sorted(Comparator.comparing(OpenSession::began).reversed())
        .toList();
  }

  /** Ends all but this one, which counts as begun anew. */
  void onlyThisOne(OpenSession kept) {
    kept.countFrom(clock.instant());
    of(kept.account()).stream().filter(each -> each != kept).forEach(OpenSession::end);
  }

  /** Whether the account has been closed, or its sessions ended, since this one began. */
  boolean isOver(OpenSession session) {
    Instant now = clock.instant();
    if (now.isBefore(session.lookedUp().plus(LOOKED_UP))) {
      return false;
    }
    session.lookUp(now);
    return !jdbc.sql(
            """
            select disabled_at is null and coalesce(sessions_from <= ?, true)
              from platform.account where id = ?
            """)
        .params(session.counted().atOffset(ZoneOffset.UTC), session.account())
        .query(Boolean.class)
        .optional()
        .orElse(false);
  }

  @TransactionalEventListener(fallbackExecution = true)
  void on(SessionsEnded ended) {
    of(ended.account()).forEach(OpenSession::end);
  }

  void forget(OpenSession session) {
    open.remove(session.id());
  }

  private static String program(String given) {
    Matcher browser = BROWSER.matcher(given);
    Matcher system = SYSTEM.matcher(given);
    String name =
        browser.find() ? browser.group(1).replace("Edg", "Edge") + " " + browser.group(2) : "";
    return (name + (system.find() ? " · " + system.group() : "")).strip();
  }
}
