package org.dandang.official.importing;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows that were made by reading something else, below a header of their own. */
final class MemoryRows implements Rows {
  private final String[] header;
  private final List<Row> rows;
  private int at = -1;

  /**
   * @param line where it came from
   * @param cells as many as the header has
   */
  record Row(int line, String[] cells) {}

  MemoryRows(String[] header, List<Row> rows) {
    this.header = header;
    this.rows = rows;
  }

  @Override
  public boolean next() {
    return ++at <= rows.size();
  }

  @Override
  public String[] cells() {
    return at == 0 ? header : rows.get(at - 1).cells();
  }

  @Override
  public int width() {
    return cells().length;
  }

  @Override
  public int line() {
    return at == 0 ? 0 : rows.get(at - 1).line();
  }

  @Override
  public int sheet() {
    return 0;
  }

  @Override
  public @Nullable String sheetName() {
    return null;
  }

  @Override
  public void close() {}
}
