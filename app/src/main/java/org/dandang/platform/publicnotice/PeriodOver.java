package org.dandang.platform.publicnotice;

import org.dandang.platform.deadline.DeadlinePassed;
import org.dandang.platform.notice.NewNotice;
import org.dandang.platform.notice.Notices;
import org.dandang.platform.notice.Recipient;
import org.dandang.platform.web.Wordings;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Asks those who handle a notice for its result when its period is over. */
@Component
class PeriodOver {
  private final PublicNotices publicNotices;
  private final Notices notices;
  private final Wordings wordings;

  PeriodOver(PublicNotices publicNotices, Notices notices, Wordings wordings) {
    this.publicNotices = publicNotices;
    this.notices = notices;
    this.wordings = wordings;
  }

  @EventListener
  void on(DeadlinePassed event) {
    if (!event.deadline().owner().kind().equals(PublicNotices.OWNER)) {
      return;
    }
    long id = Long.parseLong(event.deadline().owner().id());
    PublicNotice notice = publicNotices.one(id);
    notices.send(
        new NewNotice(
            "public-notice:" + id + ":over:" + event.deadline().due(),
            wordings.of("public-notice.told.over", notice.title()),
            null,
            "/public-notices/" + id,
            publicNotices.handlers(id).stream()
                .map(handler -> (Recipient) new Recipient.OfAccount(handler))
                .toList(),
            "clock"));
  }
}
