/** Public notices: posted for working days, open to objections, concluded by a person. */
@NullMarked
@NamedInterface("publicnotice")
package org.dandang.platform.publicnotice;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
