package org.dandang.official.form;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Writes a {@code .lrmx} file exactly: UTF-8, the elements in their order, empty ones too, lines of
 * text ending in CR LF, elements nobody described after the known ones.
 */
public final class LrmxWriter {
  /** The version of the form that is written where the form names none. */
  public static final String VERSION = "3.2.1.16";

  private LrmxWriter() {}

  public static void write(AppointmentForm form, OutputStream out) throws IOException {
    Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
    writer.write("<?xml version=\"1.0\" encoding=\"utf-8\"?>\r\n<Person>\r\n");
    for (FormElement element : FormElement.values()) {
      switch (element) {
        case FAMILY -> family(form, writer);
        case PHOTO ->
            element(
                writer,
                "  ",
                element.xml(),
                form.photo() == null ? "" : Base64.getEncoder().encodeToString(form.photo()));
        case VERSION ->
            element(
                writer,
                "  ",
                element.xml(),
                form.texts().getOrDefault(FormElement.VERSION, VERSION));
        default ->
            element(writer, "  ", element.xml(), escaped(form.text(element)).replace("\n", "\r\n"));
      }
    }
    for (AppointmentForm.Unknown unknown : form.unknown()) {
      if (!unknown.name().contains("/")) {
        element(writer, "  ", unknown.name(), unknown.attributes(), unknown.content());
      }
    }
    writer.write("</Person>\r\n");
    writer.flush();
  }

  private static void family(AppointmentForm form, Writer writer) throws IOException {
    String name = FormElement.FAMILY.xml();
    if (form.family().isEmpty()) {
      element(writer, "  ", name, "");
      return;
    }
    writer.write("  <" + name + ">\r\n");
    for (int line = 0; line < form.family().size(); line++) {
      AppointmentForm.FamilyMember member = form.family().get(line);
      writer.write("    <Item>\r\n");
      element(writer, "      ", "ChengWei", escaped(member.relation()));
      element(writer, "      ", "XingMing", escaped(member.name()));
      element(writer, "      ", "ChuShengRiQi", escaped(member.born()));
      element(writer, "      ", "ZhengZhiMianMao", escaped(member.affiliation()));
      element(writer, "      ", "GongZuoDanWeiJiZhiWu", escaped(member.employment()));
      for (AppointmentForm.Unknown unknown : form.unknown()) {
        String within = unknown.nameWithin(line);
        if (within != null) {
          element(writer, "      ", within, unknown.attributes(), unknown.content());
        }
      }
      writer.write("    </Item>\r\n");
    }
    writer.write("  </" + name + ">\r\n");
  }

  private static void element(Writer writer, String indent, String name, String content)
      throws IOException {
    element(writer, indent, name, "", content);
  }

  private static void element(
      Writer writer, String indent, String name, String attributes, String content)
      throws IOException {
    writer.write(indent + "<" + name + attributes + ">" + content + "</" + name + ">\r\n");
  }

  static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
