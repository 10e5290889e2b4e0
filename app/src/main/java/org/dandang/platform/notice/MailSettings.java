package org.dandang.platform.notice;

import jakarta.mail.Session;
import java.util.List;
import java.util.Properties;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * How mail is sent: {@code dandang.mail.host}, {@code port}, {@code user}, {@code password}, {@code
 * tls} (none, starttls or tls), {@code from}; from the environment as {@code DANDANG_MAIL_HOST} and
 * so on. Without a host nothing is sent.
 *
 * @param address where the pages are found, for the text of a mail; empty: not told
 */
@Component
record MailSettings(
    @Value("${dandang.mail.host:}") String host,
    @Value("${dandang.mail.port:0}") int port,
    @Value("${dandang.mail.user:}") String user,
    @Value("${dandang.mail.password:}") String password,
    @Value("${dandang.mail.tls:starttls}") String tls,
    @Value("${dandang.mail.from:}") String from,
    @Value("${dandang.address:}") String address) {
  private static final String MILLISECONDS = "20000";

  MailSettings {
    if (!host.isBlank()) {
      if (!from.matches("[^@\\s]+@[^@\\s]+")) {
        throw new IllegalArgumentException(
            "dandang.mail.from has to be a mail address when dandang.mail.host is set");
      }
      if (!List.of("none", "starttls", "tls").contains(tls)) {
        throw new IllegalArgumentException("dandang.mail.tls is none, starttls or tls, not " + tls);
      }
    }
  }

  boolean isOn() {
    return !host.isBlank();
  }

  /** Right side of message ids. */
  String domain() {
    return from.substring(from.indexOf('@') + 1);
  }

  int portUsed() {
    return port > 0 ? port : tls.equals("tls") ? 465 : tls.equals("starttls") ? 587 : 25;
  }

  Session session() {
    Properties properties = new Properties();
    properties.put("mail.transport.protocol", "smtp");
    properties.put("mail.smtp.host", host);
    properties.put("mail.smtp.port", Integer.toString(portUsed()));
    properties.put("mail.smtp.auth", Boolean.toString(!user.isBlank()));
    properties.put("mail.smtp.ssl.enable", Boolean.toString(tls.equals("tls")));
    properties.put("mail.smtp.starttls.enable", Boolean.toString(tls.equals("starttls")));
    properties.put("mail.smtp.starttls.required", Boolean.toString(tls.equals("starttls")));
    properties.put("mail.smtp.ssl.checkserveridentity", "true");
    properties.put("mail.smtp.connectiontimeout", MILLISECONDS);
    properties.put("mail.smtp.timeout", MILLISECONDS);
    properties.put("mail.smtp.writetimeout", MILLISECONDS);
    return Session.getInstance(properties);
  }

  @Override
  public String toString() {
    return isOn() ? host + ":" + portUsed() + " (" + tls + ")" : "off";
  }
}
