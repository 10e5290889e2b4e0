package org.dandang.survey.instrument;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An instrument with its lists filled in: the questions as a voter meets them.
 *
 * @param items texts of each list, in order
 */
public record Asked(Instrument instrument, Map<String, List<String>> items) {
  public Asked {
    items = Map.copyOf(items);
  }

  /**
   * A question, or a question about one item.
   *
   * @param key of its answer in a ballot: {@code motion}, {@code motion.2}
   * @param item number of the item in its list, from 1; 0: about none
   * @param about text of the item; empty: about none
   */
  public record One(Question question, String key, int item, String about) {}

  /** All of them in order. */
  public List<One> all() {
    return instrument.sections().stream().flatMap(section -> of(section).stream()).toList();
  }

  /** Those of a section in order. */
  public List<One> of(Instrument.Section section) {
    List<One> all = new ArrayList<>();
    for (Question question : section.questions()) {
      if (question.forEach() == null) {
        all.add(new One(question, question.id(), 0, ""));
      } else {
        List<String> texts = list(question.forEach());
        for (int i = 1; i <= texts.size(); i++) {
          all.add(new One(question, question.id() + "." + i, i, texts.get(i - 1)));
        }
      }
    }
    return all;
  }

  public Optional<One> find(String key) {
    return all().stream().filter(one -> one.key().equals(key)).findFirst();
  }

  /** The texts of a list; empty while none is filled in. */
  public List<String> list(String id) {
    return items.getOrDefault(id, List.of());
  }

  /** The lists that hold nothing yet, without which there is nothing to ask. */
  public List<Instrument.ItemList> missing() {
    return instrument.lists().values().stream().filter(list -> list(list.id()).isEmpty()).toList();
  }
}
