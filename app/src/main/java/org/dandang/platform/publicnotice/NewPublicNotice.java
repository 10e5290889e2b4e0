package org.dandang.platform.publicnotice;

import org.dandang.platform.deadline.Owner;
import org.jspecify.annotations.Nullable;

/**
 * What is to be posted; see {@link PublicNotice}.
 *
 * @param namedOnly whether an objection has to bear a name, besides where the rule asks for one
 */
public record NewPublicNotice(
    String kind,
    @Nullable Owner owner,
    String title,
    String body,
    String issuer,
    String contact,
    int days,
    boolean namedOnly) {
  public NewPublicNotice {
    title = title.strip();
    body = body.strip().replace("\r\n", "\n");
    issuer = issuer.strip();
    contact = contact.strip();
  }
}
