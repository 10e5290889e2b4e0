package org.dandang.platform.access;

import org.dandang.platform.storage.Sights;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.util.ConcurrentLruCache;

/** How whoever did something is called on pages; records keep the name an account signs in with. */
@Component
public class ShownNames {
  private static final int KEPT = 5_000;

  private final ConcurrentLruCache<String, String> kept;

  ShownNames(JdbcClient jdbc) {
    kept =
        new ConcurrentLruCache<>(
            KEPT,
            signInName ->
                Sights.everything(
                    () ->
                        jdbc.sql("select shown_name from platform.account where sign_in_name = ?")
                            .param(signInName)
                            .query(String.class)
                            .optional()
                            .orElse(signInName)));
  }

  /** The name of the account that signs in so; what was given where there is none: the program. */
  public String of(String signInName) {
    return kept.get(signInName);
  }
}
