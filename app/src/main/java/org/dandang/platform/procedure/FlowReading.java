package org.dandang.platform.procedure;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads a procedure from BPMN 2.0: start, user tasks, exclusive gateways, ends and the arrows
 * between them, with attributes of ours. Scripts, expressions, timers, entities and whatever else
 * could run are refused; what is not known is told and never guessed.
 */
public final class FlowReading {
  /** Namespace of our attributes. */
  public static final String OURS = "https://dandang.org/procedure";

  static final int MAX_BYTES = 500_000;
  private static final int MAX_DEPTH = 12;
  private static final int MAX_ELEMENTS = 5_000;
  private static final String MODEL = "http://www.omg.org/spec/BPMN/20100524/MODEL";
  private static final String DRAWING = "http://www.omg.org/spec/BPMN/20100524/DI";
  private static final Set<String> GEOMETRY =
      Set.of("http://www.omg.org/spec/DD/20100524/DC", "http://www.omg.org/spec/DD/20100524/DI");
  private static final Pattern ID = Pattern.compile("[a-z][a-z0-9-]{0,40}");
  private static final Set<String> PLAIN =
      Set.of("documentation", "incoming", "outgoing", "definitions");
  private static final Map<String, Set<String>> ATTRIBUTES =
      Map.of(
          "process", Set.of("adverse", "withdraw", "stop"),
          "startEvent", Set.of("who", "form", "clause"),
          "userTask",
              Set.of(
                  "kind",
                  "who",
                  "sign",
                  "not-by",
                  "form",
                  "form-for",
                  "outcomes",
                  "due",
                  "lapse",
                  "at-level",
                  "enters",
                  "enters-for",
                  "clause"),
          "exclusiveGateway", Set.of(),
          "endEvent", Set.of("adverse", "tells", "enters", "clause"),
          "sequenceFlow", Set.of("outcome"));
  private static final Set<String> THEIRS =
      Set.of(
          "id",
          "name",
          "isExecutable",
          "sourceRef",
          "targetRef",
          "gatewayDirection",
          "targetNamespace",
          "exporter",
          "exporterVersion");

  private final List<Flaw> flaws = new ArrayList<>();
  private final Map<String, Node> nodes = new LinkedHashMap<>();
  private final List<Arrow> arrows = new ArrayList<>();
  private final Set<String> drawn = new HashSet<>();
  private @Nullable Head head;
  private int line;

  private FlowReading() {}

  private record Head(
      String id, List<String> withdrawable, List<Who> stoppers, boolean adverse, int line) {}

  /**
   * What a file says.
   *
   * @param flow empty when it cannot be used
   */
  public record Read(Optional<Flow> flow, List<Flaw> flaws) {
    public Read {
      flaws = List.copyOf(flaws);
    }
  }

  /** Reads and checks a file; never fails but by saying so in the flaws. */
  public static Read read(byte[] bpmn) {
    FlowReading reading = new FlowReading();
    if (bpmn.length > MAX_BYTES) {
      return new Read(Optional.empty(), List.of(Flaw.of(0, "", "too-large", MAX_BYTES)));
    }
    try {
      reading.elements(bpmn);
    } catch (XMLStreamException e) {
      int at = e.getLocation() == null ? 0 : e.getLocation().getLineNumber();
      String said = String.valueOf(e.getMessage()).lines().reduce((a, b) -> b).orElse("");
      reading.flaws.add(Flaw.of(Math.max(at, 0), "", "not-xml", said));
      return new Read(Optional.empty(), reading.flaws);
    }
    Head head = reading.head;
    if (head == null) {
      reading.flaws.add(Flaw.of(0, "", "no-process"));
    }
    if (head == null || !reading.flaws.isEmpty()) {
      return new Read(Optional.empty(), reading.flaws);
    }
    Flow flow =
        new Flow(
            head.id(),
            reading.nodes,
            reading.arrows,
            head.withdrawable(),
            head.stoppers(),
            head.adverse());
    List<Flaw> flaws = FlowCheck.check(flow, reading.drawn);
    return new Read(flaws.isEmpty() ? Optional.of(flow) : Optional.empty(), flaws);
  }

  private void elements(byte[] bpmn) throws XMLStreamException {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
    factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
    XMLStreamReader xml = factory.createXMLStreamReader(new ByteArrayInputStream(bpmn));
    int depth = 0;
    int count = 0;
    while (xml.hasNext()) {
      int event = xml.next();
      line = xml.getLocation().getLineNumber();
      if (event == XMLStreamConstants.DTD || event == XMLStreamConstants.ENTITY_REFERENCE) {
        flaws.add(Flaw.of(line, "", "doctype"));
        return;
      } else if (event == XMLStreamConstants.END_ELEMENT) {
        depth--;
      } else if (event == XMLStreamConstants.START_ELEMENT) {
        if (++depth > MAX_DEPTH || ++count > MAX_ELEMENTS) {
          flaws.add(Flaw.of(line, "", "too-deep", MAX_DEPTH, MAX_ELEMENTS));
          return;
        }
        element(xml, depth);
      }
    }
  }

  private void element(XMLStreamReader xml, int depth) {
    String space = String.valueOf(xml.getNamespaceURI());
    String name = xml.getLocalName();
    if (depth == 1 && !(space.equals(MODEL) && name.equals("definitions"))) {
      flaws.add(Flaw.of(line, name, "not-bpmn"));
    } else if (space.equals(DRAWING)) {
      String element = xml.getAttributeValue(null, "bpmnElement");
      if (element != null && (name.equals("BPMNShape") || name.equals("BPMNEdge"))) {
        drawn.add(element);
      }
    } else if (!GEOMETRY.contains(space)) {
      boolean known = space.equals(MODEL) && (PLAIN.contains(name) || ATTRIBUTES.containsKey(name));
      if (!known) {
        flaws.add(Flaw.of(line, name, "element-not-allowed", name));
      } else {
        attributes(xml, name);
        node(xml, name);
      }
    }
  }

