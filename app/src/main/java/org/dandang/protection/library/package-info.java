/**
 * The library of typical cases: closed matters anonymised by a person with help, published by
 * another, searched, and offered where a similar matter is decided.
 */
@NullMarked
package org.dandang.protection.library;

import org.jspecify.annotations.NullMarked;
