/**
 * Closed matters: what was handled elsewhere or before, taken in from files as a pack says, and
 * what a look at all of them shows.
 */
@NullMarked
package org.dandang.protection.closed;

import org.jspecify.annotations.NullMarked;
