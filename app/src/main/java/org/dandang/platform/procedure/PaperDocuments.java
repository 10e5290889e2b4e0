package org.dandang.platform.procedure;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.poi.wp.usermodel.HeaderFooterType;
import org.apache.poi.xwpf.usermodel.ParagraphAlignment;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.apache.poi.xwpf.usermodel.XWPFFooter;
import org.apache.poi.xwpf.usermodel.XWPFParagraph;
import org.apache.poi.xwpf.usermodel.XWPFRun;
import org.apache.poi.xwpf.usermodel.XWPFTable;
import org.apache.poi.xwpf.usermodel.XWPFTableCell;
import org.apache.poi.xwpf.usermodel.XWPFTableRow;
import org.dandang.platform.export.Mark;
import org.dandang.platform.web.Page;
import org.openxmlformats.schemas.wordprocessingml.x2006.main.CTPageMar;
import org.openxmlformats.schemas.wordprocessingml.x2006.main.CTPageSz;
import org.openxmlformats.schemas.wordprocessingml.x2006.main.CTSectPr;
import org.springframework.stereotype.Component;

/**
 * A signed form as a .docx: as its pack lays it out, as official papers are, or else its title, its
 * fields as on paper, and who signed it when.
 */
@Component
class PaperDocuments {
  private static final String TITLE_FONT = "SimHei";
  private static final String FONT = "FangSong";

  /** Margins of an official paper, in twentieths of a point: 37, 35, 28 and 26 mm. */
  private static final int[] MARGINS = {2098, 1984, 1587, 1474};

  private static final int LINE = 560;
  private static final int TWO_LETTERS = 640;

  /** A paper that its pack lays out. */
  byte[] write(PrintedPaper paper, Mark mark) throws IOException {
    try (XWPFDocument document = new XWPFDocument();
        ByteArrayOutputStream out = new ByteArrayOutputStream()) {
      XWPFFooter foot = sheet(document);
      XWPFParagraph title = document.createParagraph();
      title.setAlignment(ParagraphAlignment.CENTER);
      title.setSpacingAfter(LINE / 2);
      run(title, paper.title(), TITLE_FONT, 22);
      if (paper.number() != null) {
        line(document, paper.number(), FONT, 16, ParagraphAlignment.CENTER);
      }
      if (paper.to() != null) {
        line(document, paper.to(), FONT, 16, ParagraphAlignment.LEFT);
      }
      for (PrintedPaper.Block block : paper.blocks()) {
        switch (block) {
          case PrintedPaper.Block.Paragraphs text ->
              text.lines()
                  .forEach(
                      words -> {
                        XWPFParagraph paragraph = document.createParagraph();
                        paragraph.setAlignment(ParagraphAlignment.BOTH);
                        paragraph.setIndentationFirstLine(TWO_LETTERS);
                        run(paragraph, words, FONT, 16);
                      });
          case PrintedPaper.Block.Rows rows -> {
            XWPFTable table = document.createTable(rows.rows().size(), 2);
            table.setWidth("100%");
            for (int i = 0; i < rows.rows().size(); i++) {
              XWPFTableRow row = table.getRow(i);
              row.getCell(0).setWidth("28%");
              row.getCell(1).setWidth("72%");
              cell(row.getCell(0), rows.rows().get(i).label());
              cell(row.getCell(1), rows.rows().get(i).value());
            }
            document.createParagraph();
          }
        }
      }
      XWPFParagraph signer = document.createParagraph();
      signer.setAlignment(ParagraphAlignment.RIGHT);
      signer.setSpacingBefore(2 * LINE);
      signer.setKeepNext(true);
      run(signer, paper.signer(), FONT, 16);
      XWPFParagraph date = document.createParagraph();
      date.setAlignment(ParagraphAlignment.RIGHT);
      date.setKeepNext(paper.seal() != null);
      run(date, paper.date(), FONT, 16);
      if (paper.seal() != null) {
        XWPFParagraph seal = document.createParagraph();
        seal.setAlignment(ParagraphAlignment.RIGHT);
        seal.setSpacingAfter(3 * LINE);
        run(seal, paper.seal(), FONT, 12);
      }
      line(document, paper.mark(), FONT, 9, ParagraphAlignment.LEFT);
      mark(document, foot, mark);
      document.write(out);
      return out.toByteArray();
    }
  }

  private static XWPFFooter sheet(XWPFDocument document) {
    CTSectPr section = document.getDocument().getBody().addNewSectPr();
    CTPageSz size = section.addNewPgSz();
    size.setW(BigInteger.valueOf(11906));
    size.setH(BigInteger.valueOf(16838));
    CTPageMar margins = section.addNewPgMar();
    margins.setTop(BigInteger.valueOf(MARGINS[0]));
    margins.setBottom(BigInteger.valueOf(MARGINS[1]));
    margins.setLeft(BigInteger.valueOf(MARGINS[2]));
    margins.setRight(BigInteger.valueOf(MARGINS[3]));
    XWPFFooter foot = document.createFooter(HeaderFooterType.DEFAULT);
    XWPFParagraph number = foot.createParagraph();
    number.setAlignment(ParagraphAlignment.CENTER);
    number.getCTP().addNewFldSimple().setInstr("PAGE");
    return foot;
  }

  /** Who took the document: below every page, and signed among its properties. */
  private static void mark(XWPFDocument document, XWPFFooter foot, Mark mark) {
    XWPFParagraph line = foot.createParagraph();
    line.setAlignment(ParagraphAlignment.CENTER);
    run(line, mark.line(), FONT, 8);
    document.getProperties().getCustomProperties().addProperty(Mark.PROPERTY, mark.token());
  }

  /** The fields of a form as they are, where no pack lays it out. */
  byte[] write(MatterView view, Paper paper, Page page, Mark mark) throws IOException {
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
      mark(document, document.createFooter(HeaderFooterType.DEFAULT), mark);
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
