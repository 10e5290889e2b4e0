package org.dandang.engine;

import java.io.ByteArrayInputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Goes through a file before the real parser sees it and refuses what a hostile one would hold: a
 * document type, entities, functions outside FEEL, and sizes nobody's policy has.
 */
final class SafeReading {
  static final int MOST_BYTES = 8 << 20;
  static final int MOST_ELEMENTS = 200_000;
  static final int MOST_DEPTH = 64;
  static final int MOST_ROWS = 5_000;
  static final int MOST_EXPRESSION_LENGTH = 8_000;
  static final int MOST_BRACKETS = 24;
  private static final int MOST_FINDINGS = 50;

  /** The model namespaces of DMN 1.1 to 1.5. */
  static final Set<String> NAMESPACES =
      Set.of(
          "http://www.omg.org/spec/DMN/20151101/dmn.xsd",
          "http://www.omg.org/spec/DMN/20180521/MODEL/",
          "https://www.omg.org/spec/DMN/20191111/MODEL/",
          "https://www.omg.org/spec/DMN/20211108/MODEL/",
          "https://www.omg.org/spec/DMN/20230324/MODEL/");

  private static final Pattern STRINGS = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"");
  private static final Pattern EXTERNAL = Pattern.compile("\\)[^()]*\\bexternal\\b");
  private static final Pattern LONG_EXPONENT = Pattern.compile("\\d[eE][+-]?\\d{4,}");

  private static final Pattern ITERATION = Pattern.compile("\\b(for|some|every)\\b");
  private static final Pattern RANGE = Pattern.compile("(-?\\d+)\\s*\\.\\.\\s*(-?\\d+)");
  static final long MOST_ROUNDS = 1_000_000;
  static final int MOST_STEPS = 20;
  private static final Pattern PATH =
      Pattern.compile(
          "(?:[^\\s.]\\s*\\.\\s*(?=[^.\\d\\s])[^.,;()<>=+*/\"]{0,60}?){" + (MOST_STEPS + 1) + "}");

  private final String file;
  private final List<Finding> findings = new ArrayList<>();

  private SafeReading(String file) {
    this.file = file;
  }

  static void check(String file, byte[] xml) {
    var reading = new SafeReading(file);
    if (xml.length > MOST_BYTES) {
      reading.found(0, "larger than " + (MOST_BYTES >> 20) + " MiB");
    } else {
      reading.run(xml);
    }
    if (!reading.findings.isEmpty()) {
      throw new InvalidModelException(reading.findings);
    }
  }

  private void run(byte[] xml) {
    var factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    try {
      XMLStreamReader reader = factory.createXMLStreamReader(new ByteArrayInputStream(xml));
      try {
        String encoding = reader.getEncoding();
        if (encoding != null && !encoding.equalsIgnoreCase("UTF-8")) {
          stop(1, "the file is in " + encoding + "; only UTF-8 is accepted");
        }
        String declared = reader.getCharacterEncodingScheme();
        if (declared != null && !declared.equalsIgnoreCase("UTF-8")) {
          stop(1, "the file says it is in " + declared + "; only UTF-8 is accepted");
        }
        walk(reader);
      } finally {
        reader.close();
      }
    } catch (XMLStreamException e) {
      int line = e.getLocation() == null ? 0 : e.getLocation().getLineNumber();
      found(line, "not well-formed XML: " + firstLine(String.valueOf(e.getMessage())));
    } catch (InvalidModelException e) {
      throw e;
    } catch (RuntimeException e) {
      found(0, "not readable as XML: " + firstLine(String.valueOf(e.getMessage())));
    }
  }

  private static String firstLine(String text) {
    int end = text.indexOf('\n');
    String line = end < 0 ? text : text.substring(end + 1).replaceFirst("^Message: ", "");
    return line.length() > 200 ? line.substring(0, 200) + " …" : line;
  }

  private void walk(XMLStreamReader reader) throws XMLStreamException {
    int elements = 0;
    int rows = 0;
    Deque<String> open = new ArrayDeque<>();
    var text = new StringBuilder();
    while (reader.hasNext() && findings.size() < MOST_FINDINGS) {
      int line = reader.getLocation().getLineNumber();
      switch (reader.next()) {
        case XMLStreamConstants.DTD ->
            stop(line, "a document type declaration (DOCTYPE) is not accepted");
        case XMLStreamConstants.ENTITY_REFERENCE ->
            stop(line, "an entity reference is not accepted");
        case XMLStreamConstants.START_ELEMENT -> {
          text.setLength(0);
          String name = reader.getLocalName();
          if (open.isEmpty()) {
            root(reader, line);
          }
          open.push(name);
          if (++elements > MOST_ELEMENTS) {
            stop(line, "more than " + MOST_ELEMENTS + " elements");
          }
          if (open.size() > MOST_DEPTH) {
            stop(line, "elements nested deeper than " + MOST_DEPTH);
          }
          if (name.equals("decisionTable")) {
            rows = 0;
          }
          if (name.equals("rule") && ++rows > MOST_ROWS) {
            stop(line, "a table with more than " + MOST_ROWS + " rows");
          }
          element(reader, name, line);
        }
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA ->
            text.append(reader.getText());
        case XMLStreamConstants.END_ELEMENT -> {
          if (open.pop().equals("text")) {
            expression(text.toString(), line);
          }
          text.setLength(0);
        }
        default -> {}
      }
    }
  }

  private void root(XMLStreamReader reader, int line) {
    if (!reader.getLocalName().equals("definitions")
        || !NAMESPACES.contains(String.valueOf(reader.getNamespaceURI()))) {
      stop(line, "not a DMN 1.1 to 1.5 model: the outermost element is " + reader.getName());
    }
  }

  private void element(XMLStreamReader reader, String name, int line) {
    String kind = reader.getAttributeValue(null, "kind");
    if ((name.equals("encapsulatedLogic") || name.equals("functionDefinition"))
        && kind != null
        && !kind.equalsIgnoreCase("FEEL")
        && !kind.equals("F")) {
      found(line, "a function of kind " + kind + " is not accepted; only FEEL is");
    }
    String language = reader.getAttributeValue(null, "expressionLanguage");
    if (language != null
        && !language.toUpperCase(java.util.Locale.ROOT).contains("FEEL")
        && !NAMESPACES.contains(language)) {
      found(line, "the expression language " + language + " is not accepted; only FEEL is");
    }
    String imported = reader.getAttributeValue(null, "importType");
    if (name.equals("import") && imported != null && !NAMESPACES.contains(imported)) {
      found(line, "an import of type " + imported + " is not accepted");
    }
  }

  private void expression(String text, int line) {
    if (text.length() > MOST_EXPRESSION_LENGTH) {
      found(line, "an expression longer than " + MOST_EXPRESSION_LENGTH + " characters");
      return;
    }
    String bare = STRINGS.matcher(text).replaceAll("\"\"");
    int depth = 0;
    int deepest = 0;
    for (int i = 0; i < bare.length(); i++) {
      char c = bare.charAt(i);
      if (c == '(' || c == '[' || c == '{') {
        deepest = Math.max(deepest, ++depth);
      } else if (c == ')' || c == ']' || c == '}') {
        depth--;
      }
    }
    if (deepest > MOST_BRACKETS) {
      found(line, "an expression with brackets nested deeper than " + MOST_BRACKETS);
    }
    if (PATH.matcher(bare).find()) {
      found(line, "a path of more than " + MOST_STEPS + " steps");
    }
    if (ITERATION.matcher(bare).find() && rounds(bare) > MOST_ROUNDS) {
      found(line, "an iteration of more than " + MOST_ROUNDS + " rounds");
    }
    if (EXTERNAL.matcher(bare).find()) {
      found(line, "an external function is not accepted");
    }
    if (LONG_EXPONENT.matcher(bare).find()) {
      found(line, "a number with an exponent of more than three digits is not accepted");
    }
  }

  /**
   * The product of the sizes of all ranges of whole numbers written out: each loop may be nested.
   */
  private static double rounds(String text) {
    double rounds = 1;
    Matcher range = RANGE.matcher(text);
    while (range.find()) {
      double from = Double.parseDouble(range.group(1));
      double to = Double.parseDouble(range.group(2));
      rounds *= Math.abs(to - from) + 1;
    }
    return rounds;
  }

  private void found(int line, String message) {
    findings.add(new Finding(file, line > 0 ? "line " + line : "", message));
  }

  private void stop(int line, String message) {
    findings.clear();
    found(line, message);
    throw new InvalidModelException(findings);
  }
}
