package org.dandang.protection.sanction;

import org.dandang.platform.access.Readers;
import org.dandang.platform.access.SignedIn;
import org.dandang.platform.storage.Sights;
import org.springframework.context.ApplicationContext;

/** Does something with the sight that a reader's request has. */
final class Sighted {
  private Sighted() {}

  static void as(SignedIn reader, ApplicationContext context, Runnable work) {
    Sights.as(
        context.getBean(Readers.class).sightOf(reader),
        () -> {
          work.run();
          return Boolean.TRUE;
        });
  }
}
