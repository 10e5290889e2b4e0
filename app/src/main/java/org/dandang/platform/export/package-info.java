/**
 * Files that leave: each is registered, and carries a visible and a hidden mark of who took it, so
 * that a file found elsewhere tells.
 */
@NullMarked
@NamedInterface("export")
package org.dandang.platform.export;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
