package org.dandang.protection;

import java.util.ArrayList;
import java.util.List;
import org.dandang.policy.pack.Finding;
import org.dandang.policy.pack.Pack;
import org.dandang.policy.pack.Part;
import org.dandang.protection.closed.LayoutCheck;

/** What can be told of how a pack says that records kept elsewhere are read. */
public final class RecordsCheck {
  private RecordsCheck() {}

  /** Nothing where the pack says nothing of the kind. */
  public static List<Finding> check(Pack pack) {
    List<Finding> findings = new ArrayList<>();
    if (pack.holds(Part.Records.class)) {
      LayoutCheck.check(pack, findings::add);
    }
    return findings;
  }
}
