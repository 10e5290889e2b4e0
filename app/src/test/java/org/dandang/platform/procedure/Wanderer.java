package org.dandang.platform.procedure;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.dandang.platform.access.Assignments;
import org.dandang.platform.access.Role;
import org.dandang.platform.access.SignedIn;
import org.dandang.platform.jobs.Recurring;
import org.dandang.platform.web.Refused;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;

/**
 * Walks through any procedure at random: every command, by whoever may and whoever may not, in and
 * out of time, with forms filled in at random, and the clock moved. What it knows of a procedure it
 * reads in the procedure; what was taken once it tries again, so that it also comes far.
 */
public final class Wanderer {
  private static final byte[] FILE = "材料".getBytes(StandardCharsets.UTF_8);
  private static final LocalDate FROM = LocalDate.of(2026, 1, 5);
  private static final int PARTIES = 6;

  private final Desk desk;
  private final Matters matters;
  private final MatterSteps steps;
  private final Filling filling;
  private final Map<String, OnRecord> registers;
  private final FairHearing hearing;
  private final Recurring deadlines;
  private final Map<String, Function<Long, String>> makers;
  private final Map<String, SignedIn> people = new TreeMap<>();
  private final List<Long> officials = new ArrayList<>();
  private final Map<Long, String> keys = new HashMap<>();
  private final Map<String, List<Map<String, String>>> taken = new HashMap<>();
  private final long unit;
  private @Nullable Party outsider;
  private Set<String> aboutOutsiders = Set.of();

  /**
   * @param makers of entries that forms can name, by the word of their kind: given an official, the
   *     text that names a new one
   */
  public Wanderer(ApplicationContext context, Map<String, Function<Long, String>> makers) {
    this.desk = new Desk(context);
    this.matters = context.getBean(Matters.class);
    this.steps = context.getBean(MatterSteps.class);
    this.filling = context.getBean(Filling.class);
    this.hearing = new FairHearing(context);
    this.registers =
        context.getBeansOfType(OnRecord.class).values().stream()
            .collect(Collectors.toMap(OnRecord::kind, Function.identity()));
    this.deadlines =
        context.getBeansOfType(Recurring.class).values().stream()
            .filter(work -> work.getClass().getSimpleName().startsWith("DeadlineRunner"))
            .findFirst()
            .orElseThrow();
    this.makers = Map.copyOf(makers);
    desk.time.moveTo(FROM);
    long province = desk.unit("wa-province", "province", null);
    long city = desk.unit("wa-city", "city", province);
    long county = desk.unit("wa-county", "county", city);
    unit = desk.unit("wa-bureau", "county-department", county);
    long elsewhere = desk.unit("wa-elsewhere", "county-department", city);
    Assignments assignments = context.getBean(Assignments.class);
    for (Role role : Role.values()) {
      if (role == Role.OFFICIAL || role.isAdministrator()) {
        continue;
      }
      for (int i = 1; i <= 2; i++) {
        known("wa-" + role.word() + i, role, county);
      }
      known("wa-" + role.word() + "-far", role, elsewhere);
    }
    known("wa-head", Role.HEAD_OF_UNIT, unit);
    for (int i = 1; i <= 4; i++) {
      known("wa-city-head" + i, Role.HEAD_OF_UNIT, city);
    }
    known("wa-province-head", Role.HEAD_OF_UNIT, province);
    known("wa-all", Role.HEAD_OF_UNIT, city);
    for (int i = 0; i < PARTIES; i++) {
      long official = desk.official("wa-p" + i, unit);
      desk.own("wa-p" + i, official);
      officials.add(official);
      keys.put(official, "wa-p" + i);
    }
    // One person with every role, and officials who work on matters themselves.
    for (Role role : EnumSet.of(Role.PERSONNEL_OFFICER, Role.DISCIPLINE_OFFICER)) {
      also(assignments, "wa-all", role, city);
      also(assignments, "wa-p0", role, county);
    }
    also(assignments, "wa-p1", Role.HEAD_OF_UNIT, city);
    for (int i = 0; i < PARTIES; i++) {
      people.put("wa-p" + i, desk.as("wa-p" + i));
    }
    people.put("wa-all", desk.as("wa-all"));
  }

