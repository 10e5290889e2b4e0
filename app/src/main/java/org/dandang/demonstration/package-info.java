/** The demonstration prefecture: invented people taken in through the same door as real ones. */
@NullMarked
@ApplicationModule(
    displayName = "Demonstration",
    allowedDependencies = {
      "platform :: storage",
      "platform :: access",
      "platform :: ledger",
      "platform :: jobs",
      "platform :: web",
      "platform :: calendar",
      "platform :: deadline",
      "platform :: notice",
      "platform :: publicnotice",
      "policy",
      "policy :: pack",
      "policy :: fact",
      "policy :: run",
      "organisation",
      "official",
      "survey",
      "protection",
      "selection"
    })
package org.dandang.demonstration;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
