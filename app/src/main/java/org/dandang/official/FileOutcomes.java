package org.dandang.official;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What became of the last files that were sent, each for whoever sent it; the oldest goes, its
 * marked workbook with it, when there are too many.
 */
public final class FileOutcomes<T extends FileOutcomes.Outcome> {
  private static final int KEPT = 60;

  private final Map<String, T> ended = new ConcurrentHashMap<>();
  private final Deque<String> order = new ArrayDeque<>();

  /** What became of a file. */
  public interface Outcome {
    /** The sign-in name of whoever sent it. */
    String owner();

    /** The same workbook with the refused rows marked; null where there are none. */
    @Nullable Path refusedRows();

    /** All workbooks of refused rows, where an outcome is of several files. */
    default List<Path> workbooks() {
      Path refused = refusedRows();
      return refused == null ? List.of() : List.of(refused);
    }
  }

  /** Keeps an outcome and gives the id it is found by. */
  public synchronized String keep(T outcome) throws IOException {
    String id = UUID.randomUUID().toString();
    ended.put(id, outcome);
    order.addLast(id);
    while (order.size() > KEPT) {
      T old = ended.remove(order.removeFirst());
      for (Path refused : old == null ? List.<Path>of() : old.workbooks()) {
        Files.deleteIfExists(refused);
      }
    }
    return id;
  }

  /** The outcome of that id, for its owner alone. */
  public Optional<T> find(String id, String owner) {
    return Optional.ofNullable(ended.get(id)).filter(each -> each.owner().equals(owner));
  }
}
