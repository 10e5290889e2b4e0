package org.dandang.policy.pack;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.dandang.platform.procedure.Procedure;
import org.dandang.platform.procedure.Procedures;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** The procedures in packs, for the platform that runs them. */
@Component
class PackProcedures implements Procedures {
  private final Packs packs;
  private final InForce inForce;
  private final Clock clock;
  private final ZoneId zone;
  private final Map<String, Held> lately = new ConcurrentHashMap<>();

  PackProcedures(
      Packs packs,
      InForce inForce,
      Clock clock,
      @Value("${dandang.zone:Asia/Shanghai}") ZoneId zone) {
    this.packs = packs;
    this.inForce = inForce;
    this.clock = clock;
    this.zone = zone;
  }

  /** What a pack gave, for as long as the pack is the same object. */
  private record Held(Pack pack, LocalDate day, Optional<Procedure> procedure) {}

  @Override
  public List<Procedure> on(LocalDate day) {
    return packs.all().stream()
        .filter(pack -> pack.holds(Part.Procedure.class))
        .flatMap(pack -> read(pack, day).stream())
        .toList();
  }

  @Override
  public Optional<Procedure> find(String id, LocalDate day, String actor) {
    Optional<Procedure> found =
        packs
            .find(id)
            .filter(pack -> pack.holds(Part.Procedure.class))
            .flatMap(pack -> read(pack, day));
    found
        .filter(procedure -> !procedure.from().isAfter(LocalDate.now(clock.withZone(zone))))
        .ifPresent(procedure -> confirm(procedure, day, actor));
    return found;
  }

  private void confirm(Procedure procedure, LocalDate day, String actor) {
    Map<String, Map.Entry<LocalDate, String>> held = new LinkedHashMap<>();
    held.put(
        "procedure." + procedure.from() + ".bpmn", Map.entry(procedure.from(), procedure.hash()));
    Pack pack = packs.find(procedure.pack()).orElseThrow();
    for (String figure : procedure.figures().keySet()) {
      Objects.requireNonNull(pack.parameters().get(figure))
          .on(day)
          .ifPresent(
              dated ->
                  held.put(
                      figure + "@" + dated.period().from(),
                      Map.entry(dated.period().from(), InForce.hash(dated))));
    }
    inForce.confirm(procedure.pack(), held, actor);
  }

  private Optional<Procedure> read(Pack pack, LocalDate day) {
    Held held = lately.get(pack.id());
    if (held == null || held.pack() != pack || !held.day().equals(day)) {
      held =
          new Held(
              pack,
              day,
              Proceeding.fileOn(pack, day).flatMap(file -> new Proceeding(pack, file).on(day)));
      lately.put(pack.id(), held);
    }
    return held.procedure();
  }
}
