package org.dandang.protection.sanction;

import java.time.LocalDate;

/** Somebody under a period without a mentor. */
public record WithoutMentor(long official, String label, LocalDate until) {}
