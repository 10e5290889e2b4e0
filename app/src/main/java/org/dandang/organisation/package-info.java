/** Units, their places and levels. */
@NullMarked
@ApplicationModule(
    displayName = "Organisation",
    allowedDependencies = {
      "platform :: storage",
      "platform :: access",
      "platform :: procedure",
      "platform :: ledger",
      "platform :: jobs",
      "platform :: web",
      "policy",
      "policy :: pack",
      "policy :: fact",
      "policy :: run"
    })
package org.dandang.organisation;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
