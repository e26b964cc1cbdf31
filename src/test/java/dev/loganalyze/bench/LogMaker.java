package dev.loganalyze.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.regex.Matcher;

/**
 * Writes a log of a given size: real boots, healthy and failed ones, and after each that came up
 * what a machine says while it runs ({@link Chatter}), for a day; or one of the {@link Hostile}
 * kinds. The same arguments give the same bytes.
 *
 * <p>{@code LogMaker KIND MEGABYTES FILE}, from the checkout's root. KIND is {@code serial}, {@code
 * journal}, {@code json}, {@code export}, or a hostile one.
 */
public final class LogMaker {
  /** How much a machine says before it boots again, bytes. */
  private static final long UP = 40_000_000;

  /** Between two boots of a machine, microseconds. */
  private static final long OFF = 20_000_000;

  private static final List<String> CONSOLES =
      List.of(
          "07-debian-ok-initrd",
          "02-panic-wrong-root",
          "10-unit-exit-1",
          "14-fstab-missing-uuid-emergency",
          "m35-healthy-but-shouting",
          "m28-kernel-warning",
          "m47-dhcp-no-lease",
          "04-panic-init-exits");

  private static final String PROMPT = " login: ";

  private static final Path GUESTS = Path.of("../shared/logs");
  private static final List<String> JOURNALS =
      List.of(
          "07-debian-ok-initrd.guest",
          "12-unit-start-timeout.guest",
          "boots/deb12/guest",
          "14-fstab-missing-uuid-emergency.guest");

  private final OutputStream out;
  private final Form form;
  private final Charset charset;
  private final long bytes;
  private final Random random = new Random(1);
  private final Chatter chatter = new Chatter(random);
  private final StringBuilder text = new StringBuilder();
  private long written;

  /** The time of what was written last: microseconds since 1970, and since its boot. */
  private long realtime = 1_795_437_684_000_000L;

  private long monotonic;
  private String boot = "";

  private LogMaker(Form form, long bytes, OutputStream out) throws IOException {
    this.form = form;
    this.bytes = bytes;
    this.out = out;
    // A console's bytes are kept as they are.
    charset = form == Form.SERIAL ? ISO_8859_1 : UTF_8;
  }

  public static void main(String[] args) throws IOException {
    if (args.length != 3) {
      throw new IllegalArgumentException("usage: LogMaker KIND MEGABYTES FILE");
    }
    long bytes = Math.round(1e6 * Double.parseDouble(args[1]));
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(Path.of(args[2])))) {
      write(args[0], bytes, out);
    }
  }

  /** Writes a log of {@code kind} that has {@code bytes} bytes, or up to a boot more. */
  public static void write(String kind, long bytes, OutputStream out) throws IOException {
    switch (kind) {
      case "serial" -> new LogMaker(Form.SERIAL, bytes, out).consoles();
      case "journal", "json", "export" ->
          new LogMaker(Form.valueOf(kind.toUpperCase(Locale.ROOT)), bytes, out).journals();
      default -> Hostile.of(kind).write(bytes, out);
    }
  }

  private void consoles() throws IOException {
    for (int i = 0; written < bytes; i++) {
      Path file = Path.of("sample-logs", CONSOLES.get(i % CONSOLES.size()) + ".log");
      String log = new String(Files.readAllBytes(file), ISO_8859_1);
      int prompt = log.indexOf(PROMPT);
      // The prompt stands there until somebody logs in, and others print behind it.
      int up = prompt < 0 ? log.length() : prompt + PROMPT.length();
      text.append(log, 0, up);
      if (prompt >= 0) {
        monotonic = lastClock(log.substring(0, up));
        long began = monotonic;
        chat();
        if (written < bytes) {
          int line = log.lastIndexOf('\n', prompt) + 1;
          text.append(Form.later(log.substring(line), monotonic - began));
        }
      }
      text.append(log.endsWith("\n") ? "" : "\r\n");
      flush();
    }
  }

  private static long lastClock(String log) {
    Matcher clock = Form.CLOCK.matcher(log);
    long last = 0;
    while (clock.find()) {
      last = Form.micros(clock.toMatchResult());
    }
    return last;
  }

  private void journals() throws IOException {
    for (int i = 0; written < bytes; i++) {
      String guest = JOURNALS.get(i % JOURNALS.size());
      boot = String.format(Locale.ROOT, "%016x%016x", random.nextLong(), random.nextLong());
      form.boot(text, boot);
      List<Message> journal = Guest.journal(GUESTS.resolve(guest));
      long later = realtime + OFF - journal.get(0).realtime();
      long chatted = 0;
      for (Message m : journal) {
        realtime = m.realtime() + later + chatted;
        monotonic = m.monotonic() + chatted;
        form.write(text, m.at(realtime, monotonic), boot);
        if (m.text().startsWith("Startup finished in") && !guest.contains("emergency")) {
          long began = monotonic;
          chat();
          chatted = monotonic - began;
          if (written >= bytes) {
            return;
          }
        }
      }
      flush();
    }
  }

  /** What the machine says until it is switched off, or the log is full. */
  private void chat() throws IOException {
    long until = Math.min(bytes, written + UP);
    while (written < until) {
      Message said = chatter.next(realtime, monotonic);
      realtime = said.realtime();
      monotonic = said.monotonic();
      form.write(text, said, boot);
      if (text.length() > 1 << 16) {
        flush();
      }
    }
    flush();
  }

  private void flush() throws IOException {
    byte[] encoded = text.toString().getBytes(charset);
    out.write(encoded);
    written += encoded.length;
    text.setLength(0);
  }
}
