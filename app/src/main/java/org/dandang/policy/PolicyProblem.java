package org.dandang.policy;

import org.dandang.platform.web.Refused;

/** A policy cannot be run as asked; the words say what to do. */
public final class PolicyProblem extends Refused {
  private static final long serialVersionUID = 1L;

  /**
   * @param key last part of the message key {@code problem.*}
   * @param values what the message names, in its order
   */
  public PolicyProblem(String key, Object... values) {
    super("policy", "problem." + key, values);
  }
}
