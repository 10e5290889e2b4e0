/**
 * How files become register rows: read as a stream, checked against a mapping, copied into a
 * staging table and from there stored set by set.
 */
@NullMarked
package org.dandang.official.importing;

import org.jspecify.annotations.NullMarked;
