package org.dandang.platform.access;

import java.util.Map;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.DelegatingPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;

/**
 * Argon2id (RFC 9106) for every new hash; the bcrypt hashes of earlier versions are still
 * understood, and told to be in need of a better one.
 */
final class PasswordHashes implements PasswordEncoder {
  private static final int SALT = 16;
  private static final int HASH = 32;
  private static final int ROUNDS = 2;

  /** As many at once as there are processors: each takes tens of MiB while it is made. */
  private final Semaphore places = new Semaphore(Runtime.getRuntime().availableProcessors());

  private final PasswordEncoder encoder;

  private PasswordHashes(PasswordEncoder encoder) {
    this.encoder = encoder;
  }

  static PasswordEncoder encoder(int cost) {
    PasswordEncoder bcrypt = new BCryptPasswordEncoder();
    DelegatingPasswordEncoder both =
        new DelegatingPasswordEncoder(
            "argon2id",
            Map.of(
                "argon2id",
                new Argon2PasswordEncoder(SALT, HASH, 1, 1 << cost, ROUNDS),
                "bcrypt",
                bcrypt));
    both.setDefaultPasswordEncoderForMatches(bcrypt);
    return new PasswordHashes(both);
  }

  @Override
  public @Nullable String encode(@Nullable CharSequence password) {
    places.acquireUninterruptibly();
    try {
      return encoder.encode(password);
    } finally {
      places.release();
    }
  }

  @Override
  public boolean matches(@Nullable CharSequence password, @Nullable String hash) {
    places.acquireUninterruptibly();
    try {
      return encoder.matches(password, hash);
    } finally {
      places.release();
    }
  }

  @Override
  public boolean upgradeEncoding(@Nullable String hash) {
    return encoder.upgradeEncoding(hash);
  }
}
