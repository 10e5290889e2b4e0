package org.dandang.platform.signin;

import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;

/** What somebody has shown to be who they say. */
enum Proof {
  PASSWORD,
  /** Of an authenticator app. */
  CODE,
  RECOVERY_CODE,
  /** With the authenticator's own check of its holder: two factors in one. */
  PASSKEY,
  /** The word of the OpenID Connect provider. */
  PROVIDER,
  /** That of a provider which is trusted to ask for a second factor itself. */
  TRUSTED_PROVIDER;

  /** Whether with it nothing more is to be asked. */
  boolean isEnough() {
    return this == PASSKEY || this == TRUSTED_PROVIDER || isSecond();
  }

  /** Whether it is of the second factor alone; never taken first. */
  boolean isSecond() {
    return this == CODE || this == RECOVERY_CODE;
  }

  static String words(Collection<Proof> proofs) {
    return proofs.stream()
        .map(proof -> proof.name().toLowerCase(Locale.ROOT).replace('_', '-'))
        .collect(Collectors.joining(" "));
  }
}
