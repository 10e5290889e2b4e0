/** Tests of the policy engine. */
@NullMarked
package org.dandang.engine;

import org.jspecify.annotations.NullMarked;
