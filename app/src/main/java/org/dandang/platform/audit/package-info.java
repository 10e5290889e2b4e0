/** The auditor's pages over the ledger. */
@NullMarked
package org.dandang.platform.audit;

import org.jspecify.annotations.NullMarked;
