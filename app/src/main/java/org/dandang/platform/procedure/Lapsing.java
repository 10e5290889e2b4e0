package org.dandang.platform.procedure;

import org.dandang.platform.deadline.DeadlineMoved;
import org.dandang.platform.deadline.DeadlinePassed;
import org.dandang.platform.web.Refused;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Hears what becomes of the deadlines of steps, in the transaction in which it is recorded. Where a
 * register refuses what the end of a time would enter, nothing of it is kept but that it was
 * refused: people are told, once, and the step stays theirs.
 */
@Component
class Lapsing {
  private final Course course;
  private final MatterSteps steps;
  private final TransactionTemplate within;

  Lapsing(Course course, MatterSteps steps, PlatformTransactionManager transactions) {
    this.course = course;
    this.steps = steps;
    this.within = new TransactionTemplate(transactions);
    within.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
  }

  @EventListener
  void passed(DeadlinePassed event) {
    MatterSteps.of(event.deadline()).ifPresent(this::lapse);
  }

  private void lapse(long step) {
    try {
      within.executeWithoutResult(status -> course.lapse(step));
    } catch (Refused refused) {
      course.lapseRefused(step, refused);
    }
  }

  @EventListener
  void moved(DeadlineMoved event) {
    MatterSteps.of(event.deadline()).ifPresent(step -> steps.moved(step, event.deadline()));
  }
}
