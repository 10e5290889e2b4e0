package org.dandang.selection;

import org.dandang.official.OfficialSection;
import org.springframework.stereotype.Component;

/** The newest results of policies, on an official's page. */
@Component
class PoliciesOfAnOfficial implements OfficialSection {
  @Override
  public String forOfficer(long official) {
    return "/policies/of/" + official;
  }

  @Override
  public String forOneself() {
    return "/me/policies";
  }
}
