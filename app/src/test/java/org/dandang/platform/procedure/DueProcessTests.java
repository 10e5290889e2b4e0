package org.dandang.platform.procedure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.dandang.DandangTest;
import org.dandang.platform.access.Accounts;
import org.dandang.platform.access.Assignments;
import org.dandang.platform.access.Role;
import org.dandang.platform.access.SignedIn;
import org.dandang.platform.web.Refused;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Random commands by random people against a model of the letter of inquiry, and approvals at the
 * same time: nothing happens that the model forbids, and whatever it allows happens.
 */
@DandangTest
@Import(Office.Surroundings.class)
class DueProcessTests {
  private static final String PACK = "national/inquiry-letter";
  private static final int SEQUENCES =
      Boolean.getBoolean("dandang.long")
          ? Integer.getInteger("dandang.sequences", 100_000)
          : Integer.getInteger("dandang.sequences", 300);
  private static final int COMMANDS = 9;
  private static final int SIDE_BY_SIDE = 4;
  private static final List<String> PEOPLE =
      List.of(
          "drafter", "drafter2", "head", "head-above", "both", "party", "somebody", "elsewhere");
  private static final List<String> OUTCOMES =
      List.of(
          "approve",
          "return",
          "refuse",
          "submit",
          "replied",
          "no-reply",
          "propose-reminder",
          "accept",
          "ask-again",
          "remind",
          "no-reminder",
          "look-again",
          "object",
          "no-objection",
          "uphold",
          "lift");

  @Autowired Cases cases;
  @Autowired Matters matters;
  @Autowired Accounts accounts;
  @Autowired Assignments assignments;
  @Autowired JdbcClient jdbc;

  private Office office;
  private final Map<String, SignedIn> people = new java.util.HashMap<>();

  @BeforeEach
  void open() {
    office = new Office(accounts, assignments, jdbc);
    if (!accounts.exists("both")) {
      office.also(
          office.person("both", Role.PERSONNEL_OFFICER, office.unit),
          Role.HEAD_OF_UNIT,
          office.unit);
    }
    PEOPLE.forEach(name -> people.put(name, office.as(name)));
  }

  /** What the letter of inquiry allows, written down once more and by hand. */
  private static final class Model {
    private static final Set<String> OFFICERS = Set.of("drafter", "drafter2", "both");
    private static final Set<String> HEADS = Set.of("head", "head-above", "both");

    final String beganBy;
    String at = "approve";
    boolean suspended;
    boolean over;
    String claimedBy;
    final Set<String> proposers = new HashSet<>();
    final Set<String> deciders = new HashSet<>();

    Model(String beganBy) {
      this.beganBy = beganBy;
      proposers.add(beganBy);
    }

    boolean may(String who) {
      boolean role =
          switch (at) {
            case "approve", "decide", "review" -> HEADS.contains(who);
            case "revise" -> who.equals(beganBy);
            case "assess" -> OFFICERS.contains(who);
            default -> who.equals("party");
          };
      boolean apart =
          switch (at) {
            case "approve", "decide" -> !proposers.contains(who);
            case "review" -> !proposers.contains(who) && !deciders.contains(who);
            default -> true;
          };
      return role && apart;
    }

    /** Where an outcome leads; null where the step has no such outcome. */
    String next(String outcome) {
      return switch (at + " " + outcome) {
        case "approve approve" -> "reply";
        case "approve return" -> "revise";
        case "approve refuse" -> "end not-sent";
        case "revise submit" -> "approve";
        case "reply replied", "reply no-reply" -> "assess";
        case "assess propose-reminder" -> "decide";
        case "assess accept" -> "end accepted";
        case "assess ask-again" -> "reply";
        case "decide remind" -> "object";
        case "decide no-reminder" -> "end no-reminder";
        case "decide look-again" -> "assess";
        case "object object" -> "review";
        case "object no-objection" -> "end reminded";
        case "review uphold" -> "end reminded";
        case "review lift" -> "end lifted";
        default -> null;
      };
    }

