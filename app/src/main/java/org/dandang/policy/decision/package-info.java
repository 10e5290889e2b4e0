/** What a policy gave one subject, kept with all it came from, and replayed. */
@NullMarked
@NamedInterface("decision")
package org.dandang.policy.decision;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
