/** Who is promoted: slates laid over the registers before quotas are tested. */
@NullMarked
@ApplicationModule(
    displayName = "Selection",
    allowedDependencies = {
      "platform :: storage",
      "platform :: access",
      "platform :: ledger",
      "platform :: jobs",
      "platform :: web",
      "policy",
      "policy :: pack",
      "policy :: fact",
      "policy :: run",
      "policy :: simulation",
      "organisation",
      "official"
    })
package org.dandang.selection;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
