/** The append-only record of every change. */
@NullMarked
@NamedInterface("ledger")
package org.dandang.platform.ledger;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
