/** Decisions over a population on a Spark cluster, the same as on one machine. */
@NullMarked
package org.dandang.engine.spark;

import org.jspecify.annotations.NullMarked;
