package org.dandang.policy.pack;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import org.dandang.platform.procedure.Field;
import org.dandang.platform.procedure.Flow;
import org.dandang.platform.procedure.Form;
import org.dandang.platform.procedure.Layout;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with the papers of a procedure: forms, fields, steps and places there are none of.
 */
final class LayoutCheck {
  private static final Set<String> PLAIN =
      Set.of("about", "unit", "matter", "signed-by", "signed-on");

  private final Pack pack;
  private final ProcedureFile file;
  private final Flow flow;
  private final Map<String, Form> forms;

  LayoutCheck(Pack pack, ProcedureFile file, Flow flow, Map<String, Form> forms) {
    this.pack = pack;
    this.file = file;
    this.flow = flow;
    this.forms = forms;
  }

  void check(PackCheck.Needed needed, Consumer<Finding> told) {
    for (Map.Entry<String, Path> paper : file.papers().entrySet()) {
      String name = pack.id() + "/papers/" + paper.getValue().getFileName();
      if (!forms.containsKey(paper.getKey())) {
        told.accept(
            Finding.error(
                name,
                0,
                paper.getKey(),
                "procedure-no-such-form",
                paper.getKey(),
                String.join(", ", forms.keySet())));
        continue;
      }
      LayoutReader.read(paper.getKey(), paper.getValue(), name, LayoutReader.words(pack), told)
          .ifPresent(layout -> check(layout, name, needed, told));
    }
  }

  private void check(Layout layout, String name, PackCheck.Needed needed, Consumer<Finding> told) {
    if (layout.after() != null && flow.step(layout.after()).isEmpty()) {
      told.accept(Finding.error(name, 0, "after", "layout-no-step", layout.after()));
    }
    if (layout.number() != null) {
      field(layout.number(), name, "number", told);
    }
    if (layout.to() != null && !Set.of(Layout.PARTY, Layout.UNIT).contains(layout.to())) {
      field(layout.to(), name, "to", told);
    }
    if (layout.date() != null && field(layout.date(), name, "date", told)) {
      Field field = find(layout.date());
      if (field != null && !(field.kind() instanceof Field.Kind.Day)) {
        told.accept(Finding.error(name, 0, "date", "layout-not-a-date", layout.date()));
      }
    }
    needed.words.add(layout.title());
    for (Layout.Part part : layout.parts()) {
      switch (part) {
        case Layout.Part.Text text -> {
          needed.words.add(layout.text(text));
          places(layout.text(text), needed, told);
        }
        case Layout.Part.Fields fields ->
            fields.fields().forEach(each -> field(each, name, "fields", told));
      }
    }
  }

  /** The places of a text in every language: each means something, and all languages have them. */
  private void places(String key, PackCheck.Needed needed, Consumer<Finding> told) {
    Set<String> first = null;
    for (Map.Entry<String, Properties> words : pack.messages().entrySet()) {
      String messages = pack.id() + "/messages." + words.getKey() + ".properties";
      Set<String> places = new LinkedHashSet<>();
      Matcher found = Layout.PLACE.matcher(words.getValue().getProperty(key, ""));
      while (found.find()) {
        places.add(found.group(1));
      }
      places.forEach(place -> place(place, key, messages, needed, told));
      if (first == null) {
        first = places;
      } else if (!first.equals(places)) {
        told.accept(
            Finding.error(
                messages,
                0,
                key,
                "layout-places-differ",
                String.join(", ", first),
                String.join(", ", places)));
      }
    }
  }

  private void place(
      String place, String key, String messages, PackCheck.Needed needed, Consumer<Finding> told) {
    int dot = place.indexOf('.');
    String id = place.substring(dot + 1);
    switch (dot < 0 ? "" : place.substring(0, dot)) {
      case "" -> {
        if (!PLAIN.contains(place)) {
          unknown(place, key, messages, told);
        }
      }
      case "figure" -> {
        needed.parameters.add(id);
        Parameter parameter = pack.parameters().get(id);
        if (parameter == null || parameter.by() != null) {
          unknown(place, key, messages, told);
        }
      }
      case "due", "done", "reasons" -> {
        if (flow.step(id).isEmpty()) {
          unknown(place, key, messages, told);
        }
      }
      default -> field(place, messages, key, told);
    }
  }

  private void unknown(String place, String key, String messages, Consumer<Finding> told) {
    told.accept(
        Finding.error(
            messages,
            0,
            key,
            "layout-place",
            place,
            String.join(", ", new java.util.TreeSet<>(PLAIN))));
  }

  private boolean field(String reference, String name, String where, Consumer<Finding> told) {
    if (find(reference) != null) {
      return true;
    }
    Set<String> known = new LinkedHashSet<>();
    forms.values().forEach(form -> form.fields().forEach(f -> known.add(form.id() + "." + f.id())));
    told.accept(Finding.error(name, 0, where, "layout-field", reference, String.join(", ", known)));
    return false;
  }

  private @Nullable Field find(String reference) {
    int dot = reference.indexOf('.');
    Form form = dot < 0 ? null : forms.get(reference.substring(0, dot));
    return form == null ? null : form.field(reference.substring(dot + 1)).orElse(null);
  }
}