    void done(String who, String outcome) {
      if (at.equals("assess") || at.equals("revise")) {
        proposers.add(who);
      } else if (at.equals("decide")) {
        deciders.add(who);
      }
      at = next(outcome);
      claimedBy = null;
      over = at.startsWith("end ");
    }
  }

  @Test
  void noSequenceOfCommandsReachesWhatTheProcedureForbids() throws Exception {
    long seed = Long.getLong("dandang.seed", 20261127L);
    AtomicInteger next = new AtomicInteger();
    int accepted = 0;
    // Side by side, as offices work: each sequence is about a matter of its own.
    try (ExecutorService threads = Executors.newFixedThreadPool(SIDE_BY_SIDE)) {
      List<Future<Integer>> rows = new ArrayList<>();
      for (int row = 0; row < SIDE_BY_SIDE; row++) {
        rows.add(
            threads.submit(
                () -> {
                  int of = 0;
                  for (int i = next.getAndIncrement(); i < SEQUENCES; i = next.getAndIncrement()) {
                    of += new Sequence(seed + i).run();
                  }
                  return of;
                }));
      }
      try {
        for (Future<Integer> row : rows) {
          accepted += row.get();
        }
      } finally {
        next.set(SEQUENCES);
      }
    }
    assertThat(accepted).isGreaterThan(SEQUENCES);
    nothingIllegalIsOnRecord();
  }

  /** Random commands about one matter, each held against the model. */
  private final class Sequence {
    private final Random random;
    private final Model model;
    private final List<String> said = new ArrayList<>();
    private Done last;

    /** Who did what last, for taking it back: kept beside the model, as it is about its past. */
    private String lastBy = "";

    private String lastAt = "";

    Sequence(long seed) {
      random = new Random(seed);
      said.add("seed " + seed);
      model = new Model(pick(random, List.of("drafter", "both", "drafter2")));
      last = cases.begin(by(model.beganBy), office.inquiry(PACK));
    }

    /** How many commands were accepted. */
    int run() {
      int accepted = 0;
      for (int i = 0; i < COMMANDS && !model.over; i++) {
        accepted += command() ? 1 : 0;
        Matter matter = matters.find(last.matter()).orElseThrow();
        assertThat(matters.openStep(matter).map(step -> step.node().id()).orElse("end"))
            .as(said.toString())
            .isEqualTo(model.over ? "end" : model.at);
      }
      return accepted;
    }

    private boolean command() {
      String who = random.nextInt(3) > 0 ? likely(random, model) : pick(random, PEOPLE);
      boolean stale = random.nextInt(12) == 0;
      int edition = stale ? last.edition() - 1 : last.edition();
      String what =
          pick(
              random,
              List.of(
                  "act",
                  "act",
                  "act",
                  "act",
                  "claim",
                  "release",
                  "withdraw",
                  "suspend",
                  "resume",
                  "stop",
                  "take-back"));
      String outcome = random.nextInt(4) > 0 ? own(random, model) : pick(random, OUTCOMES);
      said.add(who + " " + what + " " + outcome + (stale ? " stale" : ""));
      boolean allowed = !stale && allowed(who, what, outcome);
      try {
        Done done = carryOut(who, what, last, edition, outcome);
        assertThat(allowed).as(said + " was accepted at " + model.at).isTrue();
        follow(who, what, outcome, done);
        last = done;
        return true;
      } catch (Refused | FormRefused | Changed refused) {
        assertThat(allowed)
            .as(said + " was refused at " + model.at + ": " + refused.getMessage())
            .isFalse();
        return false;
      }
    }

