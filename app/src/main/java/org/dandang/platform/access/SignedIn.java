package org.dandang.platform.access;

import java.io.Serializable;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.userdetails.UserDetails;

/**
 * Who is signed in.
 *
 * @param today the roles held on the day they were last looked up
 * @param official number of the own record; null when the account has none
 * @param language tag kept with the account
 * @param locked whether signing in is refused for now
 */
public record SignedIn(
    long account,
    String signInName,
    String shownName,
    String passwordHash,
    List<Assignment> today,
    @Nullable Long official,
    String language,
    boolean locked,
    boolean enabled,
    Instant since)
    implements UserDetails, Serializable {
  private static final long serialVersionUID = 1L;

  /** Whether this account holds a role over anything. */
  public boolean has(Role role) {
    return today.stream().anyMatch(held -> held.role() == role);
  }

  /** Whether this account holds a role over everything. */
  public boolean hasEverywhere(Role role) {
    return today.stream().anyMatch(held -> held.role() == role && held.unit() == null);
  }

  /**
   * For whom whatever this account does is done: where it works on roles only that are others';
   * null where it works on a role of its own.
   */
  @Nullable String actsOnlyFor() {
    List<Assignment> working = today.stream().filter(held -> held.role() != Role.OFFICIAL).toList();
    if (working.isEmpty() || !working.stream().allMatch(Assignment::isForAnother)) {
      return null;
    }
    return working.stream()
        .map(held -> String.valueOf(held.forName()))
        .distinct()
        .sorted()
        .collect(Collectors.joining(", "));
  }

  public boolean isOfficer() {
    return has(Role.PERSONNEL_OFFICER);
  }

  /**
   * Who is acting: the sign-in name of whoever is signed in on this thread, or the machine's
   * operator.
   */
  public static String actor() {
    Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
    return authentication != null && authentication.getPrincipal() instanceof SignedIn account
        ? account.signInName()
        : "command line";
  }

  /** The same account with the roles of another moment. */
  SignedIn with(List<Assignment> roles) {
    return new SignedIn(
        account,
        signInName,
        shownName,
        passwordHash,
        roles,
        official,
        language,
        locked,
        enabled,
        since);
  }

  @Override
  public Collection<? extends GrantedAuthority> getAuthorities() {
    return today.stream()
        .flatMap(
            held ->
                held.unit() == null
                    ? Stream.of(Door.ROLE + held.role(), Door.EVERYWHERE + held.role())
                    : Stream.of(Door.ROLE + held.role()))
        .distinct()
        .map(SimpleGrantedAuthority::new)
        .toList();
  }

  @Override
  public String getPassword() {
    return passwordHash;
  }

  @Override
  public String getUsername() {
    return signInName;
  }

  @Override
  public boolean isAccountNonLocked() {
    return !locked;
  }

  @Override
  public boolean isEnabled() {
    return enabled;
  }

  @Override
  public String toString() {
    return signInName;
  }
}
