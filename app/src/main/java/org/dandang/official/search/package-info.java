/**
 * Finding officials by name, number and facts; what is found stands in an index beside the
 * database.
 */
@NullMarked
package org.dandang.official.search;

import org.jspecify.annotations.NullMarked;
