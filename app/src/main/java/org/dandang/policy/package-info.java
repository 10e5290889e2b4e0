/**
 * Packs, facts, parameters and the decisions they give. Knows no business module: they register
 * facts and views with it.
 */
@NullMarked
@ApplicationModule(
    displayName = "Policy",
    allowedDependencies = {
      "platform :: storage",
      "platform :: access",
      "platform :: signin",
      "platform :: export",
      "platform :: ledger",
      "platform :: jobs",
      "platform :: web",
      "platform :: publicnotice",
      "platform :: procedure"
    })
package org.dandang.policy;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
