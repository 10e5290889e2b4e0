package org.dandang.platform.publicnotice;

import java.time.LocalDate;
import org.dandang.platform.publicnotice.PublicNotice.Result;
import org.jspecify.annotations.Nullable;

/**
 * What somebody who objected may know by the receipt.
 *
 * @param finding null until it is answered
 */
public record ObjectionState(
    long notice, LocalDate receivedOn, @Nullable Result finding, @Nullable String answer) {}
