package org.dandang.platform.signin;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dandang.platform.access.SignedIn;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.stereotype.Component;

/** The second factors of accounts, and which roles cannot do without one. */
@Component
class SecondFactors {
  private final JdbcClient jdbc;
  private final Authenticators authenticators;
  private final RecoveryCodes codes;
  private final Set<String> required;

  /**
   * @param required words of the roles, by commas (GB/T 22239 8.1.4.1 d asks for two factors)
   */
  SecondFactors(
      JdbcClient jdbc,
      Authenticators authenticators,
      RecoveryCodes codes,
      @Value(
              "${dandang.second-factor.required:system-administrator,security-administrator,audit-administrator,custodian}")
          String required) {
    this.jdbc = jdbc;
    this.authenticators = authenticators;
    this.codes = codes;
    this.required =
        Stream.of(required.split(","))
            .map(String::strip)
            .filter(word -> !word.isEmpty())
            .map(word -> "ROLE_" + word.toUpperCase(Locale.ROOT).replace('-', '_'))
            .collect(Collectors.toSet());
  }

  KeptFactors of(long account) {
    return jdbc.sql(
            """
            select exists (select from platform.authenticator where account_id = :account) as app,
                   (select count(*) from platform.passkey
                      join platform.passkey_owner using (handle)
                     where account_id = :account) as passkeys,
                   (select count(*) from platform.recovery_code
                     where account_id = :account and used_at is null) as codes
            """)
        .param("account", account)
        .query(
            (row, number) ->
                new KeptFactors(row.getBoolean("app"), row.getInt("passkeys"), row.getInt("codes")))
        .single();
  }

  boolean isRequiredOf(SignedIn account) {
    return account.getAuthorities().stream()
        .map(GrantedAuthority::getAuthority)
        .anyMatch(required::contains);
  }

  /** What a code proves; empty when it is not right. A right one is used up. */
  Optional<Proof> take(long account, String code) {
    if (authenticators.take(account, code)) {
      return Optional.of(Proof.CODE);
    }
    return codes.take(account, code) ? Optional.of(Proof.RECOVERY_CODE) : Optional.empty();
  }
}
