package org.dandang.platform.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Roles begin and end while somebody is signed in: each request goes on with those of its moment,
 * not with those of the signing in.
 */
final class RolesOfToday extends OncePerRequestFilter {
  private final Assignments assignments;

  RolesOfToday(Assignments assignments) {
    this.assignments = assignments;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
    if (authentication != null && authentication.getPrincipal() instanceof SignedIn account) {
      List<Assignment> now = assignments.now(account.account());
      if (!now.equals(account.today())) {
        SecurityContextHolder.setContext(with(account.with(now), authentication));
      }
    }
    chain.doFilter(request, response);
  }

  /** What else was found out at signing in stays. */
  private static SecurityContext with(SignedIn account, Authentication before) {
    List<GrantedAuthority> authorities =
        Stream.<GrantedAuthority>concat(
                before.getAuthorities().stream()
                    .filter(given -> !Door.isRole(String.valueOf(given.getAuthority()))),
                account.getAuthorities().stream())
            .toList();
    UsernamePasswordAuthenticationToken now =
        UsernamePasswordAuthenticationToken.authenticated(
            account, before.getCredentials(), authorities);
    now.setDetails(before.getDetails());
    SecurityContext context = SecurityContextHolder.createEmptyContext();
    context.setAuthentication(now);
    return context;
  }
}
