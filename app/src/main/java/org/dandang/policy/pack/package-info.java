/** Packs: what a place has decided, read, checked and tested. Needs neither database nor web. */
@NullMarked
@NamedInterface("pack")
package org.dandang.policy.pack;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
