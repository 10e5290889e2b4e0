/** What every module stands on: storage, access, ledger, languages, the web shell. */
@NullMarked
@ApplicationModule(
    displayName = "Platform",
    allowedDependencies = {})
package org.dandang.platform;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
