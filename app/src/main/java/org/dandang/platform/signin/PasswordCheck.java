package org.dandang.platform.signin;

import java.util.Optional;
import org.dandang.platform.access.Accounts;
import org.dandang.platform.access.SignedIn;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.authentication.dao.DaoAuthenticationProvider;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;

/**
 * Whether a name and a password belong together. An unknown name takes as long as a wrong password;
 * a hash of an earlier kind is made anew when the password is right.
 */
@Component
class PasswordCheck {
  private final DaoAuthenticationProvider provider;
  private final Accounts accounts;

  PasswordCheck(Accounts accounts, PasswordEncoder encoder) {
    this.accounts = accounts;
    provider = new DaoAuthenticationProvider(accounts);
    provider.setPasswordEncoder(encoder);
    provider.setUserDetailsPasswordService(accounts);
  }

  /** The account; empty, and counted, when it is not right, locked or closed. */
  Optional<SignedIn> check(String name, String password) {
    try {
      return provider
                  .authenticate(UsernamePasswordAuthenticationToken.unauthenticated(name, password))
                  .getPrincipal()
              instanceof SignedIn account
          ? Optional.of(account)
          : Optional.empty();
    } catch (AuthenticationException refused) {
      accounts.failed(name);
      return Optional.empty();
    }
  }
}
