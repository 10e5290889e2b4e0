/** What a pack asks: questions, lists, thresholds. Needs neither database nor web. */
@NullMarked
@NamedInterface("instrument")
package org.dandang.survey.instrument;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
