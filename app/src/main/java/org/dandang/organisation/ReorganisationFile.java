package org.dandang.organisation;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A file of names units had from a year until a year, and the notes on them.
 *
 * @param notes null without any
 * @param source the register whose codes it uses
 */
public record ReorganisationFile(Path file, @Nullable Path notes, String source) {}
