package org.dandang.platform.signin;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.dandang.platform.access.Accounts;
import org.dandang.platform.access.SignedIn;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.security.web.csrf.CsrfAuthenticationStrategy;
import org.springframework.security.web.csrf.HttpSessionCsrfTokenRepository;
import org.springframework.security.web.savedrequest.HttpSessionRequestCache;
import org.springframework.security.web.savedrequest.SavedRequest;
import org.springframework.stereotype.Component;

/**
 * The one way in: proofs are gathered until they are enough, then a session begins. Until then
 * nobody is signed in, and the session holds nothing but who began and how.
 */
@Component
class Entrance {
  private static final String BEGUN = "dandang.sign-in";

  /** How long somebody may take between the password and the second factor. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final Accounts accounts;
  private final SecondFactors factors;
  private final Sessions sessions;
  private final JdbcClient jdbc;
  private final Clock clock;
  private final HttpSessionSecurityContextRepository contexts =
      new HttpSessionSecurityContextRepository();
  private final HttpSessionRequestCache wanted = new HttpSessionRequestCache();
  private final CsrfAuthenticationStrategy tokens =
      new CsrfAuthenticationStrategy(new HttpSessionCsrfTokenRepository());

  Entrance(
      Accounts accounts, SecondFactors factors, Sessions sessions, JdbcClient jdbc, Clock clock) {
    this.accounts = accounts;
    this.factors = factors;
    this.sessions = sessions;
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** Somebody who has shown something, but not enough yet. */
  private record Begun(String name, Set<Proof> proofs, Instant at) {}

  /** The account of whoever has begun to sign in and is to show the second factor. */
  Optional<SignedIn> begun(HttpServletRequest request) {
    return Optional.ofNullable(read(request))
        .map(each -> accounts.loadUserByUsername(each.name()))
        .filter(account -> account.isEnabled() && account.isAccountNonLocked());
  }

  /**
   * Takes one more proof.
   *
   * @return where to go: on to what was wanted, or to the next question
   */
  String proven(
      SignedIn account, Proof proof, HttpServletRequest request, HttpServletResponse response) {
    SignedIn now = accounts.loadUserByUsername(account.signInName());
    if (!now.isEnabled() || !now.isAccountNonLocked()) {
      return "/sign-in?refused";
    }
    Set<Proof> proofs = EnumSet.of(proof);
    Begun begun = read(request);
    if (begun != null && begun.name().equals(now.signInName())) {
      proofs.addAll(begun.proofs());
    }
    boolean enough = proofs.stream().anyMatch(Proof::isEnough) || !factors.of(now.account()).any();
    if (proofs.stream().allMatch(Proof::isSecond)) {
      return "/sign-in";
    }
    if (!enough) {
      HttpSession session = request.getSession();
      request.changeSessionId();
      session.setAttribute(BEGUN, new Begun(now.signInName(), proofs, clock.instant()));
      return "/sign-in/second";
    }
    return enter(now, proofs, request, response);
  }

  private String enter(
      SignedIn account,
      Set<Proof> proofs,
      HttpServletRequest request,
      HttpServletResponse response) {
    OffsetDateTime until = passwordUntil(account);
    if (until != null && until.toInstant().isBefore(clock.instant())) {
      return "/sign-in?expired";
    }
    Authentication authentication =
        UsernamePasswordAuthenticationToken.authenticated(account, null, account.getAuthorities());
    request.getSession().removeAttribute(BEGUN);
    request.changeSessionId();
    tokens.onAuthentication(authentication, request, response);
    SecurityContext context = SecurityContextHolder.createEmptyContext();
    context.setAuthentication(authentication);
    SecurityContextHolder.setContext(context);
    contexts.saveContext(context, request, response);
    accounts.signedIn(account.signInName(), Proof.words(proofs));
    OpenSession session = sessions.begin(request, account);
    if (until != null && proofs.contains(Proof.PASSWORD)) {
      session.owe(Owing.OWN_PASSWORD);
    }
    if (factors.isRequiredOf(account)
        && !factors.of(account.account()).any()
        && !proofs.contains(Proof.TRUSTED_PROVIDER)) {
      session.owe(Owing.SECOND_FACTOR);
    }
    SavedRequest saved = wanted.getRequest(request, response);
    return saved == null ? "/" : saved.getRedirectUrl();
  }

  private @Nullable Begun read(HttpServletRequest request) {
    HttpSession session = request.getSession(false);
    return session != null
            && session.getAttribute(BEGUN) instanceof Begun begun
            && clock.instant().isBefore(begun.at().plus(PATIENCE))
        ? begun
        : null;
  }

  private @Nullable OffsetDateTime passwordUntil(SignedIn account) {
    return jdbc.sql("select password_until from platform.account where id = ?")
        .param(account.account())
        .query((row, number) -> Optional.ofNullable(row.getObject(1, OffsetDateTime.class)))
        .single()
        .orElse(null);
  }
}
