/** Running a policy over everybody and explaining one result. */
@NullMarked
@NamedInterface("run")
package org.dandang.policy.run;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
