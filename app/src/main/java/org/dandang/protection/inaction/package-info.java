/**
 * Inaction and stepping down: campaigns of findings by kind, graded handling, and situations in
 * which somebody is not fit for the post. Nothing is found but by persons, with evidence.
 */
@NullMarked
package org.dandang.protection.inaction;

import org.jspecify.annotations.NullMarked;
