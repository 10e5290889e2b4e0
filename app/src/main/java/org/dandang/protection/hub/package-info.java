/**
 * The supervision hub: leads, whom they name, how they were asked about and what became of them.
 */
@NullMarked
package org.dandang.protection.hub;

import org.jspecify.annotations.NullMarked;
