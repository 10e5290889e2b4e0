package org.dandang.platform.notice;

import jakarta.mail.Address;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Date;
import java.util.Locale;
import java.util.Optional;
import org.dandang.platform.jobs.Recurring;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.MessageSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Sends the mails that wait. A mail says only that there is a notice, never about what. Before it
 * is handed to the mail server it is marked as being sent; what a crash left so is sent again under
 * the same message id. What fails is tried again later and later; what cannot succeed, or failed
 * too often, is dead until an administrator sends it again.
 */
@Component
class MailWorker implements Recurring {
  private static final Logger LOG = LoggerFactory.getLogger(MailWorker.class);

  /** Tries after which a mail is dead: about two days. */
  static final int MOST_ATTEMPTS = 14;

  /** After which a mail being sent was left so by a crash; longer than all time limits together. */
  static final Duration LEFT = Duration.ofMinutes(3);

  private static final Duration FIRST_RETRY = Duration.ofMinutes(1);
  private static final Duration LAST_RETRY = Duration.ofHours(6);
  private static final int LONGEST_PROBLEM = 500;

  private final JdbcClient jdbc;
  private final MailSettings settings;
  private final MessageSource messages;
  private final Clock clock;

  MailWorker(JdbcClient jdbc, MailSettings settings, MessageSource messages, Clock clock) {
    this.jdbc = jdbc;
    this.settings = settings;
    this.messages = messages;
    this.clock = clock;
  }

  /**
   * A mail that is being sent.
   *
   * @param address null when the account keeps none any more
   */
  private record Outgoing(
      long id, String messageId, int attempts, @Nullable String address, Locale language) {}

  @Override
  public String name() {
    return "mail";
  }

  @Override
  public Duration every() {
    return Duration.ofSeconds(5);
  }

  @Override
  public void run() throws InterruptedException {
    if (!settings.isOn()) {
      return;
    }
    Session session = settings.session();
    Transport transport = null;
    try {
      for (Optional<Outgoing> next = next(); next.isPresent(); next = next()) {
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        Outgoing mail = next.get();
        try {
          MimeMessage message = message(session, mail);
          if (transport == null || !transport.isConnected()) {
            transport = session.getTransport();
            transport.connect(
                settings.user().isBlank() ? null : settings.user(),
                settings.user().isBlank() ? null : settings.password());
          }
          transport.sendMessage(message, message.getAllRecipients());
          sent(mail);
        } catch (MessagingException e) {
          failed(mail, e);
        }
      }
    } finally {
      close(transport);
    }
  }

  private static void close(@Nullable Transport transport) {
    if (transport != null) {
      try {
        transport.close();
      } catch (MessagingException e) {
        LOG.debug("The mail server was gone already", e);
      }
    }
  }

  /** The next mail, marked as being sent. */
  private Optional<Outgoing> next() {
    OffsetDateTime now = OffsetDateTime.now(clock);
    return jdbc.sql(
            """
            with next as (
              select id from platform.mail
               where (state = 'waiting' and next_at <= :now) or (state = 'sending' and begun_at <= :left)
               order by next_at, id limit 1 for update skip locked)
            update platform.mail m
               set state = 'sending', attempts = m.attempts + 1, begun_at = :now
              from next, platform.account a
             where m.id = next.id and a.id = m.account_id
            returning m.id, m.message_id, m.attempts, a.language,
                      (select address from platform.mail_address d where d.account_id = m.account_id) as address
            """)
        .param("now", now)
        .param("left", now.minus(LEFT))
        .query(
            (row, number) ->
                new Outgoing(
                    row.getLong("id"),
                    row.getString("message_id"),
                    row.getInt("attempts"),
                    row.getString("address"),
                    Locale.forLanguageTag(row.getString("language"))))
        .optional();
  }

  private MimeMessage message(Session session, Outgoing mail) throws MessagingException {
    if (mail.address() == null) {
      throw new AddressException("no address is kept any more");
    }
    MimeMessage message = new KeptIdMessage(session, mail.messageId());
    message.setFrom(new InternetAddress(settings.from(), true));
    message.setRecipient(Message.RecipientType.TO, new InternetAddress(mail.address(), true));
    message.setSubject(
        messages.getMessage("notice.mail.subject", null, mail.language()),
        StandardCharsets.UTF_8.name());
    String text = messages.getMessage("notice.mail.text", null, mail.language());
    message.setText(
        settings.address().isBlank() ? text : text + "\r\n\r\n" + settings.address(),
        StandardCharsets.UTF_8.name());
    message.setHeader("Auto-Submitted", "auto-generated");
    message.setSentDate(Date.from(clock.instant()));
    message.saveChanges();
    return message;
  }

  /** Keeps its message id, which otherwise is made anew whenever it is sent. */
  private static final class KeptIdMessage extends MimeMessage {
    private final String id;

    KeptIdMessage(Session session, String id) {
      super(session);
      this.id = id;
    }

    @Override
    protected void updateMessageID() throws MessagingException {
      setHeader("Message-ID", id);
    }
  }

  private void sent(Outgoing mail) {
    jdbc.sql(
            "update platform.mail set state = 'sent', sent_at = ?, problem = null where id = ? and"
                + " state = 'sending'")
        .params(OffsetDateTime.now(clock), mail.id())
        .update();
  }

  private void failed(Outgoing mail, MessagingException problem) {
    boolean dead = isFinal(problem) || mail.attempts() >= MOST_ATTEMPTS;
    Duration wait =
        FIRST_RETRY.multipliedBy(1L << Math.min(mail.attempts() - 1, 20)).compareTo(LAST_RETRY) > 0
            ? LAST_RETRY
            : FIRST_RETRY.multipliedBy(1L << Math.min(mail.attempts() - 1, 20));
    String said = String.valueOf(problem.getMessage()).strip();
    LOG.warn("Mail {} failed ({})", mail.id(), problem.getClass().getSimpleName());
    jdbc.sql(
            """
            update platform.mail set state = ?, next_at = ?, problem = ?
             where id = ? and state = 'sending'
            """)
        .params(
            dead ? "dead" : "waiting",
            OffsetDateTime.now(clock).plus(wait),
            said.substring(0, Math.min(LONGEST_PROBLEM, said.length())),
            mail.id())
        .update();
  }

  /** Whether trying again cannot help: no address, or the server refused it for good. */
  private static boolean isFinal(MessagingException problem) {
    for (Throwable cause = problem;
        cause != null;
        cause =
            cause instanceof MessagingException m && m.getNextException() != null
                ? m.getNextException()
                : null) {
      int code =
          switch (cause) {
            case SMTPAddressFailedException refused -> refused.getReturnCode();
            case SMTPSendFailedException refused -> refused.getReturnCode();
            default -> 0;
          };
      if (code >= 500 || cause instanceof AddressException) {
        return true;
      }
    }
    Address @Nullable [] invalid =
        problem instanceof SendFailedException failed ? failed.getInvalidAddresses() : null;
    return problem.getNextException() == null && invalid != null && invalid.length > 0;
  }
}
