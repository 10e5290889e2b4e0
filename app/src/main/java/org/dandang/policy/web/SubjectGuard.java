package org.dandang.policy.web;

import org.dandang.platform.access.Access;
import org.dandang.platform.access.Action;
import org.dandang.platform.access.SignedIn;
import org.dandang.platform.access.Subject;
import org.dandang.platform.web.NotHere;
import org.dandang.policy.fact.Facts;
import org.springframework.stereotype.Component;

/**
 * Whether somebody may ask a policy about a subject, as the rules of access decide. Figures of
 * units count everybody in them and are for the officers of the unit.
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
    if ((!account.isOfficer() && !facts.kind(kind).people())
        || !access.may(account, action, new Subject(kind, Long.toString(subject))).allowed()) {
      throw new NotHere();
    }
  }
}
