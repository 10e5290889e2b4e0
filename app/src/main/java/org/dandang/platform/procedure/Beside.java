package org.dandang.platform.procedure;

import java.util.List;
import java.util.Map;
import org.dandang.platform.access.SignedIn;
import org.dandang.platform.web.Page;

/**
 * Something a module shows beside a matter to those who work on it, never to the party: similar
 * cases, how a plan stands.
 */
public interface Beside {
  /**
   * What there is to show; empty for nothing.
   *
   * @param answers the newest signed answer to each field
   */
  List<Part> of(MatterView view, Map<String, String> answers, SignedIn reader, Page page);

  /**
   * A part of the page.
   *
   * @param title as it is shown
   * @param about a sentence on what it is; empty for none
   */
  record Part(String title, String about, List<Line> lines) {
    public Part {
      lines = List.copyOf(lines);
    }
  }

  /**
   * A line of it.
   *
   * @param path where it leads; empty for nowhere
   * @param note what is told beside it
   */
  record Line(String text, String path, String note) {}
}
