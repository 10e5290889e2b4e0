package org.dandang.platform.access;

import java.util.concurrent.atomic.AtomicLong;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * How often this process has changed what somebody may do; what was kept from before is old then.
 */
@Component
class Changes {
  private final AtomicLong counted = new AtomicLong();

  long counted() {
    return counted.get();
  }

  /** Counted when others can see the change of the running transaction. */
  void count() {
    if (TransactionSynchronizationManager.isSynchronizationActive()) {
      TransactionSynchronizationManager.registerSynchronization(
          new TransactionSynchronization() {
            @Override
            public void afterCompletion(int status) {
              counted.incrementAndGet();
            }
          });
    } else {
      counted.incrementAndGet();
    }
  }
}
