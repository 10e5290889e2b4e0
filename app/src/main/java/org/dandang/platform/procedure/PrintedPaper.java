package org.dandang.platform.procedure;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A signed form as its pack lays it out, filled in: the same for the page and the document.
 *
 * @param number of the document; null for none
 * @param to whom it is addressed; null for nobody
 * @param signer who signs below
 * @param date the day below, as the language writes it
 * @param seal what marks the space for the seal; null for none
 * @param mark who signed in the program, when, with which hash
 */
public record PrintedPaper(
    String title,
    @Nullable String number,
    @Nullable String to,
    List<Block> blocks,
    String signer,
    String date,
    @Nullable String seal,
    String mark) {
  public PrintedPaper {
    blocks = List.copyOf(blocks);
  }

  /** What stands on the page, from above. */
  public sealed interface Block {
    record Paragraphs(List<String> lines) implements Block {
      public Paragraphs {
        lines = List.copyOf(lines);
      }
    }

    record Rows(List<Row> rows) implements Block {
      public Rows {
        rows = List.copyOf(rows);
      }
    }
  }

  /** A field with its answer. */
  public record Row(String label, String value) {}
}
