package org.dandang.official.form;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.dandang.official.ImportProblem;
import org.jspecify.annotations.Nullable;

/**
 * Reads a {@code .lrmx} file liberally: any order, any of the ways an element can be empty,
 * elements nobody described. What could do harm is refused: a DOCTYPE, depth, size.
 */
public final class LrmxReader {
  /** Bytes of one form; a photo of usual size takes a few hundred thousand. */
  public static final int LARGEST = 16 << 20;

  private static final int DEEPEST = 8;
  private static final int LONGEST_TEXT = 200_000;
  private static final int MOST_FAMILY = 200;
  private static final int MOST_UNKNOWN = 200;
  private static final XMLInputFactory FACTORY = factory();

  private final String file;
  private final XMLStreamReader xml;
  private final Map<FormElement, String> texts = new EnumMap<>(FormElement.class);
  private final List<AppointmentForm.FamilyMember> family = new ArrayList<>();
  private final List<AppointmentForm.Unknown> unknown = new ArrayList<>();
  private byte @Nullable [] photo;

  private LrmxReader(String file, XMLStreamReader xml) {
    this.file = file;
    this.xml = xml;
  }

  /**
   * @param file its name, for messages
   * @throws ImportProblem naming file and line when it cannot be read as a form
   */
  public static AppointmentForm read(String file, byte[] bytes) {
    if (bytes.length > LARGEST) {
      throw new ImportProblem("form-too-large", file, LARGEST >> 20);
    }
    FormText.Clean clean = FormText.decoded(file, bytes);
    if (clean.text().isBlank()) {
      throw new ImportProblem("empty", file);
    }
    XMLStreamReader xml = null;
    try {
      // The text is decoded already: what its declaration says of an encoding no longer counts.
      xml = FACTORY.createXMLStreamReader(new StringReader(clean.text().strip()));
      return new LrmxReader(file, xml).form(clean.controls());
    } catch (XMLStreamException e) {
      int line = e.getLocation() == null ? 1 : e.getLocation().getLineNumber();
      throw new ImportProblem("form-not-xml", file, line);
    } finally {
      if (xml != null) {
        try {
          xml.close();
        } catch (XMLStreamException e) {
          // Nothing is held open.
        }
      }
    }
  }

  private AppointmentForm form(int controls) throws XMLStreamException {
    while (xml.next() != XMLStreamConstants.START_ELEMENT) {
      refuseDoctype();
    }
    if (!xml.getLocalName().equals("Person")) {
      throw new ImportProblem("form-not-a-form", file, line(), xml.getLocalName());
    }
    while (xml.next() != XMLStreamConstants.END_ELEMENT) {
      refuseDoctype();
      if (xml.isStartElement()) {
        child();
      }
    }
    if (texts.isEmpty()) {
      throw new ImportProblem("form-empty", file);
    }
    for (Map.Entry<FormElement, String> text : texts.entrySet()) {
      if (Garbled.is(text.getValue())) {
        throw new ImportProblem("form-garbled", file, text.getKey().xml());
      }
    }
    return new AppointmentForm(texts, family, photo, unknown, controls);
  }

  private void refuseDoctype() {
    if (xml.getEventType() == XMLStreamConstants.DTD
        || xml.getEventType() == XMLStreamConstants.ENTITY_REFERENCE) {
      throw new ImportProblem("form-doctype", file, line());
    }
  }

  private void child() throws XMLStreamException {
    String name = xml.getLocalName();
    Optional<FormElement> known = FormElement.of(name);
    if (known.isEmpty() || texts.containsKey(known.get())) {
      if (unknown.size() >= MOST_UNKNOWN) {
        throw new ImportProblem("form-too-many", file, line(), MOST_UNKNOWN);
      }
      String attributes = attributes();
      unknown.add(new AppointmentForm.Unknown(name, attributes, content()));
      return;
    }
    switch (known.get()) {
      case FAMILY -> family();
      case PHOTO -> photo(text(LARGEST));
      default -> texts.put(known.get(), tidy(text(LONGEST_TEXT), known.get().hasLines()));
    }
  }

  private void family() throws XMLStreamException {
    while (xml.next() != XMLStreamConstants.END_ELEMENT) {
      refuseDoctype();
      if (!xml.isStartElement()) {
        continue;
      }
      if (!xml.getLocalName().equals("Item") || family.size() >= MOST_FAMILY) {
        throw new ImportProblem("form-element", file, line(), xml.getLocalName());
      }
      String[] parts = {"", "", "", "", ""};
      List<String> names =
          List.of(
              "ChengWei", "XingMing", "ChuShengRiQi", "ZhengZhiMianMao", "GongZuoDanWeiJiZhiWu");
      while (xml.next() != XMLStreamConstants.END_ELEMENT) {
        refuseDoctype();
        if (xml.isStartElement()) {
          int part = names.indexOf(xml.getLocalName());
          String name = xml.getLocalName();
          String attributes = attributes();
          String text = tidy(text(LONGEST_TEXT), false);
          if (part >= 0) {
            parts[part] = text;
          } else {
            unknown.add(
                AppointmentForm.Unknown.within(
                    family.size(), name, attributes, LrmxWriter.escaped(text)));
          }
        }
      }
      AppointmentForm.FamilyMember member =
          new AppointmentForm.FamilyMember(parts[0], parts[1], parts[2], parts[3], parts[4]);
      if (!member.isEmpty()) {
        family.add(member);
      }
    }
  }

