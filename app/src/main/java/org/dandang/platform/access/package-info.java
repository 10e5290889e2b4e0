/** Accounts, roles and signing in. */
@NullMarked
@NamedInterface("access")
package org.dandang.platform.access;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
