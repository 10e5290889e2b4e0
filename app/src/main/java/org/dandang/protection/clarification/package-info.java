/**
 * Clarification of unfounded reports: nothing without the consent of the person, nothing but what
 * the person agreed to, nothing about a report that is not unfounded.
 */
@NullMarked
package org.dandang.protection.clarification;

import org.jspecify.annotations.NullMarked;
