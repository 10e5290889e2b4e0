package org.dandang.protection.accusation;

import java.util.UUID;
import org.dandang.platform.procedure.Party;
import org.springframework.context.ApplicationContext;

/** Somebody who is no official, for tests that need one on record. */
public final class SomeOutsiders {
  private final Outsiders outsiders;

  public SomeOutsiders(ApplicationContext context) {
    this.outsiders = context.getBean(Outsiders.class);
  }

  public Party one(long unit) {
    return new Party(
        Outsiders.KIND,
        outsiders.note("张某", "310000197001010011", unit, UUID.randomUUID(), "test"));
  }
}
