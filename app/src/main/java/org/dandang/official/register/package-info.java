/**
 * What the registers of officials hold: each register with its fields, how a field's values are
 * read, checked and written.
 */
@NullMarked
package org.dandang.official.register;

import org.jspecify.annotations.NullMarked;
