package org.dandang.engine;

import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Looks through a DMN file before anything else reads it: no document type, no entities, no
 * functions of another language, nothing too large or too deep.
 */
final class ModelGuard {
  private static final int MAX_BYTES = 8_000_000;
  private static final int MAX_DEPTH = 60;
  private static final int MAX_ELEMENTS = 400_000;
  private static final int MAX_EXPRESSION = 20_000;
  private static final int MAX_BRACKETS = 60;
  private static final Set<String> EXTERNAL = Set.of("Java", "java", "PMML", "pmml");

  private ModelGuard() {}

  static void check(String name, byte[] xml) {
    if (xml.length > MAX_BYTES) {
      throw refused(name, "", "the file is larger than " + MAX_BYTES + " bytes");
    }
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
    int depth = 0;
    int elements = 0;
    String place = "";
    try {
      XMLStreamReader reader = factory.createXMLStreamReader(new ByteArrayInputStream(xml));
      while (reader.hasNext()) {
        switch (reader.next()) {
          case XMLStreamConstants.START_ELEMENT -> {
            depth++;
            elements++;
            place = reader.getLocalName() + " at line " + reader.getLocation().getLineNumber();
            if (depth > MAX_DEPTH) {
              throw refused(name, place, "elements are nested deeper than " + MAX_DEPTH);
            }
            if (elements > MAX_ELEMENTS) {
              throw refused(name, place, "more than " + MAX_ELEMENTS + " elements");
            }
            String kind = reader.getAttributeValue(null, "kind");
            if (kind != null && EXTERNAL.contains(kind)) {
              throw refused(name, place, "functions written in " + kind + " are not allowed");
            }
            if (reader.getLocalName().equals("import")) {
              throw refused(name, place, "imports of other models are not read");
            }
          }
          case XMLStreamConstants.END_ELEMENT -> depth--;
          case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
              throw refused(name, place, "a document type or entity is not allowed");
          case XMLStreamConstants.CHARACTERS -> checkText(name, place, reader.getText());
          default -> {}
        }
      }
    } catch (XMLStreamException e) {
      throw refused(
          name,
          e.getLocation() == null ? place : "line " + e.getLocation().getLineNumber(),
          "not well-formed XML");
    }
  }

  private static void checkText(String name, String place, String text) {
    if (text.length() > MAX_EXPRESSION) {
      throw refused(name, place, "an expression is longer than " + MAX_EXPRESSION + " characters");
    }
    int open = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '(' || c == '[' || c == '{') {
        open++;
      } else if (c == ')' || c == ']' || c == '}') {
        open--;
      }
      if (open > MAX_BRACKETS) {
        throw refused(name, place, "brackets are nested deeper than " + MAX_BRACKETS);
      }
    }
  }

  private static InvalidModelException refused(String name, String where, String message) {
    return new InvalidModelException(name, List.of(new ModelFinding(where, message)));
  }
}
