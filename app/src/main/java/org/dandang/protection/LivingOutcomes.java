package org.dandang.protection;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.dandang.platform.calendar.OfficeCalendar;
import org.dandang.platform.procedure.Done;
import org.dandang.protection.LivingMatters.Desk;
import org.dandang.protection.LivingMatters.Mistake;
import org.dandang.protection.LivingMatters.Somebody;
import org.dandang.protection.accusation.FalseAccusations;
import org.dandang.protection.library.CaseLibrary;
import org.dandang.protection.library.CasePublishing;
import org.dandang.protection.sanction.DecisionsOfRecord;
import org.dandang.protection.sanction.Sanctions;
import org.dandang.protection.sanction.Taken;
import org.springframework.stereotype.Component;

/**
 * What becomes of matters later, for somebody who looks at the program for the first time: gone
 * through as {@link LivingMatters} are.
 */
@Component
public class LivingOutcomes {
  private static final String EVALUATION = "hubei/joint-evaluation";

  private final LivingMatters matters;
  private final LivingSteps steps;
  private final FalseAccusations accusations;
  private final DecisionsOfRecord record;
  private final Sanctions sanctions;
  private final CaseLibrary library;
  private final CasePublishing publishing;
  private final OfficeCalendar office;

  LivingOutcomes(
      LivingMatters matters,
      LivingSteps steps,
      FalseAccusations accusations,
      DecisionsOfRecord record,
      Sanctions sanctions,
      CaseLibrary library,
      CasePublishing publishing,
      OfficeCalendar office) {
    this.matters = matters;
    this.steps = steps;
    this.accusations = accusations;
    this.record = record;
    this.sanctions = sanctions;
    this.library = library;
    this.publishing = publishing;
    this.office = office;
  }

  /** A report that was made up, found so by two, and entered in the credit register. */
  public void maliciousAccusation(Desk desk, Somebody who) {
    String today = office.today().toString();
    Done done =
        steps.begin(
            desk.discipline(),
            "inner-mongolia/false-accusation",
            who,
            Map.of(
                "report", "网信〔%d〕0221".formatted(office.today().getYear()),
                "report-outcome", "fabricated",
                "said", "匿名网帖称同事在职称评审中收受财物，并附转账截图。",
                "true-facts", "经银行和平台核查，没有这笔转账，截图系用软件合成。"),
            "fabrication-evidence");
    done =
        steps.act(who.own(), done, "replied", Map.of("statement", "承认截图是自己合成的，因评审落选心里不平，愿意公开道歉。"));
    done =
        steps.act(
            desk.discipline(),
            done,
            "malicious",
            Map.of("intent", "forged-material", "on-the-reply", "本人承认伪造，悔改态度在处理时予以考虑"),
            "intent-evidence");
    done = steps.act(desk.head(), done, "approve", Map.of());
    done =
        steps.act(
            desk.otherHead(),
            done,
            "find",
            Map.of("decided-on", today, "basis", "捏造事实、伪造材料，意图使他人受到责任追究"));
    done = steps.act(who.own(), done, "no-objection", Map.of());
    long finding = accusations.ofMatter(done.matter(), office.today()).orElseThrow().id();
    done =
        steps.begin(
            desk.discipline(),
            "hebei/credit-register",
            who,
            Map.of("finding", Long.toString(finding), "basis", "认定已经生效"));
    done = steps.act(who.own(), done, "replied", Map.of("statement", "接受登记，希望期满后按时撤出。"));
    done = steps.act(desk.discipline(), done, "propose", Map.of("on-the-reply", "本人没有异议，按规定的期限登记"));
    done = steps.act(desk.head(), done, "approve", Map.of());
    done = steps.act(desk.otherHead(), done, "enter", Map.of("listed-on", today));
    steps.act(who.own(), done, "no-objection", Map.of());
  }

  /** A period that ends soon: the own summary is there, the office drafts the evaluation. */
  public void evaluationRunning(Desk desk, Somebody who) {
    warned(desk, who, office.today().minusMonths(5), "监函〔%d〕3号");
    Done done = steps.begin(desk.officer(), EVALUATION, who, Map.of());
    steps.act(who.own(), done, "handed", Map.of("summary", "影响期内负责老旧小区改造的协调工作，按期完成，没有再发生程序上的问题。"));
  }

