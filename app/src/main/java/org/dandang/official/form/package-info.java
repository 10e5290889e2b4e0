/**
 * The appointment-and-removal approval form (干部任免审批表): its file ({@code .lrmx} and the older {@code
 * .lrm}), and what its texts mean. Knows no database.
 */
@NullMarked
package org.dandang.official.form;

import org.jspecify.annotations.NullMarked;
