/**
 * Supervision and protection: leads and what became of them, means of asking, statements,
 * tolerance, clarification, sanctions. Each register is entered by procedures only.
 */
@NullMarked
@ApplicationModule(
    displayName = "Protection",
    allowedDependencies = {
      "platform :: storage",
      "platform :: sealing",
      "platform :: access",
      "platform :: signin",
      "platform :: export",
      "platform :: calendar",
      "platform :: deadline",
      "platform :: notice",
      "platform :: publicnotice",
      "platform :: procedure",
      "platform :: custody",
      "platform :: ledger",
      "platform :: jobs",
      "platform :: web",
      "policy",
      "policy :: pack",
      "policy :: fact",
      "policy :: run",
      "policy :: decision",
      "organisation",
      "official"
    })
package org.dandang.protection;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
