package org.dandang.protection.closed;

import java.util.function.Consumer;
import org.dandang.policy.pack.Finding;
import org.dandang.policy.pack.Pack;

/** Checks how a pack says that closed matters are read. */
public final class LayoutCheck {
  private LayoutCheck() {}

  public static void check(Pack pack, Consumer<Finding> told) {
    LayoutReader.read(pack, told);
  }
}
