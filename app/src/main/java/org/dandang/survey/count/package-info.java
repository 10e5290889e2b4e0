/**
 * Counting: from answers to figures, quorum, majorities and ties. Needs neither database nor web.
 */
@NullMarked
package org.dandang.survey.count;

import org.jspecify.annotations.NullMarked;