  private void known(String name, Role role, long over) {
    desk.account(name, role, over);
    people.put(name, desk.as(name));
  }

  private void also(Assignments assignments, String name, Role role, long over) {
    assignments.give(
        Assignments.Wanted.held(desk.as(name).account(), role, over, LocalDate.of(2000, 1, 1)),
        "test");
  }

  /** Somebody who is no official, for procedures that enter one of these registers. */
  public void alsoAbout(Party outsider, Set<String> registers) {
    this.outsider = outsider;
    this.aboutOutsiders = Set.copyOf(registers);
  }

  /** The unit whose matters these are. */
  public long unit() {
    return unit;
  }

  /**
   * Where a walk came to.
   *
   * @param end the end, or the state it is left in; null where it did not begin
   * @param said the commands, with whether each was taken
   */
  public record Walked(
      long matter,
      @Nullable String end,
      int tried,
      int accepted,
      Set<FairHearing.Fault> faults,
      Map<String, Integer> brought,
      List<String> said) {}

  /** One matter, from a draft to wherever it comes to. */
  public Walked walk(Procedure procedure, Random random, int most) throws InterruptedException {
    return new Walk(procedure, random).to(most);
  }

  private final class Walk {
    private final Procedure procedure;
    private final Flow flow;
    private final Random random;
    private final List<String> said = new ArrayList<>();
    private final List<Map.Entry<String, Map<String, String>>> given = new ArrayList<>();
    private final Node.End goal;
    private final Party party;
    private int tried;
    private int accepted;
    private @Nullable Again again;

    private record Again(Command command, Acting acting) {}

    Walk(Procedure procedure, Random random) {
      this.procedure = procedure;
      this.flow = procedure.flow();
      this.random = random;
      this.goal = pick(goals());
      this.party =
          outsider != null
                  && flow.ends().stream()
                      .anyMatch(
                          end -> end.enters() != null && aboutOutsiders.contains(end.enters()))
                  && random.nextInt(3) == 0
              ? outsider
              : Party.official(pick(officials));
    }

    private List<Node.End> goals() {
      List<Node.End> goals = new ArrayList<>(flow.ends());
      flow.ends().stream().filter(Node.End::adverse).forEach(goals::add);
      flow.ends().stream().filter(Node.End::adverse).forEach(goals::add);
      return goals;
    }

    private <T> T pick(List<T> from) {
      return from.get(random.nextInt(from.size()));
    }

    Walked to(int most) throws InterruptedException {
      desk.time.moveTo(FROM.plusDays(random.nextInt(200)));
      long matter = 0;
      for (int i = 0; i < 6 && matter == 0; i++) {
        matter = begun();
      }
      if (matter == 0) {
        return new Walked(0, null, tried, accepted, Set.of(), Map.of(), said);
      }
      Set<FairHearing.Fault> faults = new LinkedHashSet<>(hearing.faults(matter));
      while (tried < most && faults.isEmpty() && isUnderWay(matter)) {
        tried++;
        if (command(matter)) {
          accepted++;
          faults.addAll(hearing.faults(matter));
        }
      }
      Matter last = matters.find(matter).orElseThrow();
      if (last.state() == Matter.State.ENDED) {
        given.forEach(one -> taken.computeIfAbsent(one.getKey(), k -> new ArrayList<>()));
        given.forEach(one -> keep(one.getKey(), one.getValue()));
      } else if (isUnderWay(matter)) {
        giveUp(last);
      }
      return new Walked(
          matter,
          last.state() == Matter.State.ENDED ? last.result() : last.state().word(),
          tried,
          accepted,
          faults,
          hearing.brought(matter),
          said);
    }

    private boolean isUnderWay(long matter) {
      return switch (matters.find(matter).orElseThrow().state()) {
        case OPEN, SUSPENDED -> true;
        case DRAFT, ENDED, WITHDRAWN, STOPPED, DISCARDED -> false;
      };
    }

    private void keep(String form, Map<String, String> answers) {
      List<Map<String, String>> kept = taken.get(form);
      if (kept.size() > 30) {
        kept.remove(random.nextInt(kept.size()));
      }
      kept.add(answers);
    }

