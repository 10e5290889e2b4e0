package org.dandang.platform.procedure;

import org.dandang.platform.deadline.DeadlineMoved;
import org.dandang.platform.deadline.DeadlinePassed;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Hears what becomes of the deadlines of steps, in the transaction in which it is recorded. */
@Component
class Lapsing {
  private final Course course;
  private final MatterSteps steps;

  Lapsing(Course course, MatterSteps steps) {
    this.course = course;
    this.steps = steps;
  }

  @EventListener
  void passed(DeadlinePassed event) {
    MatterSteps.of(event.deadline()).ifPresent(course::lapse);
  }

  @EventListener
  void moved(DeadlineMoved event) {
    MatterSteps.of(event.deadline()).ifPresent(step -> steps.moved(step, event.deadline()));
  }
}
