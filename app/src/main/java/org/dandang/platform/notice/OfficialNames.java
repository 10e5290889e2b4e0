package org.dandang.platform.notice;

import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Names of officials for the list of notices that go on paper; the registers know them. */
public interface OfficialNames {
  Map<Long, String> names(Collection<Long> officials);

  /** Numbers of those a text means: a whole name, or the key of the register. */
  List<Long> meant(String text);
}
