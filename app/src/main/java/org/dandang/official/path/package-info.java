/** What the next steps ask of an official and what the own record has. */
@NullMarked
package org.dandang.official.path;

import org.jspecify.annotations.NullMarked;
