package org.dandang.platform.custody;

import java.security.SecureRandom;
import org.dandang.platform.access.Door;
import org.dandang.platform.access.Role;
import org.dandang.platform.web.NavigationEntry;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(CustodySettings.class)
class CustodyConfiguration {
  @Bean
  Passphrase passphrase(CustodySettings settings) {
    return new Passphrase(settings.memory(), settings.rounds(), new SecureRandom());
  }

  /** Who holds a share, and who may ask for something to be opened. */
  @Bean
  Door custodyDoor() {
    return Door.to(
        "/custody/**",
        Role.CUSTODIAN,
        Role.PERSONNEL_OFFICER,
        Role.DISCIPLINE_OFFICER,
        Role.PETITION_OFFICER);
  }

  /** A key, and deciding on a request, is the custodians' alone. */
  @Bean
  Door custodianKeyDoor() {
    return Door.to("/custody/key/**", Role.CUSTODIAN);
  }

  @Bean
  Door custodianRenewalDoor() {
    return Door.to("/custody/renewal", Role.CUSTODIAN);
  }

  @Bean
  Door custodianConsentDoor() {
    return Door.to("/custody/requests/*/consent", Role.CUSTODIAN);
  }

  @Bean
  Door custodianRefusalDoor() {
    return Door.to("/custody/requests/*/refusal", Role.CUSTODIAN);
  }

  @Bean
  NavigationEntry custodyInTheNavigation() {
    return new NavigationEntry(95, "nav.custody", "/custody", "lock", false);
  }
}
