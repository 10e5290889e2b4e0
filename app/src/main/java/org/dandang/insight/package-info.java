/** Dashboards over published views; nobody uses it. */
@NullMarked
@ApplicationModule(
    displayName = "Insight",
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
      "organisation",
      "official",
      "selection"
    })
package org.dandang.insight;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
