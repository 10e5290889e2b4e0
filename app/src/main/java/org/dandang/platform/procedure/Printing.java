package org.dandang.platform.procedure;

import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.stream.Collectors;
import org.dandang.platform.web.Page;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Fills in the layout of a signed form. A paper addressed to the party tells the party what it
 * names; in any other what the reader does not see of a matter stays blank.
 */
@Component
class Printing {
  /** What stands between a name and the number of its record. */
  private static final String NUMBER = " · ";

  private final ObjectProvider<Layouts> layouts;
  private final Register register;
  private final Papers papers;
  private final ZoneId zone;

  Printing(
      ObjectProvider<Layouts> layouts,
      Register register,
      Papers papers,
      @Value("${dandang.zone:Asia/Shanghai}") ZoneId zone) {
    this.layouts = layouts;
    this.register = register;
    this.papers = papers;
    this.zone = zone;
  }

  /** The paper as its pack lays it out; empty where it has no layout, or what it waits for. */
  Optional<PrintedPaper> of(MatterView view, Paper paper, Page page) {
    return Optional.ofNullable(layouts.getIfAvailable())
        .flatMap(known -> known.find(view.matter().procedure(), paper.form()))
        .filter(layout -> layout.after() == null || isDone(view, layout.after()))
        .map(layout -> new Filled(view, paper, page, layout).printed());
  }

  private static boolean isDone(MatterView view, String step) {
    String agreeing =
        view.matter()
            .procedure()
            .flow()
            .step(step)
            .map(node -> node.outcomes().getFirst())
            .orElse(null);
    return view.told().stream()
        .filter(told -> told.step().equals(step) && told.state().equals("done"))
        .anyMatch(told -> told.outcome() == null || told.outcome().equals(agreeing));
  }

  /** One paper for one reader. */
  private final class Filled {
    private final MatterView view;
    private final Paper paper;
    private final Page page;
    private final Layout layout;
    private final Procedure procedure;
    private final List<Paper> told;

    Filled(MatterView view, Paper paper, Page page, Layout layout) {
      this.view = view;
      this.paper = paper;
      this.page = page;
      this.layout = layout;
      this.procedure = view.matter().procedure();
      this.told =
          Layout.PARTY.equals(layout.to())
              ? papers.of(view.matter().id()).stream().filter(Paper::isSigned).toList()
              : view.papers();
    }

    PrintedPaper printed() {
      List<PrintedPaper.Block> blocks = new ArrayList<>();
      for (Layout.Part part : layout.parts()) {
        switch (part) {
          case Layout.Part.Text text ->
              blocks.add(
                  new PrintedPaper.Block.Paragraphs(
                      filled(layout.texts().in(page.tag(), layout.text(text))).lines().toList()));
          case Layout.Part.Fields fields -> {
            List<PrintedPaper.Row> rows =
                fields.fields().stream().flatMap(field -> row(field).stream()).toList();
            if (!rows.isEmpty()) {
              blocks.add(new PrintedPaper.Block.Rows(rows));
            }
          }
        }
      }
      String date = layout.date();
      return new PrintedPaper(
          layout.texts().in(page.tag(), layout.title()),
          layout.number() == null ? null : answer(layout.number()),
          to(),
          blocks,
          layout.unitSigns() ? view.unit() : String.valueOf(paper.signedName()),
          date == null ? signedOn() : answer(date),
          layout.seal() ? page.word("procedure.paper.seal") : null,
          page.word(
              "procedure.paper.signed",
              paper.signedName(),
              page.moment(paper.signedAt()),
              String.valueOf(paper.hash())));
    }

    private @Nullable String to() {
      String to = layout.to();
      if (to == null) {
        return null;
      }
      String whom =
          switch (to) {
            case Layout.PARTY -> about();
            case Layout.UNIT -> view.unit();
            default -> answer(to);
          };
      return page.word("procedure.paper.to", whom);
    }

    private String about() {
      return called(view.matter().parties());
    }

    /** Names alone: the number of a record is for those who work with it. */
    private String called(List<Party> parties) {
      Map<Party, String> labels = register.labels(parties);
      return parties.stream()
          .map(party -> labels.getOrDefault(party, ""))
          .map(label -> label.contains(NUMBER) ? label.substring(0, label.indexOf(NUMBER)) : label)
          .collect(Collectors.joining("、"));
    }

