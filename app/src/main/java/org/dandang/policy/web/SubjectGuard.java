package org.dandang.policy.web;

import org.dandang.platform.access.Access;
import org.dandang.platform.access.Action;
import org.dandang.platform.access.Role;
import org.dandang.platform.access.SignedIn;
import org.dandang.platform.access.Subject;
import org.dandang.platform.web.NotHere;
import org.dandang.policy.fact.Facts;
import org.springframework.stereotype.Component;

/**
 * Whether somebody may ask a policy about a subject. About people the rules of access decide;
 * figures of units and the like count people everywhere and are for officers over everything.
 */
@Component
class SubjectGuard {
  private final Access access;
  private final Facts facts;

  SubjectGuard(Access access, Facts facts) {
    this.access = access;
    this.facts = facts;
  }

  /**
   * @throws NotHere when the account may not
   */
  void check(SignedIn account, Action action, String kind, long subject) {
    boolean allowed =
        facts.kind(kind).people()
            ? access.may(account, action, new Subject(kind, Long.toString(subject))).allowed()
            : account.hasEverywhere(Role.PERSONNEL_OFFICER);
    if (!allowed) {
      throw new NotHere();
    }
  }
}