    private boolean allowed(String who, String what, String outcome) {
      boolean free = model.claimedBy == null || model.claimedBy.equals(who);
      return switch (what) {
        case "act" -> !model.suspended && model.may(who) && free && model.next(outcome) != null;
        case "claim" -> !model.suspended && model.may(who) && model.claimedBy == null;
        case "release" -> !model.suspended && who.equals(model.claimedBy);
        case "withdraw" ->
            !model.suspended
                && who.equals(model.beganBy)
                && (model.at.equals("approve") || model.at.equals("revise"));
        case "suspend", "stop" -> !model.suspended && Model.HEADS.contains(who);
        case "resume" -> model.suspended && Model.HEADS.contains(who);
        default -> !model.suspended && mayTakeBack(who);
      };
    }

    private boolean mayTakeBack(String who) {
      return !lastBy.isEmpty()
          && lastBy.equals(who)
          && model.claimedBy == null
          && !lastAt.equals("reply")
          && !lastAt.equals("object")
          && !model.at.equals("reply")
          && !model.at.equals("object");
    }

    private void follow(String who, String what, String outcome, Done done) {
      switch (what) {
        case "act" -> {
          lastBy = who;
          lastAt = model.at;
          model.done(who, outcome);
        }
        case "claim" -> model.claimedBy = who;
        case "release" -> model.claimedBy = null;
        case "withdraw", "stop" -> model.over = true;
        case "suspend" -> model.suspended = true;
        case "resume" -> model.suspended = false;
        default -> {
          model.at = lastAt;
          model.claimedBy = who;
          lastBy = "";
        }
      }
      if (model.over) {
        lastBy = "";
        assertThat(done.step()).isZero();
      }
    }
  }

  private Done carryOut(String who, String what, Done last, int edition, String outcome) {
    Command command = by(who);
    return switch (what) {
      case "act" ->
          cases.act(command, new Acting(last.step(), edition, outcome, "理由", answers(outcome)));
      case "claim" -> cases.claim(command, last.step(), edition);
      case "release" -> cases.release(command, last.step(), edition);
      case "withdraw" -> cases.withdraw(command, last.matter(), edition, "理由");
      case "suspend" -> cases.suspend(command, last.matter(), edition, "理由");
      case "resume" -> cases.resume(command, last.matter(), edition);
      case "stop" -> cases.stop(command, last.matter(), edition, "理由");
      default -> cases.takeBack(command, last.matter(), edition);
    };
  }

  private static Map<String, String> answers(String outcome) {
    return switch (outcome) {
      case "submit" -> Office.LETTER;
      case "replied" -> Office.REPLY;
      case "propose-reminder", "accept", "ask-again" -> Office.ASSESSMENT;
      case "object" -> Office.OBJECTION;
      default -> Map.of();
    };
  }

  private static String likely(Random random, Model model) {
    List<String> may = PEOPLE.stream().filter(model::may).toList();
    return may.isEmpty() ? pick(random, PEOPLE) : pick(random, may);
  }

  private static String own(Random random, Model model) {
    return pick(random, OUTCOMES.stream().filter(one -> model.next(one) != null).toList());
  }

  private static String pick(Random random, List<String> from) {
    return from.get(random.nextInt(from.size()));
  }

  private Command by(String name) {
    return new Command(UUID.randomUUID(), people.get(name));
  }

