/** Tables under way: written, checked, tested, and put in force by two people. */
@NullMarked
@NamedInterface("draft")
package org.dandang.policy.draft;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
