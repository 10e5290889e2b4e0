/** Secret ballots: blind-signed tokens, the mixed pool, what is published. */
@NullMarked
package org.dandang.survey.ballot;

import org.jspecify.annotations.NullMarked;
