package org.dandang.official;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.dandang.official.register.Field;
import org.dandang.official.register.Register;
import org.dandang.official.register.RegisterRow;
import org.dandang.platform.web.Page;
import org.dandang.policy.fact.Fact;
import org.jspecify.annotations.Nullable;

/**
 * Officials side by side: a row for each thing that can be compared, a column for each person.
 *
 * @param people in the order asked
 */
public record Comparison(List<Dossier> people, List<Part> parts) {
  /**
   * Rows of one kind.
   *
   * @param heading key of its word
   */
  public record Part(String heading, List<Row> rows) {}

  /**
   * One thing compared.
   *
   * @param cells one for each person, lines of text; empty where nothing is known
   */
  public record Row(String heading, List<List<String>> cells) {
    /** Whether the people differ in it. */
    public boolean differs() {
      return cells.stream().distinct().count() > 1;
    }

    boolean says() {
      return cells.stream().anyMatch(cell -> !cell.isEmpty());
    }
  }

  /** How many people stand side by side at most. */
  public static final int MOST = 6;

  static Comparison of(
      List<Dossier> people,
      Map<Long, Map<String, @Nullable Object>> facts,
      List<Fact> published,
      LocalDate today,
      Page page) {
    List<Row> person = new ArrayList<>();
    text(person, page.word("official.key"), people, Dossier::key);
    text(
        person,
        page.word("official.sex"),
        people,
        one -> page.word("official.sex." + one.identity().sex()));
    text(person, page.word("official.ethnic-group"), people, one -> one.identity().ethnicGroup());
    text(person, page.word("official.born"), people, one -> string(one.identity().born()));
    text(
        person,
        page.word("official.began-work"),
        people,
        one -> string(one.identity().beganWork()));
    text(
        person,
        page.word("official.status"),
        people,
        one -> page.word("official.status." + one.identity().status()));
    text(
        person,
        page.word("field.identity.native-place"),
        people,
        one -> one.identityRow().text(Field.IDENTITY_NATIVE_PLACE));
    text(
        person,
        page.word("official.post"),
        people,
        one -> {
          Dossier.Posting present = one.present(today);
          return present == null
              ? ""
              : present.unit() + (present.post() == null ? "" : " " + present.post());
        });
    List<Row> career = new ArrayList<>();
    for (Register register :
        List.of(
            Register.RANK,
            Register.EDUCATION,
            Register.AFFILIATION,
            Register.ANNUAL_GRADE,
            Register.AWARD,
            Register.PENALTY)) {
      career.add(
          new Row(
              page.word("register." + register.word()),
              people.stream()
                  .map(one -> one.rowsOf(register).stream().map(row -> words(row, page)).toList())
                  .toList()));
    }
    List<Row> known = new ArrayList<>();
    for (Fact fact : published) {
      text(
          known,
          fact.title().in(page.tag()),
          people,
          one -> {
            Object value = facts.getOrDefault(one.id(), Map.of()).get(fact.id());
            return value == null ? "" : page.value(value);
          });
    }
    return new Comparison(
        people,
        List.of(
            new Part("compare.person", said(person)),
            new Part("compare.career", said(career)),
            new Part("compare.facts", said(known))));
  }

  private static List<Row> said(List<Row> rows) {
    return rows.stream().filter(Row::says).toList();
  }

  private static void text(
      List<Row> rows,
      String heading,
      List<Dossier> people,
      Function<Dossier, @Nullable String> of) {
    rows.add(
        new Row(
            heading,
            people.stream()
                .map(of)
                .map(text -> text == null || text.isEmpty() ? List.<String>of() : List.of(text))
                .toList()));
  }

  private static String words(RegisterRow row, Page page) {
    List<String> words = new ArrayList<>();
    for (Field field : row.register().fields()) {
      String text = row.text(field);
      if (!text.isEmpty()) {
        words.add(
            field.closed()
                ? page.wordOr(
                    "choice." + field.path() + "." + text, page.wordOr("value." + text, text))
                : text);
      }
    }
    return String.join(" · ", words);
  }

  private static @Nullable String string(@Nullable Object value) {
    return value == null ? null : value.toString();
  }
}
