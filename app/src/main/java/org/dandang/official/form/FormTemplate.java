package org.dandang.official.form;

import com.deepoove.poi.XWPFTemplate;
import com.deepoove.poi.config.Configure;
import com.deepoove.poi.data.PictureRenderData;
import com.deepoove.poi.data.PictureType;
import com.deepoove.poi.data.Pictures;
import com.deepoove.poi.plugin.table.LoopRowTableRenderPolicy;
import com.deepoove.poi.template.ElementTemplate;
import com.deepoove.poi.template.MetaTemplate;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.LocalDate;
import java.time.Period;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.poi.openxml4j.exceptions.OpenXML4JException;
import org.apache.poi.openxml4j.opc.OPCPackage;
import org.apache.poi.openxml4j.opc.PackagePart;
import org.apache.poi.openxml4j.opc.PackageRelationship;
import org.apache.poi.openxml4j.opc.TargetMode;
import org.apache.poi.wp.usermodel.HeaderFooterType;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.apache.poi.xwpf.usermodel.XWPFRun;
import org.dandang.official.TemplateProblem;
import org.dandang.official.register.PartialDate;
import org.dandang.platform.export.Mark;
import org.jspecify.annotations.Nullable;

/**
 * The form as a DOCX: a document with the elements of the form as tags, <code>{{XingMing}}</code>,
 * the photo as <code>{{@ZhaoPian}}</code>, the family table's tag <code>{{JiaTingChengYuan}}</code>
 * in the row above the one that is repeated, whose cells are <code>[ChengWei]</code> and so on. An
 * office may use a document of its own; what it writes holds nothing that runs or is fetched.
 */
public final class FormTemplate {
  /** Lines of the family table that paper has at least. */
  public static final int FAMILY_LINES = 7;

  private static final String AGE = "NianLing";
  private static final int MOST_BYTES = 10_000_000;
  private static final int PHOTO_WIDTH = 113;
  private static final int PHOTO_HEIGHT = 170;

  private static final Set<String> TAGS =
      Stream.concat(Arrays.stream(FormElement.values()).map(FormElement::xml), Stream.of(AGE))
          .collect(Collectors.toUnmodifiableSet());

  private final byte[] file;

  private FormTemplate(byte[] file) {
    this.file = file;
  }

  /** The layout of the paper form: A4, two pages. */
  public static FormTemplate usual() {
    return new FormTemplate(usualFile());
  }

