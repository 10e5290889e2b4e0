/** Working days by the official holiday calendar with its adjusted working weekends. */
@NullMarked
@NamedInterface("calendar")
package org.dandang.platform.calendar;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
