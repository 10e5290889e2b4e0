package org.dandang.platform.notice;

import java.util.List;
import org.dandang.platform.deadline.Deadline;
import org.dandang.platform.deadline.DeadlineEscalated;
import org.dandang.platform.deadline.DeadlineMoved;
import org.dandang.platform.deadline.DeadlinePassed;
import org.dandang.platform.deadline.DeadlineReminder;
import org.dandang.platform.web.Wordings;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Tells people about deadlines, in the transaction in which it is recorded. */
@Component
class DeadlineNotices {
  private final Notices notices;
  private final Wordings wordings;

  DeadlineNotices(Notices notices, Wordings wordings) {
    this.notices = notices;
    this.wordings = wordings;
  }

  @EventListener
  void on(DeadlineReminder event) {
    tell(event.deadline(), "reminded-" + event.workingDaysBefore(), event.deadline().remind());
  }

  @EventListener
  void on(DeadlinePassed event) {
    tell(event.deadline(), "passed", event.deadline().remind());
  }

  @EventListener
  void on(DeadlineEscalated event) {
    tell(event.deadline(), "escalated", event.deadline().escalate());
  }

  @EventListener
  void on(DeadlineMoved event) {
    tell(event.deadline(), "moved", event.deadline().remind());
  }

  private void tell(Deadline deadline, String what, List<Recipient> whom) {
    if (whom.isEmpty()) {
      return;
    }
    notices.send(
        new NewNotice(
            "deadline:" + deadline.id() + ":" + what + ":" + deadline.due(),
            wordings.of(
                "notice.deadline." + what.replaceFirst("-\\d+$", ""),
                deadline.name(),
                deadline.due().toString()),
            null,
            deadline.path(),
            whom,
            "clock"));
  }
}
