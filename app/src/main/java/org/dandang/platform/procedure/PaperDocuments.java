package org.dandang.platform.procedure;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.poi.xwpf.usermodel.ParagraphAlignment;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.apache.poi.xwpf.usermodel.XWPFParagraph;
import org.apache.poi.xwpf.usermodel.XWPFRun;
import org.apache.poi.xwpf.usermodel.XWPFTable;
import org.apache.poi.xwpf.usermodel.XWPFTableCell;
import org.apache.poi.xwpf.usermodel.XWPFTableRow;
import org.dandang.platform.web.Page;
import org.springframework.stereotype.Component;

/** A signed form as a .docx: its title, its fields as on paper, and who signed it when. */
@Component
class PaperDocuments {
  private static final String TITLE_FONT = "SimHei";
  private static final String FONT = "FangSong";

  byte[] write(MatterView view, Paper paper, Page page) throws IOException {
    Procedure procedure = view.matter().procedure();
    Form form = procedure.forms().get(paper.form());
    try (XWPFDocument document = new XWPFDocument();
        ByteArrayOutputStream out = new ByteArrayOutputStream()) {
      line(
          document,
          procedure.texts().in(page.tag(), "form." + paper.form()),
          TITLE_FONT,
          18,
          ParagraphAlignment.CENTER);
      line(
          document,
          page.word("procedure.paper.of", view.matter().id(), view.about()),
          FONT,
          12,
          ParagraphAlignment.LEFT);
      List<Field> fields = form == null ? List.of() : form.fields();
      XWPFTable table = document.createTable(Math.max(1, fields.size()), 2);
      table.setWidth("100%");
      for (int i = 0; i < fields.size() && form != null; i++) {
        Field field = fields.get(i);
        XWPFTableRow row = table.getRow(i);
        cell(
            row.getCell(0),
            procedure.texts().in(page.tag(), "field." + form.id() + "." + field.id()));
        cell(row.getCell(1), Answer.of(procedure, form, field, paper, page));
      }
      line(
          document,
          page.word(
              "procedure.paper.signed",
              paper.signedName(),
              page.moment(paper.signedAt()),
              String.valueOf(paper.hash())),
          FONT,
          10,
          ParagraphAlignment.RIGHT);
      document.write(out);
      return out.toByteArray();
    }
  }

  private static void line(
      XWPFDocument document, String text, String font, int size, ParagraphAlignment where) {
    XWPFParagraph paragraph = document.createParagraph();
    paragraph.setAlignment(where);
    run(paragraph, text, font, size);
  }

  private static void cell(XWPFTableCell cell, String text) {
    XWPFParagraph paragraph = cell.getParagraphs().getFirst();
    String[] lines = text.split("\n", -1);
    for (int i = 0; i < lines.length; i++) {
      XWPFRun run = run(paragraph, lines[i], FONT, 12);
      if (i + 1 < lines.length) {
        run.addBreak();
      }
    }
  }

  private static XWPFRun run(XWPFParagraph paragraph, String text, String font, int size) {
    XWPFRun run = paragraph.createRun();
    run.setText(
        text.chars()
            .filter(c -> c >= ' ' || c == '\t')
            .mapToObj(c -> String.valueOf((char) c))
            .collect(Collectors.joining()));
    run.setFontFamily(font);
    run.setFontSize(size);
    return run;
  }
}
