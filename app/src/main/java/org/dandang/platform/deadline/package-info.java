/** Deadlines: what is due when, reminders before, escalation after, suspension, extension. */
@NullMarked
@NamedInterface("deadline")
package org.dandang.platform.deadline;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
