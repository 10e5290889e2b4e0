package org.dandang.protection;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.dandang.platform.access.SignedIn;
import org.dandang.platform.calendar.OfficeCalendar;
import org.dandang.platform.procedure.Done;
import org.dandang.platform.procedure.Party;
import org.dandang.protection.hub.Intake;
import org.dandang.protection.hub.Lead;
import org.dandang.protection.hub.Leads;
import org.dandang.protection.hub.Linking;
import org.dandang.protection.hub.NewLead;
import org.dandang.protection.hub.Source;
import org.dandang.protection.inaction.Campaigns;
import org.springframework.stereotype.Component;

/**
 * A few matters of each kind, for somebody who looks at the program for the first time: gone
 * through as offices go through them, step by step, by several people; nothing is put into a
 * register by hand.
 */
@Component
public class LivingMatters {
  private static final String CLOSING = "national/lead-closing";
  private static final String INACTION = "heilongjiang/five-nos";

  private final LivingSteps steps;
  private final Intake intake;
  private final Leads leads;
  private final Linking linking;
  private final Campaigns campaigns;
  private final OfficeCalendar office;

  LivingMatters(
      LivingSteps steps,
      Intake intake,
      Leads leads,
      Linking linking,
      Campaigns campaigns,
      OfficeCalendar office) {
    this.steps = steps;
    this.intake = intake;
    this.leads = leads;
    this.linking = linking;
    this.campaigns = campaigns;
    this.office = office;
  }

  /**
   * Somebody matters are about.
   *
   * @param own the account of the own record
   * @param key as forms name officials
   */
  public record Somebody(long official, String name, String key, long unit, SignedIn own) {
    Party party() {
      return Party.official(official);
    }
  }

  /**
   * Who works on them.
   *
   * @param officer begins; over every unit, as the others
   * @param second a second officer
   * @param head approves and decides
   * @param otherHead decides what the first has approved
   * @param discipline looks into what is alleged
   */
  public record Desk(
      SignedIn officer, SignedIn second, SignedIn head, SignedIn otherHead, SignedIn discipline) {}

  /** A lead that is being looked into: the person is asked for a statement, whose time runs. */
  public void statementRunning(Desk desk, Somebody who) {
    Lead lead =
        taken(
            desk, who, Source.INSPECTION, "XC-2031", "反映项目招标中执行程序不严", "反映其分管的道路维修项目未按规定公开招标，要求核实。");
    steps.begin(
        desk.officer(),
        "beijing/statement-review",
        who,
        Map.of(
            "lead", lead.number(),
            "matter", "道路维修项目的招标经过",
            "questions", "一、采用何种方式确定施工单位；二、是否经集体研究。"));
    taken(desk, who.unit(), "XF-0417", "反映同一道路维修项目的招标问题", "来信反映道路维修项目未公开招标，与巡察移交的问题相近。");
  }

  /** An error that was tolerated, with a plan of correction that is being carried out. */
  public void toleranceWithCorrection(Desk desk, Somebody who) {
    tolerated(
        desk,
        who,
        new Mistake(
            "推进审批改革时试行告知承诺，一家企业未按承诺补交材料，造成返工",
            "pilot",
            "试行方案经局党组会议研究，没有谋取私利",
            "属于先行先试中的失误，符合容错条件",
            "完善告知承诺的核查办法"));
  }

  /**
   * What went wrong, and how it is judged.
   *
   * @param situation of the closed list of the pack
   */
  record Mistake(String facts, String situation, String grounds, String conclusion, String aim) {}

  /** The number of the matter. */
  long tolerated(Desk desk, Somebody who, Mistake error) {
    String pack = "guangdong/error-tolerance";
    LocalDate today = office.today();
    Done done =
        steps.begin(
            who.own(),
            pack,
            who,
            Map.of(
                "matter", error.facts(),
                "happened-on", today.minusMonths(3).toString(),
                "accountability-by", "县纪委监委",
                "accountability-started-on", today.minusDays(3).toString(),
                "invoked-situation", error.situation(),
                "grounds", error.grounds()));
    done = steps.act(desk.officer(), done, "accept", Map.of("acceptance-view", "在期限内提出，属于可以受理的情形"));
    Map<String, String> verified = steps.favourable(pack, "verification");
    verified.put("listed-situation", error.situation());
    done = steps.act(desk.officer(), done, "verified", verified);
    done =
        steps.act(who.own(), done, "replied", Map.of("agrees", "agree", "words", "同意核实的情况，愿意整改。"));
    done =
        steps.act(
            desk.second(),
            done,
            "planned",
            Map.of(
                "correction-aim", error.aim(),
                "item-1", "修订有关办法",
                "item-1-by", who.key(),
                "item-1-until", today.plusDays(30).toString(),
                "item-2", "对已办事项逐件复查",
                "item-2-by", who.key(),
                "item-2-until", today.plusDays(60).toString()));
    done =
        steps.act(
            desk.head(),
            done,
            "tolerate",
            Map.of(
                "conclusion", error.conclusion(),
                "effect", "考核、任用不受影响",
                "correction-deadline", today.plusDays(60).toString()));
    steps.act(
        desk.officer(), done, "told", Map.of("told-on", today.toString(), "manner", "in-person"));
    return done.matter();
  }

