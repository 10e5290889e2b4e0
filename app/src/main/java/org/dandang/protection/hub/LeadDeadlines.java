package org.dandang.protection.hub;

import org.dandang.platform.deadline.DeadlineMoved;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Keeps the last day of a lead where its deadline has it: the calendar of working days moves it.
 */
@Component
class LeadDeadlines {
  private final JdbcClient jdbc;

  LeadDeadlines(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @EventListener
  void moved(DeadlineMoved event) {
    if (event.deadline().owner().kind().equals(Intake.OWNER)) {
      jdbc.sql("update protection.lead set due_on = ? where id = ?")
          .params(event.deadline().due(), Long.valueOf(event.deadline().owner().id()))
          .update();
    }
  }
}