    private void giveUp(Matter last) {
      for (SignedIn one : people.values()) {
        if (flow.stoppers().stream().anyMatch(who -> steps.is(one, last, who))) {
          try {
            Command command = new Command(UUID.randomUUID(), one);
            Done at =
                last.state() == Matter.State.SUSPENDED
                    ? desk.cases.resume(command, last.id(), last.edition())
                    : new Done(last.id(), 0, last.edition(), false);
            desk.cases.stop(new Command(UUID.randomUUID(), one), last.id(), at.edition(), "到此为止");
            return;
          } catch (Refused | Changed e) {
            said.add(one.signInName() + " cannot stop it");
          }
        }
      }
    }

    private long begun() {
      tried++;
      Node.Start start = flow.start();
      List<SignedIn> may =
          people.values().stream()
              .filter(one -> start.who().stream().anyMatch(who -> beginsBy(one, who)))
              .toList();
      SignedIn by =
          may.isEmpty() || random.nextInt(8) == 0 ? pick(List.copyOf(people.values())) : pick(may);
      Form form = start.form() == null ? null : procedure.forms().get(start.form());
      Map<String, String> answers = form == null ? Map.of() : answers(form);
      try {
        Command first = new Command(UUID.randomUUID(), by);
        Beginning wanted = new Beginning(procedure.pack(), unit, List.of(party), answers);
        Done done;
        if (form == null || random.nextInt(10) == 0) {
          done = desk.cases.begin(first, wanted);
        } else {
          done = desk.cases.draft(first, wanted);
          attach(matters.find(done.matter()).orElseThrow(), null, form, by);
          SignedIn then = random.nextInt(10) == 0 ? pick(List.copyOf(people.values())) : by;
          done = desk.cases.begin(new Command(UUID.randomUUID(), then), done.matter(), answers);
        }
        accepted++;
        if (form != null) {
          given.add(Map.entry(procedure.pack() + " " + form.id(), answers));
        }
        said.add(by.signInName() + " begins about " + party);
        return done.matter();
      } catch (Refused | FormRefused refused) {
        said.add(by.signInName() + " may not begin: " + refused.getMessage());
        return 0;
      }
    }

    private boolean beginsBy(SignedIn account, Who who) {
      return switch (who) {
        case Who.Party p -> account.official() != null && account.official() == party.subject();
        case Who.Beginner beginner -> false;
        case Who.Clock clock -> false;
        case Who.Holder holder -> account.signInName().startsWith("wa-" + holder.role().word());
      };
    }

    private boolean command(long number) throws InterruptedException {
      Matter matter = matters.find(number).orElseThrow();
      OpenStep open = matters.openStep(matter).orElse(null);
      int edition = random.nextInt(20) == 0 ? matter.edition() - 1 : matter.edition();
      int dice = random.nextInt(100);
      SignedIn any = pick(List.copyOf(people.values()));
      Command command = new Command(UUID.randomUUID(), any);
      if (matter.state() == Matter.State.SUSPENDED && dice < 40) {
        return tried("resume", () -> desk.cases.resume(stopping(matter), number, edition));
      }
      if (open == null || dice < 10) {
        return clock(open);
      }
      if (dice < 66) {
        return act(matter, open, edition);
      }
      long step = random.nextInt(4) == 0 ? 1 + random.nextInt((int) open.id() + 2) : open.id();
      SignedIn likely = likely(matter, open);
      Command mine = new Command(UUID.randomUUID(), likely);
      if (dice < 72) {
        return tried(
            any.signInName() + " skips to " + step,
            () ->
                desk.cases.act(
                    command, new Acting(step, edition, pick(allOutcomes()), "理由", Map.of())));
      }
      if (dice < 77) {
        return tried("claims", () -> desk.cases.claim(mine, step, edition));
      }
      if (dice < 79) {
        return tried("releases", () -> desk.cases.release(mine, step, edition));
      }
      if (dice < 83) {
        SignedIn claimer =
            people.values().stream()
                .filter(one -> open.claimedBy() != null && one.account() == open.claimedBy())
                .findFirst()
                .orElse(any);
        return tried(
            claimer.signInName() + " delegates to " + any.signInName(),
            () ->
                desk.cases.delegate(
                    new Command(UUID.randomUUID(), claimer), step, edition, any, "出差"));
      }
      if (dice < 85) {
        return tried("adds a signer", () -> desk.cases.addSigner(mine, step, edition, any, "会签"));
      }
      if (dice < 91) {
        SignedIn last =
            people.values().stream()
                .filter(
                    one ->
                        matters
                            .last(matter, open)
                            .filter(done -> done.doneBy() == one.account())
                            .isPresent())
                .findFirst()
                .orElse(any);
        return tried(
            last.signInName() + " takes back",
            () -> desk.cases.takeBack(new Command(UUID.randomUUID(), last), number, edition));
      }
      if (dice < 93) {
        SignedIn beginner =
            people.values().stream()
                .filter(one -> one.account() == matter.begunBy() && random.nextInt(4) == 0)
                .findFirst()
                .orElse(any);
        return tried(
            "withdraws",
            () ->
                desk.cases.withdraw(
                    new Command(UUID.randomUUID(), beginner), number, edition, "撤回"));
      }
      if (dice < 94) {
        return tried("stops", () -> desk.cases.stop(command, number, edition, "不再进行"));
      }
      if (dice < 97) {
        return tried("suspends", () -> desk.cases.suspend(stopping(matter), number, edition, "等待"));
      }
      Again once = again;
      return once != null
          && tried("once more", () -> desk.cases.act(once.command(), once.acting()));
    }

