package org.dandang.platform.procedure;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A form as a map of plain values, to be kept with a version and read again. */
final class FormText {
  private FormText() {}

  static Map<String, Object> of(Form form) {
    List<Map<String, Object>> fields = new ArrayList<>();
    for (Field field : form.fields()) {
      Map<String, Object> text = new LinkedHashMap<>();
      text.put("id", field.id());
      text.put("kind", field.word());
      text.put("required", field.required());
      switch (field.kind()) {
        case Field.Kind.Text kind -> text.put("at-most", kind.atMost());
        case Field.Kind.Day kind -> {}
        case Field.Kind.Number kind -> {
          put(text, "least", kind.least());
          put(text, "most", kind.most());
        }
        case Field.Kind.Choice kind -> {
          text.put("options", kind.options());
          if (kind.codes() != null) {
            text.put("codes", of(kind.codes()));
          }
        }
        case Field.Kind.OnRecord kind -> {}
        case Field.Kind.Documents kind -> text.put("at-most", kind.atMost());
      }
      fields.add(text);
    }
    return Map.of("id", form.id(), "fields", fields);
  }

  private static Map<String, Object> of(Field.Codes codes) {
    Map<String, Object> spans = new LinkedHashMap<>();
    codes
        .spans()
        .forEach(
            (code, span) ->
                spans.put(
                    code,
                    List.of(Objects.toString(span.from(), ""), Objects.toString(span.to(), ""))));
    Map<String, Object> text = new LinkedHashMap<>();
    text.put("table", codes.table());
    if (codes.asOf() != null) {
      text.put("as-of", codes.asOf());
    }
    text.put("spans", spans);
    return text;
  }

  private static Field.@Nullable Codes codes(@Nullable Object text) {
    if (!(text instanceof Map<?, ?> codes)) {
      return null;
    }
    Map<String, Field.Span> spans = new LinkedHashMap<>();
    ((Map<?, ?>) Objects.requireNonNull(codes.get("spans")))
        .forEach(
            (code, span) ->
                spans.put(
                    String.valueOf(code),
                    new Field.Span(
                        day(((List<?>) span).getFirst()), day(((List<?>) span).getLast()))));
    Object asOf = codes.get("as-of");
    return new Field.Codes(
        String.valueOf(codes.get("table")), asOf == null ? null : asOf.toString(), spans);
  }

  private static @Nullable LocalDate day(Object text) {
    return text.toString().isEmpty() ? null : LocalDate.parse(text.toString());
  }

  static Form form(Map<?, ?> text) {
    List<Field> fields = new ArrayList<>();
    for (Object each : (List<?>) Objects.requireNonNull(text.get("fields"))) {
      Map<?, ?> field = (Map<?, ?>) each;
      fields.add(
          new Field(
              String.valueOf(field.get("id")),
              Boolean.TRUE.equals(field.get("required")),
              kind(String.valueOf(field.get("kind")), field)));
    }
    return new Form(String.valueOf(text.get("id")), fields);
  }

  private static Field.Kind kind(String word, Map<?, ?> field) {
    return switch (word) {
      case "text" -> new Field.Kind.Text(whole(field.get("at-most")), false);
      case "long-text" -> new Field.Kind.Text(whole(field.get("at-most")), true);
      case "date" -> new Field.Kind.Day();
      case "number" -> new Field.Kind.Number(number(field.get("least")), number(field.get("most")));
      case "choice" ->
          new Field.Kind.Choice(
              ((List<?>) Objects.requireNonNull(field.get("options")))
                  .stream().map(String::valueOf).toList(),
              codes(field.get("codes")));
      case "documents" -> new Field.Kind.Documents(whole(field.get("at-most")));
      default -> new Field.Kind.OnRecord(word);
    };
  }

  private static void put(Map<String, Object> text, String key, @Nullable BigDecimal value) {
    if (value != null) {
      text.put(key, value.toPlainString());
    }
  }

  private static @Nullable BigDecimal number(@Nullable Object value) {
    return value == null ? null : new BigDecimal(value.toString());
  }

  private static int whole(@Nullable Object value) {
    return value == null ? 0 : Integer.parseInt(value.toString());
  }
}
