package org.dandang.platform.signin;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import org.dandang.platform.access.Accounts;
import org.dandang.platform.access.SignedIn;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.stereotype.Component;

/** The provider of OpenID Connect this installation trusts, and what its word is good for. */
@Component
@ConditionalOnProperty("dandang.oidc.issuer")
class Provider {
  /** Marks a session whose owner is linking the account. */
  static final String LINKING = "dandang.provider.linking";

  static final String ID = "office";

  private final String issuer;
  private final String name;
  private final boolean trusted;
  private final LinkedSubjects links;
  private final Entrance entrance;
  private final Accounts accounts;

  /**
   * @param name as it is called on the page
   * @param trusted whether it asks for a second factor itself
   */
  Provider(
      @Value("${dandang.oidc.issuer}") String issuer,
      @Value("${dandang.oidc.name:OpenID Connect}") String name,
      @Value("${dandang.oidc.asks-second-factor:false}") boolean trusted,
      LinkedSubjects links,
      Entrance entrance,
      Accounts accounts) {
    this.issuer = issuer;
    this.name = name;
    this.trusted = trusted;
    this.links = links;
    this.entrance = entrance;
    this.accounts = accounts;
  }

  String issuer() {
    return issuer;
  }

  String name() {
    return name;
  }

  /** Where going to the provider begins. */
  String begins() {
    return "/sign-in/provider/" + ID;
  }

  /** The provider has said who came. */
  void came(HttpServletRequest request, HttpServletResponse response, Authentication by)
      throws IOException {
    SecurityContextHolder.clearContext();
    if (!(by.getPrincipal() instanceof OidcUser user) || user.getSubject() == null) {
      response.sendRedirect("/sign-in?provider-failed");
      return;
    }
    String subject = user.getSubject();
    SignedIn linking = linking(request);
    if (linking != null) {
      response.sendRedirect(
          "/account?told="
              + (links.link(issuer, subject, linking) ? "linked" : "linked-elsewhere"));
      return;
    }
    String signInName = links.find(issuer, subject).orElse(null);
    response.sendRedirect(
        signInName == null
            ? "/sign-in?unknown"
            : entrance.proven(
                accounts.loadUserByUsername(signInName),
                trusted ? Proof.TRUSTED_PROVIDER : Proof.PROVIDER,
                request,
                response));
  }

  private static @Nullable SignedIn linking(HttpServletRequest request) {
    HttpSession session = request.getSession(false);
    if (session == null || session.getAttribute(LINKING) == null) {
      return null;
    }
    session.removeAttribute(LINKING);
    Authentication present =
        new HttpSessionSecurityContextRepository()
            .loadDeferredContext(request)
            .get()
            .getAuthentication();
    return present != null && present.getPrincipal() instanceof SignedIn account ? account : null;
  }
}
