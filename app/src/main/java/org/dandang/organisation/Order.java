package org.dandang.organisation;

import java.time.LocalDate;

/**
 * From which day a change holds, by which document, and who records it.
 *
 * @param actor sign-in name
 */
public record Order(LocalDate on, Document document, String actor) {}
