package org.dandang.protection;

import org.dandang.official.RowsOfPeople;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What of this module's registers goes with an official whose two records are made one. */
@Configuration(proxyBeanMethods = false)
class RowsThatFollow {
  @Bean
  RowsOfPeople toleranceRowsOfPeople() {
    return RowsOfPeople.of("protection.tolerance");
  }

  @Bean
  RowsOfPeople correctionPlanRowsOfPeople() {
    return RowsOfPeople.of("protection.correction_plan");
  }

  @Bean
  RowsOfPeople correctionItemRowsOfPeople() {
    return RowsOfPeople.of("protection.correction_item");
  }

  @Bean
  RowsOfPeople reportOutcomeRowsOfPeople() {
    return RowsOfPeople.of("protection.report_outcome");
  }

  @Bean
  RowsOfPeople clarificationRowsOfPeople() {
    return RowsOfPeople.of("protection.clarification");
  }

  @Bean
  RowsOfPeople leadPersonRowsOfPeople() {
    return RowsOfPeople.of("protection.lead_person");
  }

  @Bean
  RowsOfPeople sanctionRowsOfPeople() {
    return RowsOfPeople.of("protection.sanction");
  }

  @Bean
  RowsOfPeople mentorRowsOfPeople() {
    return RowsOfPeople.of("protection.mentor");
  }

  @Bean
  RowsOfPeople evaluationRowsOfPeople() {
    return RowsOfPeople.of("protection.evaluation");
  }

  @Bean
  RowsOfPeople reuseRowsOfPeople() {
    return RowsOfPeople.of("protection.reuse");
  }

  @Bean
  RowsOfPeople findingRowsOfPeople() {
    return RowsOfPeople.of("protection.finding");
  }

  @Bean
  RowsOfPeople falseAccusationRowsOfPeople() {
    return RowsOfPeople.of("protection.false_accusation");
  }

  @Bean
  RowsOfPeople creditEntryRowsOfPeople() {
    return RowsOfPeople.of("protection.credit_entry");
  }

  @Bean
  RowsOfPeople caseOriginsOfPeople() {
    return new RowsOfPeople("protection.case_origin", "case_id", "official_id");
  }

  @Bean
  RowsOfPeople statementRowsOfPeople() {
    return new RowsOfPeople("protection.statement", "matter_id", "official_id");
  }

  @Bean
  RowsOfPeople lapseRowsOfPeople() {
    return RowsOfPeople.of("protection.lapse");
  }

  @Bean
  RowsOfPeople mentorsThemselves() {
    return new RowsOfPeople("protection.mentor", "id", "mentor_id");
  }
}
