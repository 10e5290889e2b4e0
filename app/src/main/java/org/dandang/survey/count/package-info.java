/**
 * Counting: from answers to figures, quorum, majorities and ties, and the bulletin from which
 * anybody counts again. Needs neither database nor web.
 */
@NullMarked
@NamedInterface("count")
package org.dandang.survey.count;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
