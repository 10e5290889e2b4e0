package org.dandang.policy;

import java.nio.file.Path;
import java.time.Duration;
import org.dandang.platform.access.Door;
import org.dandang.platform.web.GuardedPath;
import org.dandang.platform.web.NavigationEntry;
import org.dandang.policy.fact.FactCatalogue;
import org.dandang.policy.pack.Packs;
import org.dandang.policy.pack.PublicNoticePacks;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class PolicyConfiguration {
  @Bean
  Packs packs(
      @Value("${dandang.packs:${dandang.home:.}/packs}") Path folder,
      @Value("${dandang.packs.moment:5s}") Duration moment) {
    return new Packs(folder, moment);
  }

  @Bean
  PublicNoticePacks publicNoticeRules(Packs packs) {
    return new PublicNoticePacks(packs);
  }

  @Bean
  FactCatalogue factCatalogue() {
    return FactCatalogue.ofTheProgram();
  }

  @Bean
  GuardedPath pagesOfPoliciesOfAnOfficial() {
    return new GuardedPath("/policies/of/{official}", "official");
  }

  @Bean
  Door draftsOfAPolicyDoor() {
    return Door.toOfficersOfAll("/policies/*/*/drafts");
  }

  @Bean
  Door draftsDoor() {
    return Door.toOfficersOfAll("/drafts/**");
  }

  @Bean
  NavigationEntry policies() {
    return new NavigationEntry(40, "nav.policies", "/policies", "clauses", false);
  }
}
