package org.dandang.platform.publicnotice;

/** A public notice was taken down before its end; told in the transaction of the record. */
public record PublicNoticeTakenDown(PublicNotice notice) {}