    private Optional<PrintedPaper.Row> row(String reference) {
      Field field = field(reference).orElseThrow();
      String value = value(reference);
      if (value == null && !field.required()) {
        return Optional.empty();
      }
      return Optional.of(
          new PrintedPaper.Row(
              procedure.texts().in(page.tag(), "field." + reference),
              value == null ? blank() : value));
    }

    private String filled(String text) {
      Matcher places = Layout.PLACE.matcher(text);
      StringBuilder out = new StringBuilder();
      while (places.find()) {
        places.appendReplacement(out, Matcher.quoteReplacement(place(places.group(1))));
      }
      return places.appendTail(out).toString();
    }

    private String place(String what) {
      int dot = what.indexOf('.');
      String of = dot < 0 ? what : what.substring(0, dot);
      String id = what.substring(dot + 1);
      return switch (of) {
        case "about" -> about();
        case "unit" -> view.unit();
        case "matter" -> Long.toString(view.matter().id());
        case "signed-by" -> String.valueOf(paper.signedName());
        case "signed-on" -> signedOn();
        case "figure" -> figure(id);
        case "due" -> last(id).map(ToldStep::dueOn).map(this::written).orElse(blank());
        case "done" ->
            last(id)
                .map(ToldStep::doneAt)
                .map(at -> written(at.atZoneSameInstant(zone).toLocalDate()))
                .orElse(blank());
        case "reasons" -> last(id).map(ToldStep::reasons).orElse(blank());
        default -> answer(what);
      };
    }

    private Optional<ToldStep> last(String step) {
      return view.told().stream()
          .filter(told -> told.step().equals(step))
          .reduce((older, newer) -> newer);
    }

    private String figure(String id) {
      Figure figure = view.matter().figures().get(id);
      if (figure == null) {
        return blank();
      }
      if (figure.word() != null) {
        return page.wordOr("value." + figure.word(), figure.word());
      }
      return page.word(
          "procedure.paper.figure",
          figure.value().stripTrailingZeros().toPlainString(),
          page.wordOr("procedure.paper.unit." + figure.unit(), figure.unit()));
    }

    private Optional<Field> field(String reference) {
      int dot = reference.indexOf('.');
      Form form = procedure.forms().get(reference.substring(0, dot));
      return form == null ? Optional.empty() : form.field(reference.substring(dot + 1));
    }

    private String answer(String reference) {
      String value = value(reference);
      return value == null ? blank() : value;
    }

    /** The newest answer the reader sees; this paper's own where it is of this form. */
    private @Nullable String value(String reference) {
      int dot = reference.indexOf('.');
      String id = reference.substring(0, dot);
      Form form = procedure.forms().get(id);
      Field field = field(reference).orElse(null);
      Paper from =
          paper.form().equals(id)
              ? paper
              : told.stream()
                  .filter(other -> other.form().equals(id))
                  .reduce((older, newer) -> newer)
                  .orElse(null);
      if (form == null || field == null || from == null) {
        return null;
      }
      String text = from.answers().get(field.id());
      return switch (field.kind()) {
        case Field.Kind.Day day -> text == null ? null : written(LocalDate.parse(text));
        case Field.Kind.OnRecord record -> {
          Long number = from.subjects().get(field.id());
          yield number == null ? text : called(List.of(new Party(record.subject(), number)));
        }
        case Field.Kind.Documents documents ->
            from.documents().stream().noneMatch(file -> file.field().equals(field.id()))
                ? null
                : Answer.of(procedure, form, field, from, page);
        case Field.Kind.Text t -> text;
        case Field.Kind.Number n -> text;
        case Field.Kind.Choice c ->
            text == null ? null : Answer.of(procedure, form, field, from, page);
      };
    }

    private String signedOn() {
      return paper.signedAt() == null
          ? blank()
          : written(paper.signedAt().atZoneSameInstant(zone).toLocalDate());
    }

    /** A day as papers write it: 2026年6月1日. */
    private String written(LocalDate day) {
      Map<String, String> forms = Map.of("en", "d MMMM yyyy");
      return day.format(
          DateTimeFormatter.ofPattern(forms.getOrDefault(page.tag(), "yyyy年M月d日"), Locale.ENGLISH));
    }

    private String blank() {
      return page.word("procedure.paper.blank");
    }
  }
}
