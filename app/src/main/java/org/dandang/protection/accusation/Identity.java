package org.dandang.protection.accusation;

/** Who it is. */
public record Identity(String name, String mark) {}
