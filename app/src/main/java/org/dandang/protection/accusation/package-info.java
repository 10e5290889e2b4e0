/**
 * Malicious accusation: findings that need fabricated facts and proven intent, and the register of
 * those who were found, which everybody leaves by itself.
 */
@NullMarked
package org.dandang.protection.accusation;

import org.jspecify.annotations.NullMarked;
