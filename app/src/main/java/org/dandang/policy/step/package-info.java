/** Steps of an official's path: what each asks, what the record has, and since when. */
@NullMarked
@NamedInterface("step")
package org.dandang.policy.step;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
