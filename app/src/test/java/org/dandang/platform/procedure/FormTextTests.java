package org.dandang.platform.procedure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** A form kept with a version is the form that was kept. */
class FormTextTests {
  @Test
  void aFormIsReadAsItWasWritten() {
    Map<String, Field.Span> spans = new LinkedHashMap<>();
    spans.put("b", new Field.Span(null, LocalDate.of(2019, 6, 1)));
    spans.put("a", new Field.Span(LocalDate.of(2019, 6, 1), null));
    Form form =
        new Form(
            "form",
            List.of(
                new Field("day", false, new Field.Kind.Day()),
                new Field("one", true, new Field.Kind.Choice(List.of("x", "y"))),
                new Field(
                    "coded",
                    false,
                    new Field.Kind.Choice(
                        List.of("b", "a"), new Field.Codes("levels", "day", spans))),
                new Field(
                    "today",
                    false,
                    new Field.Kind.Choice(
                        List.of("b", "a"), new Field.Codes("levels", null, spans)))));
    JsonMapper json = JsonMapper.builder().build();
    assertThat(FormText.form(json.readValue(json.writeValueAsString(FormText.of(form)), Map.class)))
        .isEqualTo(form);
  }
}
