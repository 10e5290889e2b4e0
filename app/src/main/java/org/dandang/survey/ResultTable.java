package org.dandang.survey;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The count of one question, in words.
 *
 * @param columns heads, the first one's included
 * @param verdict what it comes to, in a sentence; empty where it decides nothing
 * @param kind of the verdict, for its colour: {@code met}, {@code not-met}, {@code person-decides}
 * @param tied whether votes are equal and people have to decide
 */
public record ResultTable(
    String key,
    String title,
    List<String> columns,
    List<Line> lines,
    String verdict,
    String kind,
    boolean tied) {
  public ResultTable {
    columns = List.copyOf(columns);
    lines = List.copyOf(lines);
  }

  /**
   * A line.
   *
   * @param part of an answer, by which what it counts is opened; null: nothing to open
   * @param cells numbers and shares
   */
  public record Line(String name, @Nullable String part, List<Object> cells) {
    public Line {
      cells = List.copyOf(cells);
    }
  }
}
