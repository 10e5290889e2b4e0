package org.dandang.platform.publicnotice;

/** What came of a public notice was recorded by a person; told in the transaction of the record. */
public record PublicNoticeConcluded(PublicNotice notice) {}