  private void photo(String base64) {
    String text = base64.replaceAll("\\s", "").replaceFirst("^data:[^,]*,", "");
    if (text.isEmpty()) {
      return;
    }
    try {
      photo = Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      if (text.length() > LONGEST_TEXT) {
        throw new ImportProblem("form-photo", file, line());
      }
      unknown.add(
          new AppointmentForm.Unknown(FormElement.PHOTO.xml(), "", LrmxWriter.escaped(text)));
    }
  }

  /** The text of the element at hand, which may hold {@code <br>} and nothing else. */
  private String text(int longest) throws XMLStreamException {
    StringBuilder text = new StringBuilder();
    String element = xml.getLocalName();
    while (true) {
      switch (xml.next()) {
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> {
          text.append(xml.getText());
          if (text.length() > longest) {
            throw new ImportProblem("form-text-too-long", file, line(), element, longest);
          }
        }
        case XMLStreamConstants.START_ELEMENT -> {
          if (!xml.getLocalName().equalsIgnoreCase("br")) {
            throw new ImportProblem("form-element", file, line(), xml.getLocalName());
          }
          text.append('\n');
          if (xml.next() != XMLStreamConstants.END_ELEMENT) {
            throw new ImportProblem("form-element", file, line(), "br");
          }
        }
        case XMLStreamConstants.END_ELEMENT -> {
          return text.toString();
        }
        default -> refuseDoctype();
      }
    }
  }

  /** The attributes of the element at hand as its opening tag has them, a blank before each. */
  private String attributes() {
    StringBuilder attributes = new StringBuilder();
    for (int i = 0; i < xml.getAttributeCount(); i++) {
      String prefix = xml.getAttributePrefix(i);
      attributes
          .append(' ')
          .append(prefix == null || prefix.isEmpty() ? "" : prefix + ":")
          .append(xml.getAttributeLocalName(i))
          .append("=\"")
          .append(
              LrmxWriter.escaped(xml.getAttributeValue(i))
                  .replace("\"", "&quot;")
                  .replace("\n", "&#10;")
                  .replace("\r", "&#13;")
                  .replace("\t", "&#9;"))
          .append('"');
    }
    if (attributes.length() > LONGEST_TEXT) {
      throw new ImportProblem("form-text-too-long", file, line(), xml.getLocalName(), LONGEST_TEXT);
    }
    return attributes.toString();
  }

  /** What stands between the tags of an element nobody described, as XML. */
  private String content() throws XMLStreamException {
    StringBuilder content = new StringBuilder();
    List<String> open = new ArrayList<>();
    while (true) {
      switch (xml.next()) {
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE ->
            content.append(LrmxWriter.escaped(xml.getText()));
        case XMLStreamConstants.START_ELEMENT -> {
          open.add(xml.getLocalName());
          content.append('<').append(xml.getLocalName()).append(attributes()).append('>');
          if (open.size() > DEEPEST) {
            throw new ImportProblem("form-too-deep", file, line(), DEEPEST);
          }
        }
        case XMLStreamConstants.END_ELEMENT -> {
          if (open.isEmpty()) {
            return content.toString().strip();
          }
          content.append("</").append(open.removeLast()).append('>');
        }
        default -> refuseDoctype();
      }
      if (content.length() > LONGEST_TEXT) {
        throw new ImportProblem("form-text-too-long", file, line(), "?", LONGEST_TEXT);
      }
    }
  }

  /** Line ends become line feeds; blanks around, and those that pad lines, go. */
  static String tidy(String text, boolean lines) {
    String even = text.replace("\r\n", "\n").replace('\r', '\n').replaceAll("(?i)<br\\s*/?>", "\n");
    if (!lines) {
      return trimmed(even);
    }
    StringBuilder kept = new StringBuilder();
    for (String line : even.split("\n", -1)) {
      kept.append(line.replaceFirst("[\\s\\u3000\\u00a0]+$", "")).append('\n');
    }
    // A first line's own indentation belongs to it; blank lines around do not.
    return kept.toString().replaceFirst("^(?:[ \\t\\u3000]*\n)+", "").replaceFirst("\n+$", "");
  }

  private static String trimmed(String text) {
    return text.replaceFirst("^[\\s\\u3000\\u00a0\\ufeff]+", "")
        .replaceFirst("[\\s\\u3000\\u00a0\\ufeff]+$", "");
  }

  private int line() {
    return xml.getLocation().getLineNumber();
  }

  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
    factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, false);
    return factory;
  }
}
