package org.dandang.platform.publicnotice;

import java.time.LocalDate;
import org.dandang.platform.publicnotice.PublicNotice.Result;
import org.jspecify.annotations.Nullable;

/**
 * What somebody objected, opened for who handles it.
 *
 * @param receipt by which who objected asks what came of it
 * @param name empty when it bears none
 * @param fileName empty when nothing is attached
 * @param finding null until it is answered
 */
public record Objection(
    long id,
    String receipt,
    LocalDate receivedOn,
    String name,
    String contact,
    String text,
    String fileName,
    @Nullable Result finding,
    @Nullable String answer,
    @Nullable LocalDate foundOn) {}
