/** Dandang: the incentive-and-protection system for public officials. */
@NullMarked
package org.dandang;

import org.jspecify.annotations.NullMarked;
