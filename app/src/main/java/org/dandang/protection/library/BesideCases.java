package org.dandang.protection.library;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dandang.platform.access.SignedIn;
import org.dandang.platform.procedure.Beside;
import org.dandang.platform.procedure.MatterView;
import org.dandang.platform.procedure.OpenStep;
import org.dandang.platform.procedure.Texts;
import org.dandang.platform.storage.Sights;
import org.dandang.platform.web.Page;
import org.springframework.stereotype.Component;

/** Offers similar cases, with why they are similar, where tolerance is decided. */
@Component
class BesideCases implements Beside {
  private static final int MOST = 5;
  private static final int ANSWERS_SHOWN = 4;
  private static final String SITUATION = "listed-situation";

  private final CaseLibrary library;

  BesideCases(CaseLibrary library) {
    this.library = library;
  }

  @Override
  public List<Part> of(MatterView view, Map<String, String> answers, SignedIn reader, Page page) {
    OpenStep open = view.open();
    if (open != null && "case-library".equals(open.node().enters())) {
      return reviewed(answers, page);
    }
    if (open == null || !"tolerance".equals(open.node().enters())) {
      return List.of();
    }
    List<CaseLibrary.Similar> similar =
        library.similar(answers.get(SITUATION), choices(view, answers), text(answers), MOST);
    Texts texts = view.matter().procedure().texts();
    return List.of(
        new Part(
            page.word("case.similar"),
            page.word(similar.isEmpty() ? "case.similar.none" : "case.similar.about"),
            similar.stream()
                .map(
                    one ->
                        new Line(
                            one.found().title(),
                            "/protection/cases/" + one.found().id(),
                            why(one, view, texts, page)))
                .toList()));
  }

  /**
   * What is reviewed, whole, with what of it was found and confirmed to stay: the reviewer sees it
   * by the matter and not by the library.
   */
  private List<Part> reviewed(Map<String, String> answers, Page page) {
    return Stream.ofNullable(answers.get("case"))
        .filter(number -> number.matches("[0-9]{1,12}"))
        .flatMap(number -> Sights.everything(() -> library.find(Long.parseLong(number))).stream())
        .map(
            one ->
                new Part(
                    page.word("case.to-review"),
                    one.leftIn().isEmpty()
                        ? page.word("case.to-review.about")
                        : page.word("case.left-in", String.join("、", one.leftIn())),
                    Stream.concat(Stream.of(one.title()), one.text().lines())
                        .map(text -> new Line(text, "", ""))
                        .toList()))
        .toList();
  }

  private static String word(MatterView view, String field) {
    return view.matter().procedure().forms().entrySet().stream()
        .filter(form -> form.getValue().fields().stream().anyMatch(one -> one.id().equals(field)))
        .map(form -> "field." + form.getKey() + "." + field)
        .findFirst()
        .orElse(field);
  }

  /** The answers that are one of several, without the situation, which counts by itself. */
  private static Map<String, String> choices(MatterView view, Map<String, String> answers) {
    Map<String, String> choices = new TreeMap<>();
    view.matter().procedure().forms().values().stream()
        .flatMap(form -> form.fields().stream())
        .filter(field -> field.word().equals("choice") && !field.id().equals(SITUATION))
        .forEach(
            field -> {
              String value = answers.get(field.id());
              if (value != null) {
                choices.put(field.id(), value);
              }
            });
    return choices;
  }

  private static String text(Map<String, String> answers) {
    return Stream.of("matter", "facts-found", "grounds")
        .flatMap(field -> Stream.ofNullable(answers.get(field)))
        .collect(Collectors.joining("\n"));
  }

  private static String why(CaseLibrary.Similar similar, MatterView view, Texts texts, Page page) {
    List<String> why = new ArrayList<>();
    why.add(
        page.wordOr("tolerance.outcome." + similar.found().outcome(), similar.found().outcome()));
    if (similar.why().situation()) {
      why.add(page.word("case.why.situation"));
    }
    List<String> fields = similar.why().answers();
    if (!fields.isEmpty()) {
      why.add(
          page.word(
              "case.why.answers",
              fields.size(),
              fields.stream()
                  .limit(ANSWERS_SHOWN)
                  .map(field -> texts.in(page.tag(), word(view, field)))
                  .collect(Collectors.joining("、"))));
    }
    if (!similar.why().words().isEmpty()) {
      why.add(page.word("case.why.words", String.join("、", similar.why().words())));
    }
    return String.join(" · ", why);
  }
}
