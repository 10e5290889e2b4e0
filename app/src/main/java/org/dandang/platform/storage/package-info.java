/** The database: embedded in a data folder of its own, or an external PostgreSQL. */
@NullMarked
@NamedInterface("storage")
package org.dandang.platform.storage;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