    private Command stopping(Matter matter) {
      List<SignedIn> all = new ArrayList<>(people.values());
      java.util.Collections.shuffle(all, random);
      return new Command(
          UUID.randomUUID(),
          all.stream()
              .filter(one -> flow.stoppers().stream().anyMatch(who -> steps.is(one, matter, who)))
              .findFirst()
              .orElse(all.getFirst()));
    }

    private SignedIn likely(Matter matter, OpenStep open) {
      List<SignedIn> all = new ArrayList<>(people.values());
      java.util.Collections.shuffle(all, random);
      return random.nextInt(5) == 0
          ? all.getFirst()
          : all.stream()
              .filter(one -> steps.refusal(one, matter, open).isEmpty())
              .findFirst()
              .orElse(all.getFirst());
    }

    private boolean act(Matter matter, OpenStep open, int edition) {
      Node.Step node = open.node();
      SignedIn by =
          people.values().stream()
              .filter(one -> open.claimedBy() != null && open.claimedBy() == one.account())
              .filter(one -> random.nextInt(4) > 0)
              .findFirst()
              .orElseGet(() -> likely(matter, open));
      int dice = random.nextInt(10);
      String outcome =
          dice < 7 ? onTheWay(node) : dice < 9 ? pick(node.outcomes()) : pick(allOutcomes());
      Form form =
          node.form() != null && node.formFor().contains(outcome)
              ? procedure.forms().get(node.form())
              : null;
      Map<String, String> answers = form == null ? Map.of() : answers(form);
      if (form != null) {
        try {
          attach(matter, open.id(), form, by);
        } catch (Refused refused) {
          said.add("no file: " + refused.getMessage());
        }
      }
      Acting acting =
          new Acting(open.id(), edition, outcome, random.nextInt(12) == 0 ? "" : "理由充分", answers);
      Command command = new Command(UUID.randomUUID(), by);
      again = new Again(command, acting);
      boolean done =
          tried(
              by.signInName() + " " + node.id() + " " + outcome,
              () -> desk.cases.act(command, acting));
      if (done && form != null) {
        given.add(Map.entry(procedure.pack() + " " + form.id(), answers));
      }
      return done;
    }

    /** An outcome that leads to the end this walk would like to see. */
    private String onTheWay(Node.Step from) {
      List<String> leading =
          from.outcomes().stream()
              .filter(
                  outcome ->
                      flow.next(from.id(), outcome)
                          .filter(next -> next.equals(goal) || distance(next) < distance(from))
                          .isPresent())
              .toList();
      return leading.isEmpty() ? pick(from.outcomes()) : pick(leading);
    }

    private int distance(Node from) {
      Map<Node, Integer> far = new HashMap<>(Map.of(from, 0));
      Deque<Node> open = new ArrayDeque<>(List.of(from));
      while (!open.isEmpty()) {
        Node here = open.pop();
        if (here.equals(goal)) {
          return far.get(here);
        }
        for (Node next : flow.after(here)) {
          if (far.putIfAbsent(next, far.get(here) + 1) == null) {
            open.add(next);
          }
        }
      }
      return Integer.MAX_VALUE;
    }

