/**
 * The policy engine: reads a DMN model once and runs it two ways with one meaning, interpreted for
 * one subject and compiled to set-based SQL for everybody. Knows neither Spring nor the web.
 */
@NullMarked
package org.dandang.engine;

import org.jspecify.annotations.NullMarked;
