/** Officials: identity, postings, ranks, pay, awards and grades, with the files they came from. */
@NullMarked
@ApplicationModule(
    displayName = "Officials",
    allowedDependencies = {
      "platform :: storage",
      "platform :: sealing",
      "platform :: access",
      "platform :: signin",
      "platform :: export",
      "platform :: procedure",
      "platform :: ledger",
      "platform :: jobs",
      "platform :: web",
      "platform :: notice",
      "policy",
      "policy :: pack",
      "policy :: fact",
      "policy :: run",
      "policy :: step",
      "organisation"
    })
package org.dandang.official;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
