package org.dandang.protection.sanction;

import java.time.LocalDate;
import java.time.OffsetDateTime;

/** A contact as it was noted. */
public record Contact(LocalDate on, String way, String note, OffsetDateTime at, String by) {}
