/** Notices to people: in the inbox, by mail, by hand; none lost, each once. */
@NullMarked
@NamedInterface("notice")
package org.dandang.platform.notice;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
