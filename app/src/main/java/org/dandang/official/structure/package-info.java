/** Who sits in a team or unit, by sex, age, education and more, and which posts fall vacant. */
@NullMarked
package org.dandang.official.structure;

import org.jspecify.annotations.NullMarked;
