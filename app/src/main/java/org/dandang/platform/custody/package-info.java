/**
 * Records that nobody opens alone: each under a key of its own, the key split among custodians,
 * opened by two of them for a stated motive and a limited time, and in the ledger before anything
 * is shown.
 */
@NullMarked
@NamedInterface("custody")
package org.dandang.platform.custody;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
