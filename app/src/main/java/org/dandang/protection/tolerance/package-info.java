/**
 * Tolerance of errors with correction: determinations entered by procedures, each with its plan
 * that is followed item by item until another person has verified it.
 */
@NullMarked
package org.dandang.protection.tolerance;

import org.jspecify.annotations.NullMarked;
