/** The command line: one class a command, over what the modules promise. */
@NullMarked
@ApplicationModule(
    displayName = "Command line",
    allowedDependencies = {
      "platform :: storage",
      "platform :: access",
      "platform :: export",
      "platform :: ledger",
      "platform :: jobs",
      "platform :: web",
      "policy",
      "policy :: pack",
      "policy :: fact",
      "policy :: run",
      "policy :: decision",
      "policy :: simulation",
      "organisation",
      "official",
      "survey",
      "survey :: count",
      "survey :: instrument",
      "protection",
      "selection",
      "insight",
      "demonstration"
    })
package org.dandang.commandline;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
