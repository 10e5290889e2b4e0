/** What a change of a policy, or a list of proposed postings, would make of everybody's results. */
@NullMarked
@NamedInterface("simulation")
package org.dandang.policy.simulation;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
