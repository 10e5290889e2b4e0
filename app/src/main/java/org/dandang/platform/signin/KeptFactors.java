package org.dandang.platform.signin;

/**
 * The second factors an account has.
 *
 * @param app whether there is an authenticator app
 * @param passkeys how many
 * @param codes recovery codes left
 */
public record KeptFactors(boolean app, int passkeys, int codes) {
  public boolean any() {
    return app || passkeys > 0;
  }
}
