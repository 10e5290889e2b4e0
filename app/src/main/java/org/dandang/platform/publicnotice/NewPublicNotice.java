package org.dandang.platform.publicnotice;

import java.util.List;
import org.dandang.platform.deadline.Owner;
import org.jspecify.annotations.Nullable;

/**
 * What is to be posted; see {@link PublicNotice}.
 *
 * @param namedOnly whether an objection has to bear a name, besides where the rule asks for one
 * @param unit whose notice it is: its officers see the draft and handle it; null: everybody's, for
 *     officers over everything
 * @param about numbers of the officials it is about: those who keep away from them do not handle it
 */
public record NewPublicNotice(
    String kind,
    @Nullable Owner owner,
    String title,
    String body,
    String issuer,
    String contact,
    int days,
    boolean namedOnly,
    @Nullable Long unit,
    List<Long> about) {
  public NewPublicNotice {
    about = List.copyOf(about);
    title = title.strip();
    body = body.strip().replace("\r\n", "\n");
    issuer = issuer.strip();
    contact = contact.strip();
  }

  /** Everybody's, about nobody of the register. */
  public NewPublicNotice(
      String kind,
      @Nullable Owner owner,
      String title,
      String body,
      String issuer,
      String contact,
      int days,
      boolean namedOnly) {
    this(kind, owner, title, body, issuer, contact, days, namedOnly, null, List.of());
  }

  /** The same, of a unit and about some officials. */
  public NewPublicNotice belonging(@Nullable Long unit, List<Long> about) {
    return new NewPublicNotice(
        kind, owner, title, body, issuer, contact, days, namedOnly, unit, about);
  }
}
