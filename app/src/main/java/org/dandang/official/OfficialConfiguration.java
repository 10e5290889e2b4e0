package org.dandang.official;

import org.dandang.platform.access.Door;
import org.dandang.platform.access.Role;
import org.dandang.platform.web.GuardedPath;
import org.dandang.platform.web.NavigationEntry;
import org.dandang.policy.fact.SubjectKind;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class OfficialConfiguration {
  @Bean
  SubjectKind officialSubjects() {
    return SubjectKind.ofPeople("official", "official.subject", "/officials/");
  }

  @Bean
  RowsOfPeople partiesOfMatters() {
    return new RowsOfPeople("platform.matter_party", "matter_id", "subject", "kind = 'official'");
  }

  /** Whoever signs in to the own record comes to the one that is kept. */
  @Bean
  RowsOfPeople ownAccounts() {
    return RowsOfPeople.of("platform.account");
  }

  @Bean
  RowsOfPeople noticesOnPaper() {
    return RowsOfPeople.of("platform.notice");
  }

  @Bean
  GuardedPath pagesOfAnOfficial() {
    return new GuardedPath("/officials/{id}", "official");
  }

  @Bean
  GuardedPath pagesOfACorrection() {
    return new GuardedPath("/corrections/{id}", "correction");
  }

  @Bean
  GuardedPath structureOfAUnit() {
    return new GuardedPath("/units/{id}/structure", "unit");
  }

  @Bean
  Door importsDoor() {
    return Door.to("/imports/**", Role.PERSONNEL_OFFICER);
  }

  @Bean
  Door duplicatesDoor() {
    return Door.toOfficersOfAll("/officials/duplicates/**");
  }

  @Bean
  NavigationEntry officialsEntry() {
    return new NavigationEntry(20, "nav.officials", "/officials", "people", false);
  }

  @Bean
  NavigationEntry unitsEntry() {
    return new NavigationEntry(30, "nav.units", "/units", "tree", false);
  }

  @Bean
  NavigationEntry importsEntry() {
    return new NavigationEntry(80, "nav.imports", "/imports", "tray", false);
  }

  @Bean
  NavigationEntry ownRecord() {
    return new NavigationEntry(10, "nav.me", "/me", "person", true);
  }

  @Bean
  NavigationEntry ownPath() {
    return new NavigationEntry(20, "nav.path", "/me/path", "tree", true);
  }

  @Bean
  NavigationEntry ownCorrections() {
    return new NavigationEntry(30, "nav.corrections", "/me/corrections", "clauses", true);
  }

  @Bean
  NavigationEntry correctionsEntry() {
    return new NavigationEntry(25, "nav.corrections", "/corrections", "clauses", false);
  }
}
