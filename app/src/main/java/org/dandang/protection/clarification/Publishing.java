package org.dandang.protection.clarification;

import static org.dandang.protection.clarification.ConsentRegister.refused;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.dandang.platform.access.Role;
import org.dandang.platform.access.SignedIn;
import org.dandang.platform.calendar.OfficeCalendar;
import org.dandang.platform.deadline.Owner;
import org.dandang.platform.ledger.Ledger;
import org.dandang.platform.notice.NewNotice;
import org.dandang.platform.notice.Notices;
import org.dandang.platform.notice.Recipient;
import org.dandang.platform.publicnotice.NewPublicNotice;
import org.dandang.platform.publicnotice.PublicNotice;
import org.dandang.platform.publicnotice.PublicNoticeRules;
import org.dandang.platform.publicnotice.PublicNotices;
import org.dandang.platform.storage.Sights;
import org.dandang.platform.web.Wordings;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Posts clarifications in public notices, and takes them down when a consent is withdrawn. The text
 * of a notice is put together from what the people in it agreed to have said and from nothing else.
 */
@Component
public class Publishing {
  /** Kind of public notice. */
  static final String KIND = "clarification";

  /** Most people in one notice. */
  static final int MOST = 100;

  private final JdbcClient jdbc;
  private final Clarifications clarifications;
  private final PublicNotices posted;
  private final PublicNoticeRules rules;
  private final Notices notices;
  private final OfficeCalendar office;
  private final Wordings wordings;
  private final Ledger ledger;

  Publishing(
      JdbcClient jdbc,
      Clarifications clarifications,
      PublicNotices posted,
      PublicNoticeRules rules,
      Notices notices,
      OfficeCalendar office,
      Wordings wordings,
      Ledger ledger) {
    this.jdbc = jdbc;
    this.clarifications = clarifications;
    this.posted = posted;
    this.rules = rules;
    this.notices = notices;
    this.office = office;
    this.wordings = wordings;
    this.ledger = ledger;
  }

  /** Working days a notice is posted at least; 0 where no rule is in force. */
  int days() {
    return rules.rule(KIND, office.today()).map(PublicNoticeRules.Rule::minimumDays).orElse(0);
  }

  /** The text of a notice: what each agreed to have said, a paragraph each. */
  static String body(List<Clarification> chosen) {
    return chosen.stream()
        .map(Clarification::said)
        .map(String::strip)
        .distinct()
        .collect(Collectors.joining("\n"));
  }

  /**
   * Posts those chosen in one notice from today on.
   *
   * @throws org.dandang.platform.web.Refused when one of them may not be posted, or the notice has
   *     a fault; nothing is posted then
   */
  @Transactional
  public PublicNotice post(
      List<Long> ids, String title, String issuer, String contact, SignedIn by) {
    List<Clarification> chosen = chosen(ids);
    PublicNotice draft =
        posted.draft(
            new NewPublicNotice(
                KIND,
                new Owner("clarification", Long.toString(chosen.getFirst().id())),
                title,
                body(chosen),
                issuer,
                contact,
                Math.max(1, days()),
                false),
            by.signInName());
    PublicNotice open = posted.publish(draft.id(), by);
    jdbc.sql("update protection.clarification set notice_id = ? where id = any (?)")
        .params(open.id(), ids.toArray(Long[]::new))
        .update();
    ledger.append(
        by.signInName(),
        "clarification-posted",
        "public-notice",
        Long.toString(open.id()),
        Map.of("people", chosen.size()));
    return open;
  }

  /** Those chosen, kept from others until the transaction ends. */
  List<Clarification> chosen(List<Long> ids) {
    if (ids.isEmpty() || ids.size() > MOST) {
      throw refused("choose", MOST);
    }
    jdbc.sql("select id from protection.clarification where id = any (?) order by id for update")
        .param(ids.toArray(Long[]::new))
        .query(Long.class)
        .list();
    List<Clarification> chosen = new ArrayList<>();
    for (long id : ids.stream().distinct().sorted().toList()) {
      Clarification one = clarifications.find(id).orElseThrow(() -> refused("none"));
      if (one.withdrawn() != null) {
        throw refused("withdrawn", one.withdrawn());
      }
      if (!one.isPublic() || one.notice() != null || one.done() != null) {
        throw refused("not-to-post", one.person());
      }
      chosen.add(one);
    }
    return chosen;
  }

  /**
   * Withdraws the own consent: what is posted is taken down, and nothing more is published. Others
   * in the same notice have to be posted anew.
   */
  @Transactional
  public void withdraw(long id, SignedIn by) {
    Clarification own =
        clarifications
            .find(id)
            .filter(one -> by.official() != null && one.official() == by.official())
            .orElseThrow(() -> refused("none"));
    if (own.withdrawn() != null) {
      throw refused("withdrawn", own.withdrawn());
    }
    jdbc.sql(
            """
            update protection.clarification set consent_withdrawn_on = ?, notice_id = null where id = ?
            """)
        .params(office.today(), id)
        .update();
    if (own.notice() != null) {
      takeDown(own.notice(), by);
    }
    ledger.append(
        by.signInName(),
        "clarification-consent-withdrawn",
        "matter",
        Long.toString(own.matter()),
        Map.of());
    notices.send(
        new NewNotice(
            "clarification:" + id + ":withdrawn",
            wordings.of("clarification.told.withdrawn"),
            null,
            "/protection/clarification/" + id,
            List.of(new Recipient.OfRole(Role.PERSONNEL_OFFICER, own.unit())),
            by.signInName()));
  }

  private void takeDown(long notice, SignedIn by) {
    Sights.everywhere(
        () ->
            jdbc.sql(
                    """
                    update protection.clarification set notice_id = null where notice_id = ? and done_on is null
                    """)
                .param(notice)
                .update());
    boolean open =
        posted.find(notice).filter(one -> one.state() == PublicNotice.State.OPEN).isPresent();
    if (open) {
      posted.takeDown(
          notice,
          wordings.of("clarification.taken-down").in(Locale.forLanguageTag("zh-CN")),
          by.signInName());
    }
  }
}
