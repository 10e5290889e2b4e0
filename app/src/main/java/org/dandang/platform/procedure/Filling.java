package org.dandang.platform.procedure;

import java.util.Map;
import java.util.Objects;
import org.dandang.platform.access.SignedIn;
import org.dandang.platform.ledger.Ledger;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Filling in a form little by little: what is kept before it is signed. */
@Component
public class Filling {
  private final Matters matters;
  private final Papers papers;
  private final Ledger ledger;

  Filling(Matters matters, Papers papers, Ledger ledger) {
    this.matters = matters;
    this.papers = papers;
    this.ledger = ledger;
  }

  /** Keeps what was filled in so far. */
  @Transactional
  public void save(
      Matter matter, @Nullable Long step, Form form, Map<String, String> answers, SignedIn by) {
    long paper = papers.save(matter, step, form, answers, by.account());
    note(matter, "matter-form-kept", by, Map.of("form", form.id(), "paper", paper));
  }

  /** Attaches a file to a draft. */
  @Transactional
  public void attach(
      Matter matter,
      @Nullable Long step,
      Form form,
      String field,
      String name,
      byte[] content,
      SignedIn by) {
    Attached file = papers.attach(matter, step, form, field, name, content, by);
    note(
        matter,
        "matter-file-attached",
        by,
        Map.of("form", form.id(), "field", field, "hash", file.hash(), "bytes", file.bytes()));
  }

  /** Attaches a file to the form that is to be filled in now: of the open step, or of a draft. */
  @Transactional
  public void attach(long matter, String field, String name, byte[] content, SignedIn by) {
    Matter found = matters.find(matter).orElseThrow();
    OpenStep open = matters.openStep(found).orElse(null);
    String form = open == null ? found.procedure().flow().start().form() : open.node().form();
    attach(
        found,
        open == null ? null : open.id(),
        Objects.requireNonNull(found.procedure().forms().get(Objects.requireNonNull(form))),
        field,
        name,
        content,
        by);
  }

  /** Takes a file off a draft; nothing happens where it is not there or signed. */
  @Transactional
  public void remove(Matter matter, long document, SignedIn by) {
    if (papers.remove(document, by.account())) {
      note(matter, "matter-file-removed", by, Map.of("file", document));
    }
  }

  private void note(Matter matter, String action, SignedIn by, Map<String, ?> detail) {
    ledger.append(by.signInName(), action, MatterSteps.SUBJECT, Long.toString(matter.id()), detail);
  }
}
