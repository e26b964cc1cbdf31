package dev.loganalyze.transcript;

import dev.loganalyze.bytes.Words;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Gives a console log its escape characters back. What prints or stores text often spells them
 * ({@code ^[} by cat -v, {@code #033} by rsyslog, {@code \x1b}, {@code \033}, {@code \e} and {@code
 * \}{@code u001b} by shells and JSON, U+241B and U+FFFD on web pages), or takes them out, so that
 * of a colour {@code [0;32m} is left.
 *
 * <p>Only where there is none in all of the log, for in another one these are text, and not in what
 * stands in quotes, as in the report of a test written in Python. Of what follows an escape,
 * control sequences of a terminal are known (ECMA-48, section 5.4).
 */
final class Escapes {
  private static final byte ESC = 0x1b;

  private static final String CARET = "^[";

  private static final byte[][] SPELT =
      bytes(
          CARET, "#033", "\\x1b", "\\x1B", "\\033", "\\e", "\\u001b", "\\u001B", "\u241b",
          "\ufffd");

  /** The longest sequence that a console prints has fewer parameter bytes. */
  private static final int PARAMETERS = 24;

  /** Colours end with 107 (xterm's ctlseqs, Character Attributes). */
  private static final int COLOURS = 107;

  private static final int PALETTE = 255;

  /** So far before it on its line a quote is looked for. */
  private static final int QUOTED = 1 << 12;

  private final byte[] log;

  /** Null as long as none is missed. */
  private ByteArrayOutputStream restored;

  private int copied;

  /** Whether a caret stood for an escape so far. */
  private boolean careted;

  private Escapes(byte[] log) {
    this.log = log;
  }

  private static byte[][] bytes(String... texts) {
    byte[][] bytes = new byte[texts.length][];
    for (int i = 0; i < texts.length; i++) {
      bytes[i] = texts[i].getBytes(StandardCharsets.UTF_8);
    }
    return bytes;
  }

  /** {@code log} with its escape characters; itself where it has some, or none are missed. */
  static byte[] restored(byte[] log) {
    if (Words.indexOf(ESC, log, 0, log.length) < log.length) {
      return log;
    }
    Escapes escapes = new Escapes(log);
    escapes.restore(escapes.areTaken());
    return escapes.restored == null ? log : escapes.all();
  }

  /** Whether something is left of sequences that switch colours off or wait for a command. */
  private boolean areTaken() {
    for (int at = bracket(0); at < log.length; at = bracket(at + 1)) {
      int end = end(at);
      boolean off = end > 0 && log[end - 1] == 'm' && log[at + 1] == '0';
      boolean left = off || (end > 0 && log[at + 1] == '?' && isLeft(at, end));
      if (left && speltBefore(at) == 0) {
        return true;
      }
    }
    return false;
  }

  private void restore(boolean taken) {
    for (int at = bracket(0); at < log.length; at = bracket(at + 1)) {
      int end = end(at);
      int spelt = end < 0 ? 0 : speltBefore(at);
      if (spelt > 0 || (taken && spelt == 0 && end > 0 && isLeft(at, end))) {
        if (restored == null) {
          restored = new ByteArrayOutputStream(log.length + log.length / 16);
        }
        write(at - spelt);
        restored.write(ESC);
        copied = at;
        careted |= spelt == CARET.length() && log[at - spelt] == '^';
      }
    }
  }

  private byte[] all() {
    write(log.length);
    return restored.toByteArray();
  }

  /** Copies up to {@code to}; of a log that was printed with carets, returns are spelt, too. */
  private void write(int to) {
    for (int at = copied; careted && at < to; at++) {
      if (log[at] == '^' && at + 2 < to && log[at + 1] == 'M' && log[at + 2] == '\n') {
        restored.write(log, copied, at - copied);
        restored.write('\r');
        copied = at + 2;
      }
    }
    restored.write(log, copied, to - copied);
    copied = to;
  }

  private int bracket(int from) {
    return Words.indexOf((byte) '[', log, from, log.length);
  }

  /** Where the control sequence ends whose bracket stands at {@code at}; -1 when it is none. */
  private int end(int at) {
    int end = at + 1;
    while (end < log.length && end - at < PARAMETERS && log[end] >= '0' && log[end] <= '?') {
      end++;
    }
    return end < log.length && "mKJHhlABCDGn".indexOf(log[end]) >= 0 ? end + 1 : -1;
  }

  /** How many bytes before {@code at} spell an escape character; -1 when they do in quotes. */
  private int speltBefore(int at) {
    for (byte[] spelt : SPELT) {
      int from = at - spelt.length;
      if (from >= copied && Arrays.equals(log, from, at, spelt, 0, spelt.length)) {
        return spelt[0] == '\\' && isQuoted(from) ? -1 : spelt.length;
      }
    }
    return 0;
  }

  /** Whether a quote stands before {@code at} on its line. */
  private boolean isQuoted(int at) {
    int from = at;
    while (from > Math.max(0, at - QUOTED) && log[from - 1] != '\n') {
      from--;
      if (log[from] == '\'' || log[from] == '"') {
        return true;
      }
    }
    return false;
  }

  /** Whether {@code [at, end)} is hardly anything but what is left of a control sequence. */
  private boolean isLeft(int at, int end) {
    String parameters = new String(log, at + 1, end - at - 2, StandardCharsets.ISO_8859_1);
    return switch (log[end - 1]) {
      case 'm' -> areColours(parameters);
      case 'h', 'l' -> parameters.length() > 1 && parameters.startsWith("?");
      case 'J' -> parameters.equals("2");
      case 'H' -> parameters.indexOf(';') > 0;
      case 'K' -> end == log.length || log[end] == '[' || log[end] < ' ';
      default -> false;
    };
  }

  private static boolean areColours(String parameters) {
    int number = -1;
    int most = COLOURS;
    for (int i = 0; i < parameters.length(); i++) {
      char c = parameters.charAt(i);
      if (c >= '0' && c <= '9') {
        number = 10 * Math.max(0, number) + c - '0';
      } else if (c == ';' && number >= 0) {
        // systemd prints a status in 38;5;185: a colour of 256 is told behind 38 and 48.
        most = number == 38 || number == 48 ? PALETTE : most;
        number = -1;
      } else {
        return false;
      }
      if (number > most) {
        return false;
      }
    }
    return number >= 0;
  }
}
