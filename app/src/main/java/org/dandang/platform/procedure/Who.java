package org.dandang.platform.procedure;

import java.util.Optional;
import org.dandang.platform.access.Role;

/** Who may do a step, relative to the matter. */
public sealed interface Who {
  /** The official the matter is about. */
  record Party() implements Who {}

  /** Whoever began the matter. */
  record Beginner() implements Who {}

  /** Nobody: the program begins the matter when its day has come. */
  record Clock() implements Who {}

  /** Whoever holds a role over the matter's unit on that day. */
  record Holder(Role role) implements Who {}

  /**
   * As procedures write it: {@code party}, {@code beginner}, {@code clock}, or the word of a role.
   */
  default String word() {
    return switch (this) {
      case Party party -> "party";
      case Beginner beginner -> "beginner";
      case Clock clock -> "clock";
      case Holder holder -> holder.role().word();
    };
  }

  static Optional<Who> of(String word) {
    return switch (word) {
      case "party" -> Optional.of(new Party());
      case "beginner" -> Optional.of(new Beginner());
      case "clock" -> Optional.of(new Clock());
      default ->
          Role.find(word)
              .filter(role -> role != Role.OFFICIAL && !role.isAdministrator())
              .map(Holder::new);
    };
  }
}
