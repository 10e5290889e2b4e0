package org.dandang.platform.procedure;

import java.util.UUID;
import org.dandang.platform.access.SignedIn;

/**
 * Something somebody wants done with a matter. Sent again with the same number it is not done
 * again.
 *
 * @param client number given by whoever sends it, new for each command
 */
public record Command(UUID client, SignedIn by) {}
