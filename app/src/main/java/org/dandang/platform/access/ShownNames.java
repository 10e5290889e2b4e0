package org.dandang.platform.access;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * How whoever did something is called on pages; records keep the name an account signs in with.
 * What an account is called is not changed, so what was found is kept; that there is none is not.
 */
@Component
public class ShownNames {
  private static final int KEPT = 5_000;

  private final JdbcClient jdbc;
  private final Map<String, String> kept = new ConcurrentHashMap<>();

  ShownNames(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The name of the account that signs in so; what was given where there is none: the program. */
  public String of(String signInName) {
    String known = kept.get(signInName);
    if (known != null) {
      return known;
    }
    Optional<String> found =
        jdbc.sql("select shown_name from platform.account where sign_in_name = ?")
            .param(signInName)
            .query(String.class)
            .optional();
    found.ifPresent(name -> keep(signInName, name));
    return found.orElse(signInName);
  }

  private void keep(String signInName, String name) {
    if (kept.size() >= KEPT) {
      kept.clear();
    }
    kept.put(signInName, name);
  }
}
