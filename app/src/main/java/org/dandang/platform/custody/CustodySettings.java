package org.dandang.platform.custody;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How records are sealed here.
 *
 * @param threshold how many custodians open a record together; at least two
 * @param longest for how long an opened record may be read at most
 * @param ceremony how long a custodian's unlocked key is held in memory for the others to come
 * @param memory of the hash over passphrases, in KiB
 * @param rounds of it
 */
@ConfigurationProperties("dandang.custody")
record CustodySettings(
    @DefaultValue("2") int threshold,
    @DefaultValue("24h") Duration longest,
    @DefaultValue("10m") Duration ceremony,
    @DefaultValue("65536") int memory,
    @DefaultValue("3") int rounds) {
  CustodySettings {
    if (threshold < 2) {
      throw new IllegalArgumentException("dandang.custody.threshold is at least 2");
    }
  }
}
