/** The shell every page stands in, languages, refusals and errors. */
@NullMarked
@NamedInterface("web")
package org.dandang.platform.web;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