  /** From an unfounded lead to a name that is cleared. */
  public void clearedName(Desk desk, Somebody who) {
    String today = office.today().toString();
    Lead lead =
        taken(desk, who, Source.PETITION, "XF-0398", "反映违规为亲属安排工作", "来信反映其违规为亲属安排工作，要求调查处理。");
    Done closing =
        steps.begin(
            desk.officer(),
            CLOSING,
            who,
            Map.of(
                "lead", lead.number(),
                "facts", "经核实，反映的亲属系公开招考录用，全程有记录。",
                "proposed", "unfounded",
                "severity", "slight",
                "basis", "招考公告、成绩和公示材料"));
    steps.act(desk.head(), closing, "unfounded", Map.of());
    Map<String, String> harm = new LinkedHashMap<>();
    harm.put("unfounded-outcome", lead.number() + "/1");
    harm.put("conclusive", "present");
    harm.put("only-talked", "absent");
    harm.put("bad-effect", "present");
    harm.put("selection-affected", "present");
    for (String other : List.of("awards-affected", "rights-harmed", "work-harmed")) {
      harm.put(other, "absent");
    }
    harm.put("repeated-reports", "absent");
    harm.put("harm-evidence", "拟任职考察因举报暂停两个月");
    Done done = steps.begin(desk.officer(), "zhejiang/public-clarification", who, harm);
    done =
        steps.act(
            desk.head(),
            done,
            "approve",
            Map.of(
                "what-is-said", "经核实，反映" + who.name() + "同志违规为亲属安排工作的问题不属实，予以澄清。",
                "scope", "unit",
                "manner", "meeting",
                "blocked-selection", "present",
                "blocked-award", "absent"));
    done =
        steps.act(
            desk.officer(),
            done,
            "told",
            Map.of("told-conclusion", "不属实", "told-manner", "在本单位干部会议上澄清", "advance-on", today));
    done = steps.act(who.own(), done, "agree", Map.of());
    done =
        steps.act(
            desk.officer(),
            done,
            "one-department",
            Map.of("addressee", "本单位全体干部", "letter", "经核实，反映的问题不属实，现予澄清，请不信谣、不传谣。"));
    done =
        steps.act(
            desk.officer(),
            done,
            "done",
            Map.of(
                "done-on", today,
                "done-where", "本单位干部会议",
                "audience", "42",
                "restored-selection", "reopened",
                "restored-award", "not-blocked"));
    steps.act(
        desk.second(),
        done,
        "effective",
        Map.of("visited-on", today, "effect-seen", "cleared", "visit-words", "影响已经消除，考察恢复进行"));
  }

  /** A measure that stands, and somebody who goes along with the person while it lasts. */
  public void measureWithMentor(Desk desk, Somebody who, Somebody mentor) {
    String today = office.today().toString();
    Done done =
        steps.begin(
            desk.officer(),
            "national/sanctions",
            who,
            Map.of("cause", "违规决策", "facts", "未经集体研究，擅自决定专项资金使用，造成闲置。"),
            "evidence");
    done = steps.act(who.own(), done, "replied", Map.of("statement", "当时情况紧急，事后补办了手续，认识到程序上的错误。"));
    done =
        steps.act(
            desk.second(),
            done,
            "propose",
            Map.of(
                "nature", "negligence",
                "motive", "public",
                "gravity", "ordinary",
                "proposed", "sanction-demerit",
                "on-the-reply", "情况属实，可以从轻，但程序错误成立"));
    done =
        steps.act(
            desk.head(),
            done,
            "impose",
            Map.of(
                "measure",
                "sanction-demerit",
                "decided-on",
                today,
                "number",
                "澜监〔" + office.today().getYear() + "〕7号",
                "authority",
                "澜源市监察委员会"));
    steps.act(who.own(), done, "no-objection", Map.of());
    Done named =
        steps.begin(
            desk.officer(),
            "jinan/mentor",
            who,
            Map.of("mentor", mentor.key(), "from", today, "why", "熟悉业务，与本人没有利害关系"));
    steps.act(desk.head(), named, "approve", Map.of());
  }

