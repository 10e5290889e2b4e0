package org.dandang.demonstration;

import java.util.List;
import org.dandang.platform.access.Accounts;
import org.dandang.platform.access.Assignments;
import org.dandang.platform.access.Role;
import org.dandang.platform.access.SignedIn;
import org.jspecify.annotations.Nullable;
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
  private final Assignments assignments;
  private final Demonstration demonstration;
  private final DemonstrationNotices notices;
  private final DemonstrationProtection protection;

  DemonstrationAccounts(
      Accounts accounts,
      Assignments assignments,
      Demonstration demonstration,
      DemonstrationNotices notices,
      DemonstrationProtection protection) {
    this.accounts = accounts;
    this.assignments = assignments;
    this.demonstration = demonstration;
    this.notices = notices;
    this.protection = protection;
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
    Demonstration.Somewhere county = demonstration.somePlace("county");
    Demonstration.Somewhere department = demonstration.somePlace("county-department");
    open("county", "演示县区组织人事干部", Role.PERSONNEL_OFFICER, county.unit());
    open("head", "演示单位负责人", Role.HEAD_OF_UNIT, department.unit());
    open("chief", "演示组织人事部门负责人", Role.HEAD_OF_UNIT, null);
    open("chief2", "演示组织人事部门负责人二", Role.HEAD_OF_UNIT, null);
    also("chief", Role.HEAD_OF_PERSONNEL);
    also("chief2", Role.HEAD_OF_PERSONNEL);
    open("discipline", "演示纪检监察干部", Role.DISCIPLINE_OFFICER, county.unit());
    open("discipline2", "演示市纪检监察干部", Role.DISCIPLINE_OFFICER, null);
    open("training", "演示教育培训干部", Role.TRAINING_OFFICER, county.unit());
    open("finance", "演示财务人员", Role.FINANCE_OFFICER, county.unit());
    open("petition", "演示信访干部", Role.PETITION_OFFICER, county.unit());
    open("panel", "演示评议组成员", Role.PANEL_MEMBER, county.unit());
    open("custodian", "演示密钥保管人", Role.CUSTODIAN, null);
    open("custodian2", "演示密钥保管人二", Role.CUSTODIAN, null);
    open("system", "演示系统管理员", Role.SYSTEM_ADMINISTRATOR, null);
    open("security", "演示安全保密管理员", Role.SECURITY_ADMINISTRATOR, null);
    open("audit", "演示安全审计员", Role.AUDIT_ADMINISTRATOR, null);
    demonstration
        .somebody()
        .ifPresent(person -> protection.goThrough(person.officialId(), PASSWORD));
    return List.of(
        shown("officer", "personnel officer over all units 组织人事干部（全部单位）"),
        shown("officer2", "a second one, to decide on proposals 第二名组织人事干部，审定他人提议"),
        shown("county", "personnel officer of " + county.name() + " 县区组织人事干部"),
        shown("head", "head of " + department.name() + " 单位负责人"),
        shown("chief", "approves and decides for all units 组织人事部门负责人"),
        shown("chief2", "another, to review 另一名负责人，复核"),
        shown("official", "an official, own record only 干部本人"),
        shown(
            "official2", "another, whose error was tolerated, with a plan of correction 容错并整改的干部"),
        shown("official3", "another, whose name was cleared 已澄清正名的干部"),
        shown("official4", "another, under a measure, with a mentor 影响期内的干部"),
        shown("official5", "the mentor 帮带人"),
        shown("official6", "another, who stepped down 已调整职务的干部"),
        shown("official7", "another, whose evaluation is being drafted 正在评估的干部"),
        shown("official8", "another, used again after a measure 影响期满重新使用的干部"),
        shown("official9", "another, whose accusation was made up 被认定诬告陷害的干部"),
        shown("discipline2", "discipline officer over all units 纪检监察干部（全部单位）"),
        shown("discipline", "discipline officer of " + county.name() + " 纪检监察干部"),
        shown("training", "training officer of " + county.name() + " 教育培训干部"),
        shown("finance", "finance officer of " + county.name() + " 财务人员"),
        shown("petition", "petition officer of " + county.name() + " 信访干部"),
        shown("panel", "panel member of " + county.name() + " 评议组成员"),
        shown("custodian", "holds a share for unsealing 密钥保管人"),
        shown("custodian2", "holds another 另一名密钥保管人"),
        shown("system", "system administrator 系统管理员"),
        shown("security", "security administrator 安全保密管理员"),
        shown("audit", "audit administrator 安全审计员"));
  }

  private static Shown shown(String name, String who) {
    return new Shown(name, PASSWORD, who);
  }

  /** Over everything, besides what the account holds already. */
  private void also(String name, Role role) {
    SignedIn account = accounts.loadUserByUsername(name);
    if (!account.has(role)) {
      assignments.give(
          Assignments.Wanted.held(account.account(), role, null, assignments.today()), ACTOR);
    }
  }

  private void open(String name, String shownName, Role role, @Nullable Long unit) {
    if (!accounts.exists(name)) {
      long account = accounts.open(name, shownName, PASSWORD, null, ACTOR);
      assignments.give(Assignments.Wanted.held(account, role, unit, assignments.today()), ACTOR);
    }
  }
}
