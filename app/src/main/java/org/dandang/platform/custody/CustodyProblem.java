package org.dandang.platform.custody;

import java.util.Locale;
import org.springframework.context.MessageSource;

/** Why something about sealed records was not done. Nothing was changed. */
public final class CustodyProblem extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What stood in the way; the words are under {@code custody.problem.<word>}. */
  public enum Reason {
    /** Fewer custodians than it takes to open what is sealed. */
    TOO_FEW_CUSTODIANS,
    /** The account is not named as custodian by the security administrator, or not any more. */
    NOT_NAMED,
    /** The passphrase is shorter than it has to be. */
    SHORT_PASSPHRASE,
    /** Not the passphrase of this custodian's key. */
    WRONG_PASSPHRASE,
    /** Not the code of this request. */
    WRONG_CODE,
    /** The account has no key, or has one already. */
    NO_KEY,
    HAS_KEY,
    /** Who asks does not consent. */
    OWN_REQUEST,
    /** The custodian consented already. */
    CONSENTED_ALREADY,
    /** The request was refused, is over, or is of another state than is needed. */
    REFUSED,
    EXPIRED,
    NOT_CONSENTED,
    /** The motive or reason says too little. */
    SAY_WHY,
    /** Longer than allowed here. */
    TOO_LONG,
    /** The custodian holds no share of this record: it was sealed before. */
    NO_SHARE,
    /** The sealed bytes are not those that were sealed: the database was changed by other means. */
    CHANGED,
    /** No such record. */
    UNKNOWN_RECORD;

    String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  private final Reason reason;

  CustodyProblem(Reason reason) {
    super(reason.word(), null, false, false);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }

  /** In the reader's words. */
  public String text(MessageSource messages, Locale language) {
    return messages.getMessage("custody.problem." + reason.word(), null, language);
  }
}