  /** A campaign in which one finding waits for the person's words and one was handled. */
  public void campaign(Desk desk, Somebody waiting, Somebody handled) {
    LocalDate today = office.today();
    String campaign =
        Long.toString(
            campaigns.open(
                INACTION,
                "不担当不作为专项整治",
                handled.unit(),
                today.minusDays(30),
                null,
                UUID.randomUUID(),
                desk.officer()));
    Done done = finding(desk, campaign, handled, "acting-slowly", "惠企补贴兑现超过承诺时限四十天");
    done = steps.act(handled.own(), done, "replied", Map.of("statement", "人手不足，已经补齐并兑现。"));
    done =
        steps.act(
            desk.second(),
            done,
            "propose",
            Map.of("proposed-severity", "slight", "proposed", "talk", "on-the-reply", "已经整改，情节轻微"));
    done =
        steps.act(
            desk.head(),
            done,
            "handle",
            Map.of("severity", "slight", "measure", "talk", "decided-on", today.toString()));
    done =
        steps.act(
            desk.second(), done, "talked", Map.of("talked-on", today.toString(), "said", "已经谈话"));
    steps.act(handled.own(), done, "no-objection", Map.of());
    if (waiting.unit() == handled.unit() || campaigns.find(campaign, desk.officer()).isPresent()) {
      finding(desk, campaign, waiting, "not-daring", "对历史遗留的产权问题长期不作决定");
    }
  }

  /** A statement that was accepted, and both sides told. */
  public void statementAccepted(Desk desk, Somebody who) {
    Lead lead = taken(desk, who, Source.AUDIT, "SJ-0112", "审计移交的差旅费报销问题", "抽查发现一笔差旅费票据不齐。");
    Done done =
        steps.begin(
            desk.officer(),
            "beijing/statement-review",
            who,
            Map.of("lead", lead.number(), "matter", "差旅费报销票据不齐的原因"));
    done = steps.act(who.own(), done, "stated", Map.of("said", "票据遗失，已由承运单位出具证明并补交。"));
    done =
        steps.act(
            desk.second(),
            done,
            "accept",
            steps.favourable("beijing/statement-review", "assessment"));
    done = steps.act(desk.head(), done, "acknowledged", Map.of());
    steps.act(who.own(), done, "acknowledged", Map.of());
  }

  /** Somebody who stepped down to a post that fits. */
  public void steppedDown(Desk desk, Somebody who) {
    String today = office.today().toString();
    Done done =
        steps.begin(
            desk.officer(),
            "guangxi/stepping-down",
            who,
            Map.of("situation", "health", "facts", "因健康原因连续一年以上不能正常履职"),
            "evidence");
    done = steps.act(who.own(), done, "replied", Map.of("statement", "情况属实，服从组织安排。"));
    done =
        steps.act(
            desk.second(),
            done,
            "propose",
            Map.of("proposed", "rank-series", "on-the-reply", "本人同意，病情有医院证明"));
    done =
        steps.act(
            desk.head(),
            done,
            "adjust",
            Map.of("measure", "rank-series", "decided-on", today, "new-post", "四级调研员"));
    done =
        steps.act(desk.second(), done, "talked", Map.of("talked-on", today, "said", "已经谈话，说明安排"));
    steps.act(who.own(), done, "no-objection", Map.of());
  }

  private Done finding(Desk desk, String campaign, Somebody who, String type, String facts) {
    return steps.begin(
        desk.officer(),
        INACTION,
        who,
        Map.of("campaign", campaign, "type", type, "found-by", "inspection", "facts", facts),
        "evidence");
  }

  private Lead taken(
      Desk desk, Somebody who, Source source, String reference, String title, String content) {
    Lead lead = taken(desk, source, who.unit(), reference, title, content, who.name());
    linking.link(lead.people().getFirst().id(), who.official(), "姓名、单位和职务一致", desk.officer());
    return lead;
  }

  private void taken(Desk desk, long unit, String reference, String title, String content) {
    taken(desk, Source.PETITION, unit, reference, title, content, "姓名不详");
  }

  private Lead taken(
      Desk desk,
      Source source,
      long unit,
      String reference,
      String title,
      String content,
      String name) {
    long id =
        intake
            .take(
                UUID.randomUUID(),
                new NewLead(
                    source,
                    source == Source.INSPECTION ? "第三轮" : "",
                    reference,
                    title,
                    content,
                    office.today().minusDays(4),
                    unit,
                    "specific",
                    "moderate",
                    false,
                    "",
                    CLOSING,
                    List.of(new NewLead.Named(name, "", ""))),
                "form",
                desk.officer())
            .id();
    return leads.find(id).orElseThrow();
  }
}
