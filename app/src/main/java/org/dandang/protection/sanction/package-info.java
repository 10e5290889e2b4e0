/**
 * Sanctions and what comes after: measures with their impact periods, mentors, the joint evaluation
 * before a period ends, use after discipline, revocation.
 */
@NullMarked
package org.dandang.protection.sanction;

import org.jspecify.annotations.NullMarked;
