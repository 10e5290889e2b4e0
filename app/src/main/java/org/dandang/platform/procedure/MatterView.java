package org.dandang.platform.procedure;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.dandang.platform.web.Wording;
import org.jspecify.annotations.Nullable;

/**
 * What a reader sees of a matter, and what this reader can do.
 *
 * @param party whether the reader is the one it is about
 * @param open the step at which it stands; null when it stands at none
 * @param mayAct whether the reader can do that step now
 * @param refusal why not, under {@code procedure.refused.}; null where the step is none of the
 *     reader's
 * @param unheld what the open step waits for though nobody holds it; empty for the party
 * @param lapseRefused why a register did not take what follows the end of the time of the open
 *     step; null where it was not refused, and for the party
 * @param draft what the reader has filled in so far for that step or for the beginning
 */
public record MatterView(
    Matter matter,
    String about,
    String unit,
    String begunBy,
    boolean party,
    @Nullable OpenStep open,
    @Nullable String claimedBy,
    List<ToldStep> told,
    List<Paper> papers,
    List<Signature> signatures,
    boolean mayAct,
    @Nullable String refusal,
    boolean mayClaim,
    boolean hasClaimed,
    boolean mayTakeBack,
    boolean mayWithdraw,
    boolean mayStop,
    List<Wording> unheld,
    @Nullable Wording lapseRefused,
    @Nullable Paper draft,
    @Nullable Integer workingDaysLeft) {
  public MatterView {
    told = List.copyOf(told);
    papers = List.copyOf(papers);
    signatures = List.copyOf(signatures);
    unheld = List.copyOf(unheld);
  }

  /**
   * How the reader can end the step it stands at. Whoever answers on paper for somebody else hands
   * in what was said; whether nothing was said the time tells.
   */
  public List<String> outcomes() {
    return open == null
        ? List.of()
        : open.node().isOfTheParty() && !party ? open.node().formFor() : open.node().outcomes();
  }

  /** Whether it came to a disadvantage. */
  public boolean endedAdversely() {
    return matter.procedure().flow().ends().stream()
        .anyMatch(end -> end.adverse() && end.id().equals(matter.result()));
  }

  /** The form to be filled in now; null where there is none. */
  public @Nullable Form form() {
    String id =
        matter.state() == Matter.State.DRAFT
            ? matter.procedure().flow().start().form()
            : open == null || !mayAct ? null : open.node().form();
    return id == null ? null : matter.procedure().forms().get(id);
  }

  /**
   * Where the matter stands and where it has been, for the picture: {@code here} or {@code done}.
   */
  public String marks() {
    List<String> marks = new ArrayList<>();
    marks.add("done:" + matter.procedure().flow().start().id());
    told.stream().filter(one -> !one.isOpen()).forEach(one -> marks.add("done:" + one.step()));
    if (open != null) {
      marks.add("here:" + open.node().id());
    }
    if (matter.result() != null) {
      marks.add("here:" + matter.result());
    }
    return marks.stream().distinct().collect(Collectors.joining(" "));
  }
}
