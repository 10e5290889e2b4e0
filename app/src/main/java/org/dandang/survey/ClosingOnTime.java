package org.dandang.survey;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** While pages are served, votes are closed within half a minute of their time. */
@Component
@ConditionalOnWebApplication
class ClosingOnTime implements DisposableBean {
  private static final Logger LOG = LoggerFactory.getLogger(ClosingOnTime.class);
  private static final int EVERY_SECONDS = 30;

  private final Closing closing;
  private final ScheduledExecutorService clockwork =
      Executors.newSingleThreadScheduledExecutor(
          task -> Thread.ofPlatform().daemon().name("closing votes").unstarted(task));

  ClosingOnTime(Closing closing) {
    this.closing = closing;
  }

  @EventListener(ApplicationReadyEvent.class)
  void begin() {
    ScheduledFuture<?> running =
        clockwork.scheduleWithFixedDelay(this::close, 1, EVERY_SECONDS, TimeUnit.SECONDS);
    LOG.debug("Votes are closed at their time: {}", running);
  }

  private void close() {
    try {
      closing.closeWhatIsOver();
    } catch (RuntimeException e) {
      LOG.warn("Votes that are over could not be closed; they are tried again", e);
    }
  }

  @Override
  public void destroy() {
    clockwork.shutdownNow();
  }
}
