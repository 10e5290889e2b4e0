package org.dandang.organisation;

import org.dandang.platform.web.Refused;

/** A change of the organisation that is refused; nothing of it was recorded. */
public final class OrganisationProblem extends Refused {
  private static final long serialVersionUID = 1L;

  /**
   * @param key last part of the message key {@code reorganisation.problem.*}
   * @param values what the message names, in its order
   */
  public OrganisationProblem(String key, Object... values) {
    super("organisation", "reorganisation.problem." + key, values);
  }
}
