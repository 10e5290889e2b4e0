package org.dandang.platform.access;

import java.io.Serializable;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.userdetails.UserDetails;

/**
 * Who is signed in.
 *
 * @param official number of the own record; null when the account has none
 * @param language tag kept with the account
 * @param locked whether signing in is refused for now
 */
public record SignedIn(
    long account,
    String signInName,
    String shownName,
    String passwordHash,
    Role role,
    @Nullable Long official,
    String language,
    boolean locked,
    boolean enabled,
    Instant since)
    implements UserDetails, Serializable {
  private static final long serialVersionUID = 1L;

  public boolean isOfficer() {
    return role == Role.PERSONNEL_OFFICER;
  }

  /** Whether this account may see an official's record. */
  public boolean maySee(long record) {
    return isOfficer() || (official != null && official == record);
  }

  @Override
  public Collection<? extends GrantedAuthority> getAuthorities() {
    return List.of(new SimpleGrantedAuthority("ROLE_" + role.name()));
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
