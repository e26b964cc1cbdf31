package dev.loganalyze.bench;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** How an entry is written down. */
enum Form {
  /**
   * As a serial console shows it, with journald's ForwardToConsole=yes: systemd's own lines in
   * colours, an application that holds the console without a stamp.
   */
  SERIAL {
    @Override
    void write(StringBuilder out, Message m, String boot) {
      if (m.ident().equals("checkout")) {
        out.append(m.text()).append("\r\n");
        return;
      }
      String verb = m.text().substring(0, Math.max(0, m.text().indexOf(' ')));
      boolean done = verb.equals("Started") || verb.equals("Finished");
      if (m.pid() == 1 && (done || verb.equals("Starting"))) {
        int unit = verb.length() + 1;
        int end = m.text().indexOf(' ', unit);
        out.append(done ? "[\u001b[0;32m  OK  \u001b[0m] " : "         ").append(verb);
        out.append(" \u001b[0;1;39m").append(m.text(), unit, end).append("\u001b[0m");
        out.append(m.text(), end, m.text().length()).append("\r\r\n");
        return;
      }
      clock(out, m.monotonic()).append(' ');
      if (!m.ident().equals("kernel")) {
        speaker(out, m);
      }
      out.append(m.text()).append("\r\n");
    }
  },

  /** As {@code journalctl -o short} prints it, in UTC. */
  JOURNAL {
    @Override
    void write(StringBuilder out, Message m, String boot) {
      int from = out.length();
      stamp(out, LocalDateTime.ofEpochSecond(m.realtime() / 1_000_000, 0, ZoneOffset.UTC));
      out.append(" debvm ");
      speaker(out, m);
      String further = "\n" + " ".repeat(out.length() - from);
      out.append(m.text().replace("\t", " ".repeat(8)).replace("\n", further)).append('\n');
    }

    @Override
    void boot(StringBuilder out, String boot) {
      out.append("-- Boot ").append(boot).append(" --\n");
    }
  },

  /** As {@code journalctl -o json} prints it. */
  JSON {
    @Override
    void write(StringBuilder out, Message m, String boot) {
      out.append("{\"__CURSOR\":\"").append(cursor(m, boot));
      out.append("\",\"__REALTIME_TIMESTAMP\":\"").append(m.realtime());
      out.append("\",\"__MONOTONIC_TIMESTAMP\":\"").append(m.monotonic());
      out.append("\",\"_BOOT_ID\":\"").append(boot).append("\",\"MESSAGE\":\"");
      escaped(out, m.text(), 0);
      for (String field : m.fields()) {
        int value = field.indexOf('=');
        out.append("\",\"").append(field, 0, value).append("\":\"");
        escaped(out, field, value + 1);
      }
      out.append("\"}\n");
    }
  },

  /** The journal export format, which systemd-journal-remote makes binary journals of. */
  EXPORT {
    @Override
    void write(StringBuilder out, Message m, String boot) {
      out.append("__CURSOR=").append(cursor(m, boot));
      out.append("\n__REALTIME_TIMESTAMP=").append(m.realtime());
      out.append("\n__MONOTONIC_TIMESTAMP=").append(m.monotonic());
      out.append("\n_BOOT_ID=").append(boot).append('\n');
      // A value of several lines would be written with its length; none is needed here.
      out.append("MESSAGE=").append(m.text().replace('\n', ' ')).append('\n');
      for (String field : m.fields()) {
        out.append(field.replace('\n', ' ')).append('\n');
      }
      out.append('\n');
    }
  };

  /** As printk writes a time. */
  static final Pattern CLOCK = Pattern.compile("\\[ *(\\d+)\\.(\\d{6})\\]");

  private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";

  /** Appends {@code message}, its last line ended. */
  abstract void write(StringBuilder out, Message message, String boot);

  /** Appends what stands before the first entry of a boot. */
  void boot(StringBuilder out, String boot) {}

  /** {@code [ 12.345678]}, as printk writes it. */
  static StringBuilder clock(StringBuilder out, long micros) {
    String seconds = Long.toString(micros / 1_000_000);
    String rest = Long.toString(micros % 1_000_000);
    out.append('[').append(" ".repeat(Math.max(0, 5 - seconds.length()))).append(seconds);
    return out.append('.').append("000000", 0, 6 - rest.length()).append(rest).append(']');
  }

  /** The microseconds of a {@link #CLOCK}. */
  static long micros(MatchResult clock) {
    return Long.parseLong(clock.group(1)) * 1_000_000 + Long.parseLong(clock.group(2));
  }

  /** The same lines of a console, {@code micros} microseconds later. */
  static String later(String log, long micros) {
    return CLOCK
        .matcher(log)
        .replaceAll(clock -> clock(new StringBuilder(), micros(clock) + micros).toString());
  }

  private static void speaker(StringBuilder out, Message m) {
    out.append(m.ident());
    if (m.pid() > 0) {
      out.append('[').append(m.pid()).append(']');
    }
    out.append(": ");
  }

  /** {@code Nov 27 23:31:00}. */
  private static void stamp(StringBuilder out, LocalDateTime time) {
    int month = 3 * (time.getMonthValue() - 1);
    out.append(MONTHS, month, month + 3);
    two(out, ' ', time.getDayOfMonth());
    two(out, ' ', time.getHour());
    two(out, ':', time.getMinute());
    two(out, ':', time.getSecond());
  }

  private static void two(StringBuilder out, char before, int number) {
    out.append(before).append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
  }

  private static String cursor(Message m, String boot) {
    return "s=a9c8f483dd554d5182400b4f375c5a54;i=1;b="
        + boot
        + ";m="
        + Long.toHexString(m.monotonic())
        + ";t="
        + Long.toHexString(m.realtime())
        + ";x=4dfacfbea54679c4";
  }

  private static void escaped(StringBuilder out, String text, int from) {
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c == '\n') {
        out.append("\\n");
      } else if (c < ' ') {
        out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
  }
}
