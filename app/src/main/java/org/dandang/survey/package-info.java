/** Votes and surveys: instruments of packs, electorates, ballots, counts. */
@NullMarked
@ApplicationModule(
    displayName = "Votes and surveys",
    allowedDependencies = {
      "platform :: storage",
      "platform :: sealing",
      "platform :: access",
      "platform :: ledger",
      "platform :: export",
      "platform :: signin",
      "platform :: jobs",
      "platform :: notice",
      "platform :: web",
      "policy",
      "policy :: pack",
      "organisation",
      "official"
    })
package org.dandang.survey;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
