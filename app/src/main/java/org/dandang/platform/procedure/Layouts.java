package org.dandang.platform.procedure;

import java.util.Optional;

/** The layouts packs have for signed forms; whoever keeps packs implements it. */
public interface Layouts {
  /** The layout of a form of a procedure's version; empty where the plain one is printed. */
  Optional<Layout> find(Procedure procedure, String form);
}
