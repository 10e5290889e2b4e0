package org.dandang.commandline;

import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import org.dandang.platform.jobs.Progress;
import org.springframework.context.MessageSource;

/**
 * Where an import stands, on standard error: one line written over on a terminal, else a line now
 * and then.
 */
final class ConsoleProgress implements Progress {
  private static final long ON_A_TERMINAL = 200_000_000L;
  private static final long ELSEWHERE = 5_000_000_000L;

  private final PrintStream out;
  private final boolean terminal;
  private final String file;
  private final MessageSource messages;
  private final Locale language;
  private final AtomicBoolean cancelled;
  private String step = "";
  private long stepBegan;
  private long doneAtStart;
  private long lastShown;
  private int shownWidth;

  ConsoleProgress(
      PrintStream out,
      boolean terminal,
      String file,
      MessageSource messages,
      Locale language,
      AtomicBoolean cancelled) {
    this.out = out;
    this.terminal = terminal;
    this.file = file;
    this.messages = messages;
    this.language = language;
    this.cancelled = cancelled;
  }

  @Override
  public synchronized void at(String now, long done, long total) {
    long time = System.nanoTime();
    boolean first = !now.equals(step);
    if (first) {
      step = now;
      stepBegan = time;
      doneAtStart = done;
    }
    if (!first && time - lastShown < (terminal ? ON_A_TERMINAL : ELSEWHERE)) {
      return;
    }
    lastShown = time;
    StringBuilder line = new StringBuilder(file).append("  ");
    line.append(messages.getMessage(now, null, language));
    if (total > 0 && done > 0) {
      line.append("  ").append("%,d / %,d".formatted(done, total));
      line.append("  ").append(Math.min(100, done * 100 / total)).append(" %");
      long elapsed = time - stepBegan;
      if (elapsed > 100_000_000L) {
        String rate = "%,d".formatted((done - doneAtStart) * 1_000_000_000L / elapsed);
        line.append("  ")
            .append(messages.getMessage("importing.rate", new Object[] {rate}, language));
      }
    }
    show(line.toString());
  }

  private void show(String line) {
    if (!terminal) {
      out.println(line);
      return;
    }
    out.print("\r" + line + " ".repeat(Math.max(0, shownWidth - line.length())));
    out.flush();
    shownWidth = line.length();
  }

  /** Clears the line for what is printed next. */
  synchronized void over() {
    if (terminal && shownWidth > 0) {
      out.print("\r" + " ".repeat(shownWidth * 2) + "\r");
      out.flush();
      shownWidth = 0;
    }
  }

  @Override
  public boolean cancelled() {
    return cancelled.get();
  }
}