    private List<String> allOutcomes() {
      Set<String> all = new LinkedHashSet<>();
      flow.steps().forEach(step -> all.addAll(step.outcomes()));
      return List.copyOf(all);
    }

    private boolean clock(@Nullable OpenStep open) throws InterruptedException {
      LocalDate today =
          LocalDate.ofInstant(desk.time.instant(), java.time.ZoneId.of("Asia/Shanghai"));
      LocalDate to =
          open != null && open.dueOn() != null && random.nextBoolean()
              ? open.dueOn().plusDays(random.nextInt(3) - 1L)
              : today.plusDays(1 + random.nextInt(12));
      if (to.isAfter(today)) {
        desk.time.moveTo(to);
      }
      said.add("the clock moves to " + to);
      if (random.nextInt(25) == 0) {
        desk.theClockRuns();
      } else {
        deadlines.run();
      }
      return true;
    }

    private boolean tried(String what, java.util.function.Supplier<Done> command) {
      try {
        Done done = command.get();
        said.add(what + " → " + done.edition());
        return true;
      } catch (Refused | FormRefused | Changed refused) {
        said.add(what + " (refused: " + refused.getMessage() + ")");
        return false;
      }
    }

    private void attach(Matter matter, @Nullable Long step, Form form, SignedIn by) {
      for (Field field : form.fields()) {
        if (field.kind() instanceof Field.Kind.Documents
            && random.nextInt(10) < (field.required() ? 9 : 2)) {
          filling.attach(matter, step, form, field.id(), field.id() + ".txt", FILE, by);
        }
      }
    }

    private Map<String, String> answers(Form form) {
      List<Map<String, String>> kept =
          taken.getOrDefault(procedure.pack() + " " + form.id(), List.of());
      Map<String, String> model = kept.isEmpty() || random.nextInt(3) == 0 ? Map.of() : pick(kept);
      Map<String, String> answers = new TreeMap<>();
      for (Field field : form.fields()) {
        if ((!field.required() && random.nextInt(3) == 0) || random.nextInt(150) == 0) {
          continue;
        }
        String value =
            switch (field.kind()) {
              case Field.Kind.Text text ->
                  model.getOrDefault(field.id(), "内容 " + random.nextInt(1_000_000));
              case Field.Kind.Day day ->
                  LocalDate.ofInstant(desk.time.instant(), java.time.ZoneId.of("Asia/Shanghai"))
                      .plusDays(random.nextInt(6) == 0 ? random.nextInt(120) : -random.nextInt(3))
                      .toString();
              case Field.Kind.Number number -> number(number);
              case Field.Kind.Choice choice ->
                  random.nextInt(12) == 0
                      ? pick(choice.options())
                      : model.getOrDefault(field.id(), pick(choice.options()));
              case Field.Kind.OnRecord record -> onRecord(record.subject());
              case Field.Kind.Documents documents -> "";
            };
        if (value != null && !value.isEmpty()) {
          answers.put(field.id(), value);
        }
      }
      return answers;
    }

    private String number(Field.Kind.Number number) {
      BigDecimal least = number.least() == null ? BigDecimal.ZERO : number.least();
      BigDecimal most = number.most() == null ? least.add(BigDecimal.TEN) : number.most();
      return Integer.toString(
          least.intValue() + random.nextInt(Math.max(1, most.intValue() - least.intValue() + 1)));
    }

    private @Nullable String onRecord(String kind) {
      if (kind.equals("official")) {
        return keys.get(pick(officials));
      }
      Function<Long, String> maker = makers.get(kind);
      if (maker != null && random.nextInt(8) > 0) {
        return maker.apply(party.subject());
      }
      OnRecord register = registers.get(kind);
      Set<Long> there =
          register == null
              ? new HashSet<>()
              : org.dandang.platform.storage.Sights.everything(
                  () -> register.labels(LongStream.rangeClosed(1, 300).boxed().toList()).keySet());
      return there.isEmpty() ? null : Long.toString(pick(List.copyOf(there)));
    }
  }
}
