package org.dandang.platform.procedure;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A place on a procedure's way. */
public sealed interface Node {
  String id();

  /** Line of the procedure's file, 1-based. */
  int line();

  /** Number of the clause it rests on; null where none is named. */
  @Nullable String clause();

  /**
   * Where it begins.
   *
   * @param who those who may begin
   * @param form what is filled in to begin; null for nothing
   * @param clause number of the clause it rests on; null where none is named
   */
  record Start(String id, List<Who> who, @Nullable String form, @Nullable String clause, int line)
      implements Node {
    public Start {
      who = List.copyOf(who);
    }
  }

  /**
   * Something people do.
   *
   * @param notBy steps, or the start: who did one of them may not do this
   * @param form what is filled in; null for nothing
   * @param formFor outcomes with which the form is signed
   * @param outcomes how it can end; the first is the one that agrees
   * @param due parameter with the time it may take; null without a deadline
   * @param lapse outcome it ends with when the deadline passes; null: it stays, overdue
   * @param atLevel parameter with the level at or above which the role is to be held; null: over
   *     the matter's unit suffices
   * @param enters register that an outcome is entered in; null for none
   * @param entersFor outcomes with which it is entered
   */
  record Step(
      String id,
      Kind kind,
      List<Who> who,
      Signing signing,
      List<String> notBy,
      @Nullable String form,
      List<String> formFor,
      List<String> outcomes,
      @Nullable String due,
      @Nullable String lapse,
      @Nullable String atLevel,
      @Nullable String enters,
      List<String> entersFor,
      @Nullable String clause,
      int line)
      implements Node {
    public Step {
      who = List.copyOf(who);
      notBy = List.copyOf(notBy);
      formFor = List.copyOf(formFor);
      outcomes = List.copyOf(outcomes);
      entersFor = List.copyOf(entersFor);
    }

    /** Whether it is the party's. */
    public boolean isOfTheParty() {
      return who.size() == 1 && who.getFirst() instanceof Who.Party;
    }
  }

  /** Where the outcome of the step before says how it goes on. */
  record Choice(String id, int line) implements Node {
    @Override
    public @Nullable String clause() {
      return null;
    }
  }

  /**
   * Where it ends.
   *
   * @param adverse whether this is a disadvantage to the party
   * @param tells who is told
   * @param enters register that this is entered in; null for none
   */
  record End(
      String id,
      boolean adverse,
      List<Who> tells,
      @Nullable String enters,
      @Nullable String clause,
      int line)
      implements Node {
    public End {
      tells = List.copyOf(tells);
    }
  }

  /**
   * What a step is for; an adverse outcome needs a reply, a decision and an objection. A review
   * looks at an objection and is another person's than the decision.
   */
  enum Kind {
    WORK,
    PROPOSE,
    APPROVE,
    REPLY,
    DECIDE,
    OBJECT,
    REVIEW;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Kind> of(String word) {
      return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findFirst();
    }
  }
}
