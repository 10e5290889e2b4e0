/**
 * Facts: the named columns policies may see, each defined once in SQL for one subject and for all.
 */
@NullMarked
@NamedInterface("fact")
package org.dandang.policy.fact;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
