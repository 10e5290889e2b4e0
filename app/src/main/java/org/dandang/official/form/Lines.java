package org.dandang.official.form;

import com.deepoove.poi.policy.AbstractRenderPolicy;
import com.deepoove.poi.render.RenderContext;
import com.deepoove.poi.xwpf.BodyContainer;
import com.deepoove.poi.xwpf.BodyContainerFactory;
import java.util.List;
import org.apache.poi.xwpf.usermodel.IBody;
import org.apache.poi.xwpf.usermodel.LineSpacingRule;
import org.apache.poi.xwpf.usermodel.XWPFParagraph;
import org.apache.poi.xwpf.usermodel.XWPFRun;
import org.apache.poi.xwpf.usermodel.XWPFTableCell;
import org.openxmlformats.schemas.wordprocessingml.x2006.main.CTPPr;

/**
 * Writes a text of several lines, each a paragraph with the look of the one that holds the tag: a
 * line that begins with a date hangs, one that goes on stands under it. Where the lines are more
 * than the row of the table is high the type becomes smaller, so that the form keeps its two pages.
 */
final class Lines extends AbstractRenderPolicy<String> {
  private static final double SMALLEST = 7.5;
  private static final double LINE_HEIGHT = 1.3;
  private static final int POINT = 20;

  @Override
  public void doRender(RenderContext<String> context) {
    XWPFRun run = context.getRun();
    List<String> lines = context.getData().lines().map(String::strip).toList();
    XWPFParagraph last = (XWPFParagraph) run.getParent();
    double usual = run.getFontSizeAsDouble() == null ? 12 : run.getFontSizeAsDouble();
    double size = fitting(lines, usual, last);
    double smaller = size / usual;
    BodyContainer body = BodyContainerFactory.getBodyContainer(run);
    for (String line : lines.subList(0, Math.max(0, lines.size() - 1))) {
      XWPFParagraph paragraph = body.insertNewParagraph(run);
      if (last.getCTP().getPPr() != null) {
        paragraph.getCTP().setPPr((CTPPr) last.getCTP().getPPr().copy());
      }
      XWPFRun one = paragraph.createRun();
      if (run.getCTR().getRPr() != null) {
        one.getCTR().addNewRPr().set(run.getCTR().getRPr().copy());
      }
      write(line, one, paragraph, size, smaller);
    }
    write(lines.isEmpty() ? "" : lines.getLast(), run, last, size, smaller);
  }

  private static void write(
      String line, XWPFRun run, XWPFParagraph paragraph, double size, double smaller) {
    run.setText(line, 0);
    if (smaller < 1) {
      run.setFontSize(size);
      if (paragraph.getSpacingBetween() > 0) {
        paragraph.setSpacingBetween(size * LINE_HEIGHT, LineSpacingRule.AT_LEAST);
      }
    }
    int hanging = paragraph.getIndentationHanging();
    if (hanging > 0) {
      paragraph.setIndentationLeft((int) (paragraph.getIndentationLeft() * smaller));
      paragraph.setIndentationHanging(begins(line) ? (int) (hanging * smaller) : 0);
    }
  }

  private static boolean begins(String line) {
    return !line.isEmpty() && Character.isDigit(line.charAt(0));
  }

  /** The largest type, in half points, with which the lines fit into the row. */
  private static double fitting(List<String> lines, double usual, XWPFParagraph paragraph) {
    IBody body = paragraph.getBody();
    if (!(body instanceof XWPFTableCell cell)
        || cell.getWidth() <= 0
        || cell.getTableRow().getHeight() <= 0) {
      return usual;
    }
    double height = cell.getTableRow().getHeight();
    double hanging = Math.max(0, paragraph.getIndentationHanging());
    double size = usual;
    while (size > SMALLEST && needed(lines, size, usual, cell.getWidth(), hanging) > height) {
      size -= 0.5;
    }
    return size;
  }

  private static double needed(
      List<String> lines, double size, double usual, double width, double hanging) {
    double em = size * POINT;
    double narrow = width - hanging * size / usual - em;
    double rows = 0;
    for (String line : lines) {
      double first = begins(line) ? width - em : narrow;
      double length = line.codePoints().mapToDouble(c -> c < 0x2E80 ? 0.5 : 1).sum() * em;
      rows += 1 + Math.max(0, Math.ceil((length - first) / narrow));
    }
    return rows * em * LINE_HEIGHT;
  }
}
