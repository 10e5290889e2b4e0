/** Long work: progress, cancel, result that stays findable. */
@NullMarked
@NamedInterface("jobs")
package org.dandang.platform.jobs;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
