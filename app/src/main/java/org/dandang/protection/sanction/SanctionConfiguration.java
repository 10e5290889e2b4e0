package org.dandang.protection.sanction;

import org.dandang.platform.access.Door;
import org.dandang.platform.access.Role;
import org.dandang.protection.ProtectionTab;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Where the pages about measures and what follows them stand, and to whom they open. */
@Configuration(proxyBeanMethods = false)
class SanctionConfiguration {
  private static final Role[] BOTH = {Role.PERSONNEL_OFFICER, Role.DISCIPLINE_OFFICER};

  @Bean
  Door sanctionsDoor() {
    return Door.to("/protection/sanctions/**", BOTH);
  }

  @Bean
  Door sanctionsWorkbookDoor() {
    return Door.to("/protection/sanctions.xlsx", BOTH);
  }

  @Bean
  Door mentorsDoor() {
    return Door.to("/protection/mentors/**", BOTH);
  }

  @Bean
  Door evaluationsDoor() {
    return Door.to("/protection/evaluations/**", BOTH);
  }

  @Bean
  Door reuseDoor() {
    return Door.to("/protection/reuse/**", BOTH);
  }

  @Bean
  Door reuseWorkbookDoor() {
    return Door.to("/protection/reuse.xlsx", BOTH);
  }

  @Bean
  ProtectionTab sanctionsTab() {
    return new ProtectionTab(50, "sanction.title", "/protection/sanctions");
  }

  @Bean
  ProtectionTab mentorsTab() {
    return new ProtectionTab(51, "sanction.mentors", "/protection/mentors");
  }

  @Bean
  ProtectionTab evaluationsTab() {
    return new ProtectionTab(52, "sanction.evaluations", "/protection/evaluations");
  }

  @Bean
  ProtectionTab reuseTab() {
    return new ProtectionTab(53, "sanction.reuse.title", "/protection/reuse");
  }
}
