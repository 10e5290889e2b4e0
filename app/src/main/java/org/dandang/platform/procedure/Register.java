package org.dandang.platform.procedure;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.dandang.platform.access.SignedIn;
import org.dandang.platform.storage.Sights;
import org.springframework.stereotype.Component;

/** What is on record, of whatever kind. */
@Component
class Register {
  private final Map<String, OnRecord> kinds;

  Register(List<OnRecord> kinds) {
    this.kinds = kinds.stream().collect(Collectors.toMap(OnRecord::kind, kind -> kind));
    for (String word : this.kinds.keySet()) {
      if (RegisterKinds.ofTheProgram().find(word).filter(RegisterKind::named).isEmpty()) {
        throw new IllegalStateException("What is on record as " + word + " is not described.");
      }
    }
  }

  /** Whom or what a text means; empty where nothing on record is meant. */
  Optional<Long> find(String kind, String text, SignedIn by) {
    return Optional.ofNullable(kinds.get(kind)).flatMap(register -> register.find(text, by));
  }

  /** How what was found is called, where that means it as well; else what was written. */
  String called(String kind, long found, String written, SignedIn by) {
    return Optional.ofNullable(kinds.get(kind))
        .map(register -> Sights.everything(() -> register.labels(List.of(found))).get(found))
        .filter(label -> find(kind, label, by).filter(one -> one == found).isPresent())
        .orElse(written);
  }

  /**
   * What the fields of a form offer in a matter, each by the field's id; those without are left
   * out.
   */
  Map<String, List<String>> offered(Form form, Matter matter, SignedIn by) {
    Long official = matter.officials().stream().findFirst().orElse(null);
    Map<String, List<String>> offered = new HashMap<>();
    for (Field field : form.fields()) {
      OnRecord register =
          field.kind() instanceof Field.Kind.OnRecord kind ? kinds.get(kind.subject()) : null;
      if (register != null) {
        List<Long> those = register.offered(official, by);
        Map<Long, String> labels = Sights.everything(() -> register.labels(those));
        offered.put(field.id(), those.stream().map(labels::get).filter(Objects::nonNull).toList());
      }
    }
    offered.values().removeIf(List::isEmpty);
    return offered;
  }

  /** The unit a matter about a party that was found belongs to. */
  Optional<Long> unit(Party party) {
    return Optional.ofNullable(kinds.get(party.kind()))
        .flatMap(register -> Sights.everything(() -> register.unit(party.subject())));
  }

  /**
   * How each is called; the number where nothing is known. Who may see a matter may see whom it
   * names, whatever else of them is closed.
   */
  Map<Party, String> labels(Collection<Party> parties) {
    Map<Party, String> labels = new HashMap<>();
    parties.stream()
        .collect(Collectors.groupingBy(Party::kind))
        .forEach(
            (kind, those) -> {
              OnRecord register = kinds.get(kind);
              Map<Long, String> known =
                  register == null
                      ? Map.of()
                      : Sights.everything(
                          () ->
                              register.labels(
                                  those.stream().map(Party::subject).distinct().toList()));
              those.forEach(
                  party ->
                      labels.put(
                          party,
                          known.getOrDefault(party.subject(), Long.toString(party.subject()))));
            });
    return labels;
  }
}