  private void attributes(XMLStreamReader xml, String element) {
    for (int i = 0; i < xml.getAttributeCount(); i++) {
      String space = xml.getAttributeNamespace(i);
      String name = xml.getAttributeLocalName(i);
      boolean known =
          space == null || space.isEmpty()
              ? THEIRS.contains(name)
              : space.equals(OURS) && ATTRIBUTES.getOrDefault(element, Set.of()).contains(name)
                  || space.equals(XMLConstants.W3C_XML_SCHEMA_INSTANCE_NS_URI);
      if (!known) {
        flaws.add(Flaw.of(line, id(xml), "attribute-not-allowed", name, element));
      }
    }
  }

  private void node(XMLStreamReader xml, String name) {
    String id = id(xml);
    if (PLAIN.contains(name)) {
      return;
    }
    if (!ID.matcher(id).matches()) {
      flaws.add(Flaw.of(line, id, "id-form", id));
      return;
    }
    switch (name) {
      case "process" -> process(xml, id);
      case "startEvent" ->
          add(
              new Node.Start(
                  id, whos(xml, id, "who", true), ours(xml, "form"), ours(xml, "clause"), line));
      case "endEvent" ->
          add(
              new Node.End(
                  id,
                  "true".equals(ours(xml, "adverse")),
                  whos(xml, id, "tells", false),
                  ours(xml, "enters"),
                  ours(xml, "clause"),
                  line));
      case "exclusiveGateway" -> add(new Node.Choice(id, line));
      case "userTask" -> step(xml, id);
      default ->
          arrows.add(
              new Arrow(
                  id,
                  String.valueOf(xml.getAttributeValue(null, "sourceRef")),
                  String.valueOf(xml.getAttributeValue(null, "targetRef")),
                  words(ours(xml, "outcome")),
                  line));
    }
  }

  private void process(XMLStreamReader xml, String id) {
    if (head != null) {
      flaws.add(Flaw.of(line, id, "several-processes"));
    }
    if (!"true".equals(xml.getAttributeValue(null, "isExecutable"))) {
      flaws.add(Flaw.of(line, id, "not-executable"));
    }
    head =
        new Head(
            id,
            words(ours(xml, "withdraw")),
            whos(xml, id, "stop", false),
            "true".equals(ours(xml, "adverse")),
            line);
  }

  private void step(XMLStreamReader xml, String id) {
    String kind = ours(xml, "kind");
    String sign = ours(xml, "sign");
    List<String> outcomes = words(ours(xml, "outcomes"));
    Optional<Node.Kind> known = Node.Kind.of(kind == null ? "work" : kind);
    Optional<Signing> signing = Signing.of(sign == null ? "any" : sign);
    if (known.isEmpty()) {
      flaws.add(
          Flaw.of(
              line, id, "value-unknown", "kind", String.valueOf(kind), all(Node.Kind.values())));
    }
    if (signing.isEmpty()) {
      flaws.add(
          Flaw.of(line, id, "value-unknown", "sign", String.valueOf(sign), all(Signing.values())));
    }
    for (String outcome : outcomes) {
      if (!ID.matcher(outcome).matches()) {
        flaws.add(Flaw.of(line, id, "id-form", outcome));
      }
    }
    add(
        new Node.Step(
            id,
            known.orElse(Node.Kind.WORK),
            whos(xml, id, "who", true),
            signing.orElse(Signing.ANY),
            words(ours(xml, "not-by")),
            ours(xml, "form"),
            forOutcomes(xml, "form", outcomes),
            outcomes.isEmpty() ? List.of("done") : outcomes,
            ours(xml, "due"),
            ours(xml, "lapse"),
            ours(xml, "at-level"),
            ours(xml, "enters"),
            forOutcomes(xml, "enters", outcomes),
            ours(xml, "clause"),
            line));
  }

  /** Outcomes that something is for; the first where none are named. */
  private static List<String> forOutcomes(XMLStreamReader xml, String what, List<String> outcomes) {
    List<String> named = words(ours(xml, what + "-for"));
    if (!named.isEmpty() || ours(xml, what) == null) {
      return named;
    }
    return outcomes.isEmpty() ? List.of("done") : outcomes.subList(0, 1);
  }

  private void add(Node node) {
    if (nodes.put(node.id(), node) != null) {
      flaws.add(Flaw.of(line, node.id(), "id-twice", node.id()));
    }
  }

  private List<Who> whos(XMLStreamReader xml, String id, String attribute, boolean needed) {
    List<String> words = words(ours(xml, attribute));
    if (needed && words.isEmpty()) {
      flaws.add(Flaw.of(line, id, "nobody-may", attribute));
    }
    List<Who> whos = new ArrayList<>();
    for (String word : words) {
      Who.of(word)
          .ifPresentOrElse(whos::add, () -> flaws.add(Flaw.of(line, id, "who-unknown", word)));
    }
    return whos;
  }

  private static String id(XMLStreamReader xml) {
    String id = xml.getAttributeValue(null, "id");
    return id == null ? "" : id;
  }

  private static @Nullable String ours(XMLStreamReader xml, String name) {
    return xml.getAttributeValue(OURS, name);
  }

  private static List<String> words(@Nullable String text) {
    return text == null || text.isBlank() ? List.of() : Arrays.asList(text.strip().split("\\s+"));
  }

  private static String all(Enum<?>[] values) {
    return String.join(
        ", ",
        Arrays.stream(values)
            .map(value -> value.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'))
            .toList());
  }
}
