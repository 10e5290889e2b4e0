package org.dandang.platform.jobs;

import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.dandang.platform.ledger.Acting;
import org.dandang.platform.storage.Sight;
import org.dandang.platform.storage.Sights;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/** Long work started from a page. What it makes is kept by whoever does it; a job is its course. */
@Component
public class Jobs implements DisposableBean {
  private static final Logger LOG = LoggerFactory.getLogger(Jobs.class);
  private static final int KEPT = 200;

  private final Clock clock;
  private final Map<String, Job> jobs = new ConcurrentHashMap<>();
  private final Deque<String> order = new ArrayDeque<>();
  private final ExecutorService workers = Executors.newFixedThreadPool(2);

  Jobs(Clock clock) {
    this.clock = clock;
  }

  /** Work that ends with the path of its result's page. */
  @FunctionalInterface
  public interface Work {
    String run(Progress progress) throws Exception;
  }

  /**
   * Starts work; at most two pieces run at a time, the others wait. It sees of people's records
   * what its starter sees; work that needs more takes it ({@link Sights#everything}).
   */
  public Job start(String title, String owner, Work work) {
    Sight sight = Sights.now();
    String forWhom = Acting.forWhom();
    Job job = new Job(UUID.randomUUID().toString(), title, owner, clock);
    remember(job);
    workers.execute(
        () -> {
          try {
            Acting.forAnother(forWhom);
            job.done(Sights.doing(sight, () -> work.run(job)));
          } catch (Exception e) {
            if (!job.cancelled()) {
              LOG.warn("Job {} failed", title, e);
            }
            job.failed(e);
          } catch (Error e) {
            // Whoever waits for it is told, whatever went wrong; the log has all of it.
            LOG.error("Job {} failed", title, e);
            job.failed(e);
          }
        });
    return job;
  }

  public Optional<Job> find(String id) {
    return Optional.ofNullable(jobs.get(id));
  }

  private synchronized void remember(Job job) {
    jobs.put(job.id(), job);
    order.addLast(job.id());
    while (order.size() > KEPT) {
      jobs.remove(order.removeFirst());
    }
  }

  @Override
  public void destroy() {
    jobs.values().forEach(Job::cancel);
    workers.shutdownNow();
  }
}
