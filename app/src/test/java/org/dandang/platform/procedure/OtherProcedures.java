package org.dandang.platform.procedure;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The procedures of the packs, and beside them others that no check of packs has seen. */
public final class OtherProcedures implements Procedures {
  private final Procedures packs;
  private final Map<String, Procedure> others = new ConcurrentHashMap<>();

  public OtherProcedures(Procedures packs) {
    this.packs = packs;
  }

  /** Adds one with another drawing; the rest is a pack's. */
  public Procedure add(String name, Procedure like, String bpmn) {
    FlowReading.Read read =
        FlowReading.read(bpmn.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    Procedure other =
        new Procedure(
            name,
            like.from(),
            Commands.hash(bpmn),
            bpmn,
            read.flow().orElseThrow(() -> new AssertionError(name + ": " + read.flaws())),
            like.forms(),
            like.figures(),
            like.texts());
    others.put(name, other);
    return other;
  }

  @Override
  public List<Procedure> on(LocalDate day) {
    return packs.on(day);
  }

  @Override
  public Optional<Procedure> find(String pack, LocalDate day, String actor) {
    Procedure other = others.get(pack);
    return other == null ? packs.find(pack, day, actor) : Optional.of(other);
  }
}
