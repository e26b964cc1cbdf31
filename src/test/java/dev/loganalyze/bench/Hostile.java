package dev.loganalyze.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Logs that are nothing but one thing, over and over: what such a program is slow at. */
enum Hostile {
  /** Reports of the kernel, each whole, each some milliseconds after the one before. */
  CUT_HERE {
    @Override
    String piece(int n) throws IOException {
      String log = Files.readString(Path.of("sample-logs/m28-kernel-warning.log"), UTF_8);
      int from = log.lastIndexOf('\n', log.indexOf("[ cut here ]")) + 1;
      int to = log.indexOf('\n', log.indexOf("---[ end trace")) + 1;
      return Form.later(log.substring(from, to), 60_000L * n);
    }
  },

  /** Words without a line's end. */
  LINE {
    @Override
    String piece(int n) {
      return "checkout: order " + n + " of account " + n % 977 + " was paid, [" + n + "] ";
    }
  },

  /** Colours, cursor addresses, erasing, titles. */
  ESCAPES {
    @Override
    String piece(int n) {
      return "\u001b[0;1;38:5:185m\u001b[K\u001b["
          + n % 50
          + ";"
          + n % 80
          + "H\u001b]0;title\u0007\u001bM\u001b[2J";
    }
  },

  /** The spinner of systemd, as it was seen. */
  SPINNER {
    @Override
    String piece(int n) {
      return "\u001bM\r\u001b[K[ \u001b[0;31m*\u001b[0;1;31m*\u001b[0m\u001b[0;31m*  \u001b[0m] Job"
          + " dev-disk-by\\x2duuid-deadbeef\\x2\u2026ice/start running ("
          + (n / 2 / 60 + "min " + n / 2 % 60)
          + "s / no limit)\r\r\n";
    }
  },

  /** Nothing at all, line by line. */
  NEWLINES {
    @Override
    String piece(int n) {
      return "\n";
    }
  };

  /** The kind that is called {@code name}, such as {@code cut-here}. */
  static Hostile of(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  abstract String piece(int n) throws IOException;

  void write(long bytes, OutputStream out) throws IOException {
    long written = 0;
    for (int n = 0; written < bytes; n++) {
      byte[] piece = piece(n).getBytes(UTF_8);
      out.write(piece);
      written += piece.length;
    }
  }
}
