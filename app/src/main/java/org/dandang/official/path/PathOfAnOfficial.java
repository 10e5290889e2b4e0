package org.dandang.official.path;

import org.dandang.official.OfficialSection;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** How somebody stands before the next steps, on an official's page. */
@Component
@Order(10)
class PathOfAnOfficial implements OfficialSection {
  @Override
  public String forOfficer(long official) {
    return "/officials/" + official + "/path/summary";
  }

  @Override
  public String forOneself() {
    return "/me/path/summary";
  }
}