  @Test
  void ofSeveralWhoApproveAtTheSameTimeOneDoesAndTheOthersAreTold() throws Exception {
    int rounds = Boolean.getBoolean("dandang.long") ? 2_000 : 25;
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      for (int round = 0; round < rounds; round++) {
        Done begun = cases.begin(by("both"), office.inquiry(PACK));
        CyclicBarrier together = new CyclicBarrier(4);
        List<Future<String>> answers = new ArrayList<>();
        for (String who : List.of("head", "head-above", "both", "head")) {
          Callable<String> approving =
              () -> {
                together.await();
                try {
                  cases.act(
                      by(who), new Acting(begun.step(), begun.edition(), "approve", "", Map.of()));
                  return who;
                } catch (Refused | Changed e) {
                  return "";
                }
              };
          answers.add(threads.submit(approving));
        }
        List<String> did = new ArrayList<>();
        for (Future<String> answer : answers) {
          if (!answer.get().isEmpty()) {
            did.add(answer.get());
          }
        }
        assertThat(did).hasSize(1).doesNotContain("both");
      }
    }
    nothingIllegalIsOnRecord();
  }

  /** What must never be on record, asked of the record itself. */
  private void nothingIllegalIsOnRecord() {
    assertThat(
            counted(
                """
                select count(*) from platform.matter_step s join platform.matter m on m.id = s.matter_id
                 where m.pack = 'national/inquiry-letter' and s.state = 'done' and s.step in ('approve', 'decide', 'review')
                   and (s.done_by = m.begun_by
                        or exists (select from platform.matter_step p where p.matter_id = m.id and p.place < s.place
                                    and p.step in ('assess', 'revise') and p.done_by = s.done_by and s.step <> 'approve')
                        or s.step = 'review' and exists (select from platform.matter_step d where d.matter_id = m.id
                                    and d.step = 'decide' and d.done_by = s.done_by))
                """))
        .as("decided by whoever proposed")
        .isZero();
    assertThat(
            counted(
                """
                select count(*) from platform.matter m
                 where m.result = 'reminded' and not exists (
                   select from platform.matter_step r
                     join platform.matter_step d on d.matter_id = r.matter_id and d.place > r.place and d.step = 'decide' and d.state = 'done' and d.reasons <> ''
                     join platform.matter_step o on o.matter_id = r.matter_id and o.place > d.place and o.step = 'object' and o.state in ('done', 'lapsed')
                    where r.matter_id = m.id and r.step = 'reply' and r.state in ('done', 'lapsed') and r.due_on is not null)
                """))
        .as("adverse without reply, reasoned decision and time to object")
        .isZero();
    assertThat(
            counted(
                """
                select count(*) from platform.matter m
                 where (m.state in ('open', 'suspended')) <> exists (select from platform.matter_step s where s.matter_id = m.id and s.state = 'open')
                """))
        .as("a matter without its step, or a step without its matter")
        .isZero();
    assertThat(
            counted(
                """
                select count(*) from platform.matter_step s join platform.matter m on m.id = s.matter_id
                 where s.state = 'open' and not exists (select from flowable.act_ru_task t where t.id_ = s.engine_id and t.task_def_key_ = s.step)
                """))
        .as("the engine says another step")
        .isZero();
    assertThat(
            counted(
                """
                select count(*) from platform.matter_step s
                 where s.state in ('done', 'lapsed') and not exists (
                   select from platform.ledger_entry e where e.subject_kind = 'matter' and e.subject_id = cast(s.matter_id as text)
                      and e.action in ('matter-step-done', 'matter-step-lapsed'))
                """))
        .as("done without an entry in the ledger")
        .isZero();
  }

  private long counted(String sql) {
    return jdbc.sql(sql).query(Long.class).single();
  }

  @Test
  void aControlThatForbidsNothingIsFoundOut() {
    // Without the rule that keeps people apart, the same question of the record turns red.
    Done begun = cases.begin(by("both"), office.inquiry(PACK));
    cases.withdraw(by("both"), begun.matter(), begun.edition(), "control");
    jdbc.sql(
            """
            update platform.matter_step set not_by = '{}', state = 'done', outcome = 'approve', done_at = now(),
                   done_by = (select begun_by from platform.matter where id = matter_id)
             where matter_id = ?
            """)
        .param(begun.matter())
        .update();
    assertThat(
            counted(
                """
                select count(*) from platform.matter_step s join platform.matter m on m.id = s.matter_id
                 where s.step = 'approve' and s.state = 'done' and s.done_by = m.begun_by
                """))
        .isEqualTo(1);
    jdbc.sql("delete from platform.matter_step where matter_id = ?").param(begun.matter()).update();
    jdbc.sql(
            "update platform.matter set state = 'stopped', reasons = 'control', ended_at = now()"
                + " where id = ?")
        .param(begun.matter())
        .update();
  }
}
