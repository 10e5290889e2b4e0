package org.dandang.demonstration;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.dandang.platform.access.Accounts;
import org.dandang.platform.access.SignedIn;
import org.dandang.platform.calendar.OfficeCalendar;
import org.dandang.platform.calendar.Term;
import org.dandang.platform.deadline.Deadline;
import org.dandang.platform.deadline.Deadlines;
import org.dandang.platform.deadline.NewDeadline;
import org.dandang.platform.deadline.Owner;
import org.dandang.platform.notice.NewNotice;
import org.dandang.platform.notice.Notices;
import org.dandang.platform.notice.Recipient;
import org.dandang.platform.publicnotice.NewPublicNotice;
import org.dandang.platform.publicnotice.PublicNotices;
import org.dandang.platform.web.Wording;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * A few deadlines, notices and public notices of the invented prefecture, made as an office would.
 */
@Component
public class DemonstrationNotices {
  private static final String KIND = "demonstration";

  private final Accounts accounts;
  private final Deadlines deadlines;
  private final Notices notices;
  private final PublicNotices publicNotices;
  private final OfficeCalendar office;

  DemonstrationNotices(
      Accounts accounts,
      Deadlines deadlines,
      Notices notices,
      PublicNotices publicNotices,
      OfficeCalendar office) {
    this.accounts = accounts;
    this.deadlines = deadlines;
    this.notices = notices;
    this.publicNotices = publicNotices;
    this.office = office;
  }

  /**
   * Makes them, once.
   *
   * @param officer sign-in name of who works on them
   * @param official number of an official who is told something
   */
  @Transactional
  public void make(String officer, long official) {
    if (!deadlines.of(owner(1)).isEmpty()) {
      return;
    }
    SignedIn account = accounts.loadUserByUsername(officer);
    begin(1, "答复干部本人的更正申请", "Answer a request to correct a record", 15, 13, officer);
    begin(2, "核实年度考核异议", "Look into an objection to an annual grade", 30, 10, officer);
    begin(3, "函询回复", "Reply to an inquiry letter", 15, 17, officer);
    Deadline waiting = begin(4, "补齐任免审批表附件", "Complete the attachments of a form", 10, 3, officer);
    deadlines.suspend(waiting.id(), "等待外单位出具证明", officer);
    tell(
        "welcome-officer",
        "您负责的事项临近期限时，会在这里提醒",
        "You are reminded here when the deadline of a matter of yours comes near",
        new Recipient.OfAccount(officer));
    tell(
        "welcome-official",
        "您的履历更正申请已受理，请留意答复期限",
        "Your request to correct the record is being looked into",
        new Recipient.OfOfficial(official));
    publicNotices.publish(publicNotices.draft(appointment(), officer).id(), account);
    publicNotices.draft(
        new NewPublicNotice(
            "award",
            null,
            "关于拟表彰一线工作先进个人的公示",
            "根据评选结果，拟对下列同志予以嘉奖，现予公示。\n（名单由评选工作组审定后填入。）",
            "澜源市委组织部",
            "澜源市政府大院 2 号楼 305 室，电话 0000-12380",
            5,
            true),
        officer);
  }

  private Deadline begin(
      int number, String chinese, String english, int days, int ago, String officer) {
    LocalDate start = office.current().minusWorkingDays(office.today(), ago);
    return deadlines.begin(
        NewDeadline.of(
                owner(number), said(chinese, english), "/officials", Term.workingDays(days), start)
            .reminding(List.of(new Recipient.OfAccount(officer)), List.of(2))
            .escalating(List.of(new Recipient.OfAccount(officer)), 5)
            .extendableBy(10),
        officer);
  }

  private void tell(String cause, String chinese, String english, Recipient to) {
    notices.send(
        new NewNotice(KIND + ":" + cause, said(chinese, english), null, null, List.of(to), KIND));
  }

  private static Wording said(String chinese, String english) {
    return new Wording(Map.of("zh-CN", chinese, "en", english));
  }

  private static Owner owner(int number) {
    return new Owner(KIND, Integer.toString(number));
  }

  private static NewPublicNotice appointment() {
    return new NewPublicNotice(
        "selection",
        null,
        "关于拟任职人选的公示",
        """
        根据干部选拔任用有关规定，经市委研究，现将拟任职人选有关情况公示如下。
        何某某，男，1979 年 4 月生，中共党员，大学学历，现任澜源市某县副县长，拟任县委常委。
        段某某，女，1983 年 9 月生，中共党员，研究生学历，现任澜源市某乡党委书记，拟任市直部门副职。
        公示期间，如对上述人选有意见，可以来信、来电、来访，也可以在本页面直接提出。反映问题要实事求是，提倡署真实姓名。
        """,
        "中共澜源市委组织部",
        "澜源市政府大院 2 号楼 301 室，电话 0000-12380",
        5,
        false);
  }
}
