package org.dandang.platform.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.dandang.platform.ledger.Acting;
import org.dandang.platform.storage.Sight;
import org.dandang.platform.storage.Sights;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/** Every request is answered with the sight of its reader; nobody signed in sees nobody. */
final class SightOfReader extends OncePerRequestFilter {
  private final Readers readers;

  SightOfReader(Readers readers) {
    this.readers = readers;
  }

  @Override
  protected boolean shouldNotFilterErrorDispatch() {
    return false;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
    Sight sight =
        authentication != null && authentication.getPrincipal() instanceof SignedIn account
            ? readers.sightOf(account)
            : new Sight.Nothing();
    try {
      if (authentication != null && authentication.getPrincipal() instanceof SignedIn account) {
        Acting.forAnother(account.actsOnlyFor());
      }
      Sights.doing(
          sight,
          () -> {
            chain.doFilter(request, response);
            return Boolean.TRUE;
          });
    } catch (ServletException | IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new ServletException(e);
    } finally {
      Acting.forAnother(null);
    }
  }
}
