/**
 * Procedures: a matter goes from person to person by a drawn way, and nothing is decided but by
 * somebody who may. What cases are, who did what, forms and deadlines are records of the program; a
 * process engine only keeps the place, in the same transaction.
 */
@NullMarked
@NamedInterface("procedure")
package org.dandang.platform.procedure;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
