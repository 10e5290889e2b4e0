package org.dandang.platform.storage;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The {@link Sight} of the running thread. A request has its reader's, a job its starter's; work of
 * the program itself takes sight of everything where it needs it, and says so by calling {@link
 * #everything}. A thread that has been given none sees nothing.
 */
public final class Sights {
  private static final ThreadLocal<@Nullable Sight> OF_THREAD = new ThreadLocal<>();
  private static volatile Sight otherwise = new Sight.Nothing();

  private Sights() {}

  /** What the running thread sees. */
  public static Sight now() {
    Sight given = OF_THREAD.get();
    return given == null ? otherwise : given;
  }

  /** Does something with another sight than the thread's. */
  public static <T extends @Nullable Object> T as(Sight sight, Supplier<T> work) {
    Sight before = OF_THREAD.get();
    OF_THREAD.set(sight);
    try {
      return work.get();
    } finally {
      back(before);
    }
  }

  /** What may fail with a checked exception. */
  public interface Work<T extends @Nullable Object, E extends Exception> {
    T run() throws E;
  }

  /** As {@link #as}, for work that may fail. */
  public static <T extends @Nullable Object, E extends Exception> T doing(
      Sight sight, Work<T, E> work) throws E {
    Sight before = OF_THREAD.get();
    OF_THREAD.set(sight);
    try {
      return work.run();
    } finally {
      back(before);
    }
  }

  /** Does something for which everybody's records are needed, whoever asked for it. */
  public static <T extends @Nullable Object> T everything(Supplier<T> work) {
    return as(new Sight.Everything(), work);
  }

  /** As {@link #everything(Supplier)}, without a result. */
  public static void everywhere(Runnable work) {
    everything(
        () -> {
          work.run();
          return null;
        });
  }

  /** Asks for many people at once, with the sight the thread has. */
  public static <T extends @Nullable Object> T wide(Supplier<T> work) {
    return now() instanceof Sight.Part part
        ? as(
            new Sight.Part(
                part.day(),
                part.units(),
                part.own(),
                part.granted(),
                part.hidden(),
                true,
                part.account()),
            work)
        : work.get();
  }

  /**
   * What threads see that were given no sight: for a process that is one command of the machine's
   * operator.
   */
  public static void otherwise(Sight sight) {
    otherwise = sight;
  }

  private static void back(@Nullable Sight before) {
    if (before == null) {
      OF_THREAD.remove();
    } else {
      OF_THREAD.set(before);
    }
  }
}
