package org.dandang.platform.procedure;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dandang.platform.access.SignedIn;
import org.dandang.platform.web.Page;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * What helps whoever works on a matter: what the rules propose, and what modules show beside it.
 */
@Component
class Advice {
  private final ObjectProvider<Proposals> proposals;
  private final List<Beside> beside;
  private final Entries entries;

  Advice(ObjectProvider<Proposals> proposals, List<Beside> beside, Entries entries) {
    this.proposals = proposals;
    this.beside = beside;
    this.entries = entries;
  }

  /** What is proposed at the step at which a matter stands; nothing to the party. */
  Optional<Proposal> proposal(MatterView view) {
    OpenStep open = view.open();
    Proposals rules = proposals.getIfAvailable();
    return open == null || view.party() || rules == null
        ? Optional.empty()
        : rules.at(view.matter(), open.node().id(), entries.answers(view.matter()));
  }

  /** What the modules show beside it; nothing to the party, nor beside a draft. */
  List<Beside.Part> beside(MatterView view, SignedIn reader, Page page) {
    if (view.party() || view.matter().state() == Matter.State.DRAFT || beside.isEmpty()) {
      return List.of();
    }
    Map<String, String> answers = entries.answers(view.matter());
    return beside.stream().flatMap(one -> one.of(view, answers, reader, page).stream()).toList();
  }
}
