package org.dandang.platform.procedure;

import java.sql.Types;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.dandang.platform.access.Access;
import org.dandang.platform.access.Role;
import org.dandang.platform.access.SignedIn;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Who has to sign a step that several sign, and who has. */
@Component
class Signatures {
  private final JdbcClient jdbc;
  private final Matters matters;
  private final Access access;
  private final MatterSteps steps;

  Signatures(JdbcClient jdbc, Matters matters, Access access, MatterSteps steps) {
    this.jdbc = jdbc;
    this.matters = matters;
    this.access = access;
    this.steps = steps;
  }

  List<Signature> of(long step) {
    return jdbc.sql(
            """
            select g.place, g.role, g.account_id as account, c.shown_name as name, g.outcome, g.reasons
              from platform.matter_signature g left join platform.account c on c.id = g.account_id
             where g.step_id = ? order by g.place
            """)
        .param(step)
        .query(Signature.class)
        .list();
  }

  /** The signature an account could give now; empty when there is none. */
  Optional<Signature> next(SignedIn by, Matter matter, OpenStep open) {
    List<Signature> all = of(open.id());
    if (all.stream()
        .anyMatch(one -> one.isGiven() && Objects.equals(one.account(), by.account()))) {
      return Optional.empty();
    }
    List<Signature> missing = all.stream().filter(one -> !one.isGiven()).toList();
    return (open.node().signing() == Signing.IN_ORDER
            ? missing.stream().limit(1)
            : missing.stream())
        .filter(one -> isFor(one, by, matter))
        .findFirst();
  }

  private boolean isFor(Signature signature, SignedIn by, Matter matter) {
    if (signature.account() != null) {
      return signature.account() == by.account();
    }
    return signature.role() != null
        && Role.find(signature.role())
            .map(role -> access.holds(by, role, matter.unit()))
            .orElse(false);
  }

  /**
   * Signs.
   *
   * @return whether it was the last signature that was missing
   */
  boolean sign(Matter matter, OpenStep open, SignedIn by, String outcome, String reasons) {
    Signature mine = next(by, matter, open).orElseThrow(() -> Cases.refused("not-your-turn"));
    jdbc.sql(
            """
            update platform.matter_signature
               set account_id = :by, outcome = :outcome, reasons = :reasons, signed_at = :now
             where step_id = :step and place = :place
            """)
        .param("by", by.account())
        .param("outcome", outcome)
        .param("reasons", reasons.isBlank() ? null : reasons, Types.VARCHAR)
        .param("now", matters.now())
        .param("step", open.id())
        .param("place", mine.place())
        .update();
    return of(open.id()).stream().allMatch(Signature::isGiven);
  }

  /** Asks a person more to sign. */
  void add(Matter matter, OpenStep open, SignedIn signer, SignedIn by) {
    if (open.node().signing() == Signing.ANY) {
      throw Cases.refused("one-signs");
    }
    boolean working =
        signer.today().stream().anyMatch(held -> access.holds(signer, held.role(), matter.unit()))
            && signer.today().stream().noneMatch(held -> held.role() == Role.OFFICIAL);
    if (!working || open.notBy().contains(signer.account())) {
      throw Cases.refused("signer");
    }
    steps
        .recusal(signer, matter, open.node())
        .ifPresent(
            reason -> {
              throw Cases.refused("signer");
            });
    if (of(open.id()).stream()
        .anyMatch(one -> one.account() != null && one.account() == signer.account())) {
      throw Cases.refused("signer-twice");
    }
    jdbc.sql(
            """
            insert into platform.matter_signature (step_id, place, account_id, added_by)
            select ?, max(place) + 1, ?, ? from platform.matter_signature where step_id = ?
            """)
        .params(open.id(), signer.account(), by.account(), open.id())
        .update();
  }

  boolean anySigned(OpenStep open) {
    return of(open.id()).stream().anyMatch(Signature::isGiven);
  }
}
