@NullMarked
package org.dandang.platform.storage;

import org.jspecify.annotations.NullMarked;
