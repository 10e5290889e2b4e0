package org.dandang.survey.instrument;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.dandang.policy.Words;
import org.jspecify.annotations.Nullable;

/**
 * What a pack asks of an electorate.
 *
 * @param published who may read what was answered; the codes of counted ballots the electorate
 *     always
 * @param lists what each survey fills in: matters, candidates, units
 * @param groups of voters whose answers are also shown by themselves; may be empty
 * @param smallestGroup parameter: fewer ballots than this are not shown; null: as few as there are
 * @param quorum null: no attendance is asked for
 * @param electorate the address of a list of officials to begin with; may be empty
 */
public record Instrument(
    Secrecy secrecy,
    Published published,
    Map<String, ItemList> lists,
    Map<String, Group> groups,
    @Nullable String smallestGroup,
    @Nullable Threshold quorum,
    String electorate,
    List<Section> sections) {
  /** Whether ballots bear a name. */
  public enum Secrecy {
    SECRET,
    NAMED,
    /** Whoever prepares the vote chooses. */
    EITHER
  }

  /** Who may read what was answered. */
  public enum Published {
    OFFICE,
    ELECTORATE,
    EVERYBODY
  }

  /**
   * A list each survey fills in.
   *
   * @param most items it may have
   */
  public record ItemList(String id, Words title, int most) {}

  /**
   * Voters whose answers are also shown by themselves.
   *
   * @param levels codes of post levels (GB/T 12407-2008) that put an official here; empty: the list
   *     of the electorate says who
   */
  public record Group(String id, Words title, List<String> levels) {
    public Group {
      levels = List.copyOf(levels);
    }
  }

  /** Questions under a heading. */
  public record Section(String id, Words title, List<Question> questions) {
    public Section {
      questions = List.copyOf(questions);
    }
  }

  public Instrument {
    lists = Collections.unmodifiableMap(new LinkedHashMap<>(lists));
    groups = Collections.unmodifiableMap(new LinkedHashMap<>(groups));
    sections = List.copyOf(sections);
  }

  public List<Question> questions() {
    return sections.stream().flatMap(section -> section.questions().stream()).toList();
  }

  public Optional<Question> question(String id) {
    return questions().stream().filter(question -> question.id().equals(id)).findFirst();
  }

  /** The parameters its rules are written in. */
  public Set<String> parameters() {
    Set<String> used = new LinkedHashSet<>();
    if (smallestGroup != null) {
      used.add(smallestGroup);
    }
    if (quorum != null) {
      used.add(quorum.parameter());
    }
    for (Question question : questions()) {
      if (question.kind() instanceof Question.Motion motion && motion.majority() != null) {
        used.add(motion.majority().parameter());
      }
    }
    return used;
  }
}
