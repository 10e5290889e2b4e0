package org.dandang.demonstration;

import java.util.List;
import org.dandang.platform.access.Accounts;
import org.dandang.platform.access.Role;
import org.springframework.stereotype.Component;

/**
 * The accounts of the demonstration. Their password is no secret: it is printed at every start, and
 * the pages answer on this machine only.
 */
@Component
public class DemonstrationAccounts {
  private static final String ACTOR = "demonstration";
  private static final String PASSWORD = "dandang-demo";

  private final Accounts accounts;
  private final Demonstration demonstration;
  private final DemonstrationNotices notices;

  DemonstrationAccounts(
      Accounts accounts, Demonstration demonstration, DemonstrationNotices notices) {
    this.accounts = accounts;
    this.demonstration = demonstration;
    this.notices = notices;
  }

  /** An account somebody can try. */
  public record Shown(String signInName, String password, String who) {}

  /** The accounts, opened where they are not yet, with the first notices in their inboxes. */
  public List<Shown> open() {
    if (!accounts.exists("officer")) {
      accounts.create("officer", "演示组织人事干部", PASSWORD, Role.PERSONNEL_OFFICER, null, ACTOR);
    }
    if (!accounts.exists("officer2")) {
      accounts.create("officer2", "演示组织人事干部二", PASSWORD, Role.PERSONNEL_OFFICER, null, ACTOR);
    }
    if (!accounts.exists("official")) {
      Demonstration.Person person = demonstration.somebody().orElseThrow();
      accounts.create(
          "official", person.name(), PASSWORD, Role.OFFICIAL, person.officialId(), ACTOR);
    }
    demonstration.somebody().ifPresent(person -> notices.make("officer", person.officialId()));
    return List.of(
        new Shown("officer", PASSWORD, "personnel officer 组织人事干部"),
        new Shown("officer2", PASSWORD, "a second one, to decide on proposals 第二名组织人事干部，审定他人提议"),
        new Shown("official", PASSWORD, "an official, own record only 干部本人"));
  }
}
