/**
 * Benchmarks: each prints a figure with its ratio to a limit or a peer measured in the same run.
 */
@NullMarked
package org.dandang.bench;

import org.jspecify.annotations.NullMarked;
