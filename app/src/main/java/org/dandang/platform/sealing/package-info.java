/** Encryption of what may not be read from the database, its dumps or its backups. */
@NullMarked
@NamedInterface("sealing")
package org.dandang.platform.sealing;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
