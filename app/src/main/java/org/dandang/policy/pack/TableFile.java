package org.dandang.policy.pack;

import java.nio.file.Path;
import java.time.LocalDate;

/** A decision table's file; it holds from its date until the next one's. */
public record TableFile(String name, LocalDate from, Path path) {}
