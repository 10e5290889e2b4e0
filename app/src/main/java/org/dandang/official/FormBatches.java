package org.dandang.official;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.dandang.platform.export.Mark;
import org.dandang.platform.jobs.Job;
import org.dandang.platform.jobs.Jobs;
import org.dandang.platform.jobs.Told;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Forms of many people, written into one zip as long work; the newest files stay for a while. */
@Component
class FormBatches {
  private static final int KEPT = 20;

  private final FormExport export;
  private final Jobs jobs;
  private final MessageSource messages;
  private final Map<String, Written> written = new ConcurrentHashMap<>();
  private final Deque<String> order = new ArrayDeque<>();

  FormBatches(FormExport export, Jobs jobs, MessageSource messages) {
    this.export = export;
    this.jobs = jobs;
    this.messages = messages;
  }

  /**
   * A file that was written.
   *
   * @param mark what every form in it carries
   * @param owner sign-in name of who asked for it; nobody else gets it
   */
  record Written(String owner, FormFormat format, int count, Mark mark, Path file) {}

  /** The office's own template cannot be used, in the reader's words. */
  private static final class Refused extends RuntimeException implements Told {
    private static final long serialVersionUID = 1L;
    private final TemplateProblem problem;
    private final transient MessageSource messages;

    Refused(TemplateProblem problem, MessageSource messages) {
      super(problem);
      this.problem = problem;
      this.messages = messages;
    }

    @Override
    public String text(Locale language) {
      return problem.in(language, messages);
    }
  }

  Job start(List<Long> officials, FormFormat format, String title, String owner) {
    String id = UUID.randomUUID().toString();
    return jobs.start(
        title,
        owner,
        progress -> {
          Path file = Files.createTempFile("dandang-forms", ".zip");
          file.toFile().deleteOnExit();
          try {
            FormExport.Zipped zipped = export.zip(officials, format, file, owner, progress);
            remember(id, new Written(owner, format, zipped.count(), zipped.mark(), file));
            return "/officials/forms/" + id;
          } catch (TemplateProblem problem) {
            Files.deleteIfExists(file);
            throw new Refused(problem, messages);
          } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(file);
            throw e;
          }
        });
  }

  Optional<Written> find(String id, String owner) {
    return Optional.ofNullable(written.get(id)).filter(each -> each.owner().equals(owner));
  }

  private synchronized void remember(String id, Written file) throws IOException {
    written.put(id, file);
    order.addLast(id);
    while (order.size() > KEPT) {
      Written old = written.remove(order.removeFirst());
      if (old != null) {
        Files.deleteIfExists(old.file());
      }
    }
  }
}
