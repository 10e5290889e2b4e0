package org.dandang.organisation;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which unit manages the posts of some levels in another unit and all that lies within it.
 *
 * @param postLevels codes of GB/T 12407-2008, the highest first
 * @param until the first day on which it no longer holds; null: still
 */
public record ManagementAuthority(
    long id,
    long managing,
    String managingName,
    long managed,
    String managedName,
    List<String> postLevels,
    LocalDate from,
    @Nullable LocalDate until,
    Document document) {}