  /** The document of {@link #usual}, to begin one's own from. */
  public static byte[] usualFile() {
    try (InputStream in =
        Objects.requireNonNull(FormTemplate.class.getResourceAsStream("/forms/appointment.docx"))) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * An office's own document.
   *
   * @param name of the file, for what is told
   * @throws TemplateProblem for what is no document, holds macros, objects or links to files
   *     elsewhere, or a tag the form does not have
   */
  public static FormTemplate of(String name, byte[] file) {
    if (file.length > MOST_BYTES) {
      throw new TemplateProblem("too-large", name, Integer.toString(MOST_BYTES / 1_000_000));
    }
    try (XWPFTemplate template = compiled(file)) {
      String runs = whatRuns(template.getXWPFDocument().getPackage());
      if (runs != null) {
        throw new TemplateProblem("not-plain", name, runs);
      }
      Set<String> unknown = new TreeSet<>();
      for (MetaTemplate tag : template.getElementTemplates()) {
        if (tag instanceof ElementTemplate element && !TAGS.contains(element.getTagName())) {
          unknown.add(element.getSource());
        }
      }
      if (!unknown.isEmpty()) {
        throw new TemplateProblem("unknown-tag", name, String.join(" ", unknown));
      }
    } catch (TemplateProblem problem) {
      throw problem;
    } catch (IOException | OpenXML4JException | RuntimeException e) {
      throw new TemplateProblem("unreadable", name);
    }
    return new FormTemplate(file);
  }

  private static @Nullable String whatRuns(OPCPackage parts) throws OpenXML4JException {
    for (PackagePart part : parts.getParts()) {
      String type = part.getContentType().toLowerCase(Locale.ROOT);
      if (type.contains("macro")
          || type.contains("vba")
          || type.contains("activex")
          || type.contains("oleobject")
          || part.getPartName().getName().startsWith("/word/embeddings/")) {
        return part.getPartName().getName();
      }
      if (!part.isRelationshipPart()) {
        for (PackageRelationship relation : part.getRelationships()) {
          if (relation.getTargetMode() == TargetMode.EXTERNAL) {
            return String.valueOf(relation.getTargetURI());
          }
        }
      }
    }
    return null;
  }

  private static XWPFTemplate compiled(byte[] file) {
    Lines lines = new Lines();
    return XWPFTemplate.compile(
        new ByteArrayInputStream(file),
        Configure.builder()
            .bind(FormElement.RESUME.xml(), lines)
            .bind(FormElement.REWARDS_AND_PENALTIES.xml(), lines)
            .bind(FormElement.ASSESSMENTS.xml(), lines)
            .bind(FormElement.REASON.xml(), lines)
            .bind(FormElement.FAMILY.xml(), new LoopRowTableRenderPolicy())
            .build());
  }

  /**
   * Writes a form.
   *
   * @param filledIn the day it is filled in, for which the age is told
   */
  public void write(AppointmentForm form, LocalDate filledIn, OutputStream out) throws IOException {
    try (XWPFTemplate template = compiled(file)) {
      template.render(said(form, filledIn)).write(out);
    }
  }

  /** As {@link #write}, with who takes the form below each page and in a document property. */
  public void write(AppointmentForm form, LocalDate filledIn, Mark mark, OutputStream out)
      throws IOException {
    try (XWPFTemplate template = compiled(file)) {
      template.render(said(form, filledIn));
      XWPFDocument document = template.getXWPFDocument();
      XWPFRun line = document.createFooter(HeaderFooterType.DEFAULT).createParagraph().createRun();
      line.setFontSize(7);
      line.setColor("808080");
      line.setText(mark.line());
      document.getProperties().getCustomProperties().addProperty(Mark.PROPERTY, mark.token());
      template.write(out);
    }
  }

  private static Map<String, Object> said(AppointmentForm form, LocalDate filledIn) {
    Map<String, Object> said = new HashMap<>();
    for (FormElement element : FormElement.values()) {
      said.put(element.xml(), plain(form.dated(element)));
    }
    said.put(
        AGE,
        PartialDate.read(form.text(FormElement.BORN))
            .filter(born -> born.precision() != 'Y')
            .map(born -> "（" + Period.between(born.first(), filledIn).getYears() + "岁）")
            .orElse(""));
    said.put(
        FormElement.FILLED_IN_ON.xml(),
        "%d年%d月%d日"
            .formatted(filledIn.getYear(), filledIn.getMonthValue(), filledIn.getDayOfMonth()));
    said.put(FormElement.AGE_AS_OF.xml(), filledIn.toString());
    PictureRenderData photo = photo(form.photo());
    if (photo == null) {
      said.remove(FormElement.PHOTO.xml());
    } else {
      said.put(FormElement.PHOTO.xml(), photo);
    }
    said.put(FormElement.FAMILY.xml(), family(form));
    return said;
  }

  private static List<Map<String, String>> family(AppointmentForm form) {
    List<Map<String, String>> lines = new ArrayList<>();
    for (AppointmentForm.FamilyMember member : form.family()) {
      lines.add(
          line(
              member.relation(),
              member.name(),
              AppointmentForm.dotted(member.born()),
              member.affiliation(),
              member.employment()));
    }
    while (lines.size() < FAMILY_LINES) {
      lines.add(line("", "", "", "", ""));
    }
    return lines;
  }

  private static Map<String, String> line(
      String relation, String name, String born, String affiliation, String employment) {
    return Map.of(
        "ChengWei", plain(relation),
        "XingMing", plain(name),
        "ChuShengRiQi", plain(born),
        "ZhengZhiMianMao", plain(affiliation),
        "GongZuoDanWeiJiZhiWu", plain(employment));
  }

  /** As large as the form's place for it allows, in its own proportions; null where none can be. */
  private static @Nullable PictureRenderData photo(byte @Nullable [] bytes) {
    if (bytes == null) {
      return null;
    }
    try {
      BufferedImage image = ImageIO.read(new ByteArrayInputStream(bytes));
      if (image == null) {
        return null;
      }
      double scale =
          Math.min(
              (double) PHOTO_WIDTH / image.getWidth(), (double) PHOTO_HEIGHT / image.getHeight());
      return Pictures.ofBytes(bytes, PictureType.JPEG)
          .size(
              Math.max(1, (int) (image.getWidth() * scale)),
              Math.max(1, (int) (image.getHeight() * scale)))
          .create();
    } catch (IOException | IllegalArgumentException e) {
      return null;
    }
  }

  /** Without what XML cannot hold. */
  private static String plain(String text) {
    return text.codePoints()
        .filter(
            c ->
                c == '\n' || c >= 0x20 && c <= 0xD7FF || c >= 0xE000 && c <= 0xFFFD || c >= 0x10000)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
