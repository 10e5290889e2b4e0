package org.dandang.official.form;

/**
 * A line of a form that a person has to settle.
 *
 * @param line from 1 within its element's text
 * @param reason last part of the message key {@code unsettled.*}
 */
public record Unsettled(FormElement element, int line, String text, String reason) {}
