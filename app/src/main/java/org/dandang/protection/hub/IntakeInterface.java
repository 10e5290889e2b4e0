package org.dandang.protection.hub;

import java.io.IOException;
import java.io.InputStream;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.dandang.platform.calendar.OfficeCalendar;
import org.dandang.platform.custody.CustodyProblem;
import org.dandang.platform.storage.Sights;
import org.dandang.platform.web.Refused;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Leads as the machines of a source bring them: JSON, with a key and a number of the sender's, by
 * which a repeated one is known. No address is kept of who sends.
 */
@RestController
class IntakeInterface {
  private static final int LARGEST = 1_000_000;
  private static final String BEARER = "Bearer ";
  private static final List<String> KNOWN =
      List.of(
          "client",
          "round",
          "reference",
          "title",
          "content",
          "received",
          "clue",
          "gravity",
          "concluded",
          "reporter",
          "pack",
          "people");

  private final IntakeKeys keys;
  private final Intake intake;
  private final OfficeCalendar office;
  private final MessageSource messages;
  private final JsonMapper json;

  IntakeInterface(
      IntakeKeys keys,
      Intake intake,
      OfficeCalendar office,
      MessageSource messages,
      JsonMapper json) {
    this.keys = keys;
    this.intake = intake;
    this.office = office;
    this.messages = messages;
    this.json = json;
  }

  @PostMapping(path = "/intake/leads", consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<Map<String, Object>> take(
      @RequestHeader(name = "Authorization", defaultValue = "") String authorization,
      InputStream body,
      Locale language)
      throws IOException {
    IntakeKeys.Holder holder =
        authorization.startsWith(BEARER)
            ? Sights.everything(
                () -> keys.holder(authorization.substring(BEARER.length()).strip()).orElse(null))
            : null;
    if (holder == null) {
      return ResponseEntity.status(HttpStatus.UNAUTHORIZED)
          .header("WWW-Authenticate", "Bearer")
          .body(problem("key", word("hub.interface.key", language)));
    }
    byte[] bytes = body.readNBytes(LARGEST + 1);
    if (bytes.length > LARGEST) {
      return ResponseEntity.status(HttpStatus.CONTENT_TOO_LARGE)
          .body(problem("body", word("hub.interface.large", language, LARGEST)));
    }
    try {
      return taken(json.readTree(bytes), holder, language);
    } catch (JacksonException e) {
      return ResponseEntity.badRequest()
          .body(
              problem(
                  "body",
                  word(
                      "hub.interface.json",
                      language,
                      e.getLocation() == null ? 0 : e.getLocation().getLineNr(),
                      e.getLocation() == null ? 0 : e.getLocation().getColumnNr())));
    } catch (CustodyProblem e) {
      return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
          .body(problem("reporter", e.text(messages, language)));
    } catch (Refused e) {
      return ResponseEntity.status(
              e.key().endsWith("client-used")
                  ? HttpStatus.CONFLICT
                  : HttpStatus.UNPROCESSABLE_CONTENT)
          .body(problem("lead", e.text(language)));
    }
  }

  private ResponseEntity<Map<String, Object>> taken(
      JsonNode node, IntakeKeys.Holder holder, Locale language) {
    List<Map<String, Object>> wrong = new ArrayList<>();
    if (!node.isObject()) {
      wrong.add(said("body", word("hub.interface.object", language)));
    }
    for (String field : node.propertyNames()) {
      if (!KNOWN.contains(field)) {
        wrong.add(said(field, word("hub.interface.unknown", language, String.join(", ", KNOWN))));
      }
    }
    UUID client = client(text(node, "client"));
    if (client == null) {
      wrong.add(said("client", word("hub.interface.client", language)));
    }
    LocalDate received = LeadFilter.day(text(node, "received"));
    if (received == null) {
      wrong.add(said("received", word("hub.wrong.day", language, office.today())));
    }
    List<NewLead.Named> people = new ArrayList<>();
    JsonNode named = node.get("people");
    if (named != null && named.isArray() && named.size() <= NewLead.MOST_PEOPLE) {
      named.forEach(
          one ->
              people.add(
                  new NewLead.Named(text(one, "name"), text(one, "unit"), text(one, "post"))));
    } else {
      wrong.add(said("people", word("hub.wrong.many", language, NewLead.MOST_PEOPLE)));
    }
    if (!wrong.isEmpty() || client == null || received == null) {
      return ResponseEntity.badRequest().body(Map.of("problems", wrong));
    }
    String pack = text(node, "pack");
    NewLead lead =
        new NewLead(
            holder.source(),
            text(node, "round"),
            text(node, "reference"),
            text(node, "title"),
            text(node, "content"),
            received,
            holder.unit(),
            text(node, "clue"),
            text(node, "gravity"),
            node.path("concluded").asBoolean(false),
            text(node, "reporter"),
            pack.isEmpty() ? LeadTerms.USUAL : pack,
            people);
    lead.problems(office.today())
        .forEach(
            one ->
                wrong.add(
                    said(
                        one.field(),
                        word("hub.wrong." + one.key(), language, one.values().toArray()))));
    if (!wrong.isEmpty()) {
      return ResponseEntity.badRequest().body(Map.of("problems", wrong));
    }
    Intake.In in = intake.take(client, lead, "interface", holder.account());
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("number", in.number());
    answer.put("repeated", in.repeated());
    return ResponseEntity.status(in.repeated() ? HttpStatus.OK : HttpStatus.CREATED).body(answer);
  }

  private static @Nullable UUID client(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static String text(JsonNode node, String field) {
    JsonNode value = node.get(field);
    return value == null || value.isNull() || value.isContainer() ? "" : value.asString();
  }

  private String word(String key, Locale language, Object... values) {
    return messages.getMessage(key, values, language);
  }

  private static Map<String, Object> said(String field, String text) {
    return Map.of("field", field, "problem", text);
  }

  private static Map<String, Object> problem(String field, String text) {
    return Map.of("problems", List.of(said(field, text)));
  }
}
