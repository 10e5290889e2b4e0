package org.dandang.platform.access;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;

/**
 * To whom the pages below a path are open, contributed by the module whose pages they are. A path
 * that no door names is open to personnel officers only. What of the records behind it somebody
 * sees is another matter, which {@link Access} decides.
 *
 * @param pattern path pattern such as {@code /imports/**}; of several that match the longest counts
 * @param method null: every method
 * @param roles who may pass; empty: whoever is signed in
 * @param everywhere whether the role must be over everything
 */
public record Door(
    String pattern, @Nullable HttpMethod method, Set<Role> roles, boolean everywhere) {
  static final String ROLE = "ROLE_";
  static final String EVERYWHERE = "EVERYWHERE_";

  public Door {
    roles = Set.copyOf(roles);
  }

  /** Open to some roles, over whatever they hold them. */
  public static Door to(String pattern, Role... roles) {
    return new Door(pattern, null, Set.of(roles), false);
  }

  /** Open to whoever is signed in. */
  public static Door toEverybody(String pattern) {
    return new Door(pattern, null, Set.of(), false);
  }

  /** Open to personnel officers over everything: what is done there concerns everybody. */
  public static Door toOfficersOfAll(String pattern) {
    return new Door(pattern, null, Set.of(Role.PERSONNEL_OFFICER), true);
  }

  /** As {@link #toOfficersOfAll(String)}, for changes only. */
  public static Door toOfficersOfAll(HttpMethod method, String pattern) {
    return new Door(pattern, method, Set.of(Role.PERSONNEL_OFFICER), true);
  }

  boolean opensTo(Authentication authentication) {
    if (!authentication.isAuthenticated()
        || !(authentication.getPrincipal() instanceof SignedIn account)) {
      return false;
    }
    List<String> given =
        authentication.getAuthorities().stream().map(GrantedAuthority::getAuthority).toList();
    return opensTo(account)
        && (roles.isEmpty() || roles.stream().anyMatch(role -> given.contains(ROLE + role)));
  }

  boolean opensTo(SignedIn account) {
    return roles.isEmpty()
        || roles.stream()
            .anyMatch(role -> everywhere ? account.hasEverywhere(role) : account.has(role));
  }

  static boolean isRole(String authority) {
    return Arrays.stream(Role.values())
        .anyMatch(role -> authority.equals(ROLE + role) || authority.equals(EVERYWHERE + role));
  }
}
