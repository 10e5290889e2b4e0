package org.dandang.platform.procedure;

/** A file of a form. */
public record Attached(
    long id, long form, String field, String name, int bytes, String hash, long addedBy) {}
