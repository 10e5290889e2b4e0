/** Pages of packs, runs and reasons. */
@NullMarked
package org.dandang.policy.web;

import org.jspecify.annotations.NullMarked;
