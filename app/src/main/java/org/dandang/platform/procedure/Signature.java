package org.dandang.platform.procedure;

import org.jspecify.annotations.Nullable;

/**
 * A signature that is given or asked for.
 *
 * @param role whose it is; null where a person was asked
 * @param account who signed, or was asked; null while open to the role
 * @param name shown name of that account
 * @param outcome null while it is not given
 */
public record Signature(
    int place,
    @Nullable String role,
    @Nullable Long account,
    @Nullable String name,
    @Nullable String outcome,
    @Nullable String reasons) {
  public boolean isGiven() {
    return outcome != null;
  }
}
