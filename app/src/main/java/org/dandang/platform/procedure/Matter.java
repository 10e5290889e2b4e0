package org.dandang.platform.procedure;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A matter: something that goes from person to person under a procedure.
 *
 * @param unit to which it belongs
 * @param above that unit and those above it, when the matter began
 * @param edition counts what was done with it
 * @param begunBy account that began it, or drafts it; 0: the clock began it
 * @param figures by which it goes
 * @param result id of the end it came to; null before
 */
public record Matter(
    long id,
    Procedure procedure,
    String engineKey,
    State state,
    long unit,
    List<Long> above,
    int edition,
    long begunBy,
    LocalDate begunOn,
    Map<String, Figure> figures,
    @Nullable String engineId,
    @Nullable String result,
    @Nullable String reasons,
    @Nullable OffsetDateTime endedAt,
    List<Party> parties) {

  /** How a matter stands. */
  public enum State {
    DRAFT,
    OPEN,
    SUSPENDED,
    ENDED,
    WITHDRAWN,
    STOPPED,
    DISCARDED;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    static State of(String word) {
      return Arrays.stream(values())
          .filter(one -> one.word().equals(word))
          .findFirst()
          .orElseThrow();
    }
  }

  public Matter {
    above = List.copyOf(above);
    figures = Map.copyOf(figures);
    parties = List.copyOf(parties);
  }

  /** Numbers of the officials it is about. */
  public List<Long> officials() {
    return parties.stream().filter(Party::isOfficial).map(Party::subject).toList();
  }

  /** Where its page is. */
  public String path() {
    return "/matters/" + id;
  }
}