  /** A period that is over, evaluated by both offices, and what was decided about use. */
  public void usedAgain(Desk desk, Somebody who) {
    warned(desk, who, office.today().minusMonths(9), "监函〔%d〕1号");
    Done done = steps.begin(desk.officer(), EVALUATION, who, Map.of());
    done = steps.act(who.own(), done, "handed", Map.of("summary", "主动承担防汛值守和清欠工作，两项都在期限前完成。"));
    done =
        steps.act(
            desk.officer(),
            done,
            "drafted",
            Map.of(
                "conduct", "outstanding",
                "talks", "帮带谈话四次，走访所在单位两次",
                "view", "认识到位、改正彻底，工作实绩突出"));
    done = steps.act(desk.officer(), done, "agree", Map.of());
    steps.act(desk.discipline(), done, "agree", Map.of());
    Map<String, String> proposal = new HashMap<>();
    for (String weighed :
        List.of("cause", "conduct", "kind-of-sanction", "nature", "motive", "gravity")) {
      proposal.put(weighed, weighed.equals("cause") ? "neutral" : "for");
    }
    proposal.put(
        "sanction", Long.toString(sanctions.of(who.official(), office.today()).getFirst().id()));
    proposal.put("use", "same-level");
    proposal.put("explanation", "探索中的疏失，没有谋取私利；影响期内表现突出，建议重新使用。");
    done = steps.begin(desk.officer(), "liaoning/reuse", who, proposal);
    done =
        steps.act(
            desk.discipline(),
            done,
            "given",
            Map.of("opinion", "no-objection", "words", "没有新的问题线索"));
    steps.act(desk.head(), done, "use", Map.of("decided-on", office.today().toString()));
  }

  /** A decision of another body, taken in as it is on paper. */
  private void warned(Desk desk, Somebody who, LocalDate on, String number) {
    Taken taken =
        record.one(
            Map.of(
                "official", who.key(),
                "measure", "sanction-warning",
                "decided-on", on.toString(),
                "number", number.formatted(on.getYear()),
                "authority", "澜源市监察委员会",
                "cause", "工程变更未按程序报批",
                "nature", "negligence",
                "motive", "public",
                "gravity", "slight"),
            desk.discipline());
    if (!taken.problems().isEmpty()) {
      throw new IllegalStateException(taken.problems().toString());
    }
  }

  /** Two errors that were tolerated, retold without names for others; one more waits for review. */
  public void typicalCases(Desk desk, Somebody one, Somebody other, Somebody third) {
    reviewed(
        desk,
        one,
        new Mistake(
            "为赶在汛期前恢复道路通行，先行组织抢修，施工合同和验收手续事后补办，个别单据不全",
            "urgent",
            "抢修由现场指挥部会商决定，费用经审计核实",
            "属于应急处置中的程序瑕疵，符合容错条件",
            "完善应急抢修的补办程序"),
        "应急抢修先行施工、事后补办手续的容错认定",
        "某县为赶在汛期前恢复道路通行，由现场指挥部会商决定先行抢修，合同和验收手续事后补办，个别单据不全。"
            + "经核实，决定经过集体研究，费用经审计核实，没有谋取私利，予以容错，并要求完善应急抢修的补办程序。",
        true);
    reviewed(
        desk,
        other,
        new Mistake(
            "推动历史遗留的办证问题时，因早年档案缺失，采用公示加承诺的办法办理，其中一户后来出现权属争议",
            "legacy",
            "办法经会议研究并公示，争议发生后及时纠正",
            "属于解决历史遗留问题中的失误，符合容错条件",
            "建立争议预先核查的办法"),
        "解决历史遗留办证问题中的容错认定",
        "某地办理历史遗留的不动产登记时，因早年档案缺失，采用公示加承诺的办法，其中一户后来出现权属争议。"
            + "经核实，办法经集体研究并公示，争议发生后及时纠正，没有造成损失，予以容错，并建立争议预先核查的办法。",
        true);
    reviewed(
        desk,
        third,
        new Mistake(
            "试行企业开办一日办结，因系统对接不稳定，有两件超过承诺时限",
            "service",
            "试行方案报上级备案，超时件当日致歉并办结",
            "属于优化服务中的失误，符合容错条件",
            "完善系统故障时的人工办理"),
        "试行限时办结中因系统故障超时的容错认定",
        "某单位试行企业开办一日办结，因系统对接不稳定，有两件超过承诺时限。经核实，方案报上级备案，" + "超时件当日致歉并办结，予以容错，并完善系统故障时的人工办理。",
        false);
  }

  private void reviewed(
      Desk desk, Somebody who, Mistake error, String title, String text, boolean published) {
    long matter = matters.tolerated(desk, who, error);
    long source =
        library.sources(20).stream()
            .filter(one -> one.matter() == matter)
            .findFirst()
            .orElseThrow()
            .tolerance();
    long id = library.begin(source, desk.officer().signInName());
    library.save(id, title, text, Map.of(), desk.officer().signInName());
    Done draft =
        publishing.propose(
            LivingSteps.command(desk.officer()), id, "guilin/typical-cases", List.of());
    Done done =
        steps.begin(
            desk.officer(),
            draft,
            Map.of(
                "case", Long.toString(id),
                "why-typical", "同类情形多，认定的理由可以参照",
                "anonymised", "checked"));
    if (published) {
      steps.act(desk.head(), done, "publish", Map.of());
    }
  }
}
