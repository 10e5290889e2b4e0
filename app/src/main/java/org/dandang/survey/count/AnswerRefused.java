package org.dandang.survey.count;

import java.util.ArrayList;
import java.util.List;
import org.dandang.survey.instrument.Asked;
import org.jspecify.annotations.Nullable;

/** An answer that is none; the ballot stays with whoever filled it in. */
public final class AnswerRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String key;
  private final String about;
  private final String reason;
  private final transient List<Object> values;
  private final transient Asked.@Nullable One one;

  AnswerRefused(Asked.One one, String reason, Object... values) {
    super(one.key() + " " + reason, null, false, false);
    this.one = one;
    this.key = one.key();
    this.about = one.about();
    this.reason = reason;
    this.values = List.of(values);
  }

  /** A field that belongs to no question. */
  AnswerRefused(String field) {
    super(field, null, false, false);
    this.one = null;
    this.key = field;
    this.about = "";
    this.reason = "no-question";
    this.values = List.of();
  }

  /** Key of the question, or the field that belongs to none. */
  public String key() {
    return key;
  }

  /** Ends the message key {@code survey.answer.}. */
  public String reason() {
    return reason;
  }

  /** What stands in the message: the question's title in a language, then figures. */
  public Object[] values(String language) {
    String title = one == null ? key : one.question().title().in(language);
    List<Object> all = new ArrayList<>();
    all.add(about.isEmpty() ? title : title + " · " + about);
    all.addAll(values);
    return all.toArray();
  }
}
