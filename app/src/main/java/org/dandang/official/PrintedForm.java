package org.dandang.official;

import org.dandang.official.form.AppointmentForm;
import org.jspecify.annotations.Nullable;

/**
 * A form among those that are printed at once.
 *
 * @param age full years; null where the birth is not known to the month
 */
public record PrintedForm(long official, AppointmentForm form, @Nullable Integer age) {}
