package dev.loganalyze;

import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.loganalyze.input.Inputs;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/** Bytes that no machine would print, and bytes that one did, damaged. Always the same ones. */
public final class Noise {
  private static final String[] PIECES = {
    "\u001b",
    "\u001b[",
    "\u001b]0;",
    "\u001b\\",
    "\u0007",
    "\u001b[2J",
    "\u001b[9;9H",
    "\u001bM\r",
    "\u001b[K",
    "\u001b[0;1;38:5:185m",
    "\r",
    "\r\r\n",
    "\n",
    "\b",
    "\0",
    "\t",
    "\u2026",
    "[0m - ",
    "[    1.234567] ",
    "[   12.000001][   C3] ",
    "<5>",
    "Oct 08 06:07:35 nixos ",
    "systemd[1]: ",
    "kernel: ",
    "[  OK  ] ",
    "[FAILED] ",
    "[ TIME ] ",
    "[DEPEND] ",
    "[ ***  ] ",
    "(1 of 2) ",
    "         ",
    "Started ",
    "Starting ",
    "Failed to start ",
    "Reached target ",
    "Job ",
    "a.service",
    " - ",
    "Network",
    "/start running",
    " (5s / 1min 30s)",
    " (5s / no limit)",
    " was skipped because ",
    "Linux version 6.1",
    "Kernel panic - not syncing: ",
    "SeaBIOS (version ",
    "Welcome to GRUB!",
    "GRUB loading",
    "grub> ",
    "Begin: ",
    "(initramfs) ",
    "Welcome to Debian!",
    "host login: ",
    "Password: ",
    "root@host:~# ",
    "[nixos@nixos:~]$ ",
    "ls -l",
    "reboot: Power down",
    "** 3 printk messages dropped **",
    "See 'systemctl status x.service' for details.",
    "x",
    " ",
    ".",
    ":",
    "[",
    "]",
    "(",
    ")",
    "'",
    "\u00e9",
    "\ud83d\ude00"
  };

  private Noise() {}

  /** Feeds {@code check} some hundreds of inputs of up to a few kilobytes. */
  public static void forEach(Consumer<byte[]> check) {
    Random random = new Random(42);
    for (int n = 0; n < 200; n++) {
      byte[] bytes = new byte[random.nextInt(600)];
      random.nextBytes(bytes);
      check.accept(bytes);
      check.accept(pieces(random, random.nextInt(200)));
    }
    for (byte[] log : realLogs()) {
      for (int n = 0; n < 3; n++) {
        check.accept(damaged(random, log));
      }
    }
  }

  /** The pieces, and the lines of real logs. */
  public static byte[][] lines() {
    List<byte[]> lines = new ArrayList<>();
    for (String piece : PIECES) {
      lines.add(piece.getBytes(StandardCharsets.UTF_8));
    }
    for (byte[] log : realLogs()) {
      int from = 0;
      for (int at = 0; at < log.length; at++) {
        if (log[at] == '\n') {
          lines.add(java.util.Arrays.copyOfRange(log, from, at));
          from = at + 1;
        }
      }
    }
    return lines.toArray(byte[][]::new);
  }

  private static byte[] pieces(Random random, int count) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append(PIECES[random.nextInt(PIECES.length)]);
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** A stretch of a real log with bytes changed, dropped and doubled. */
  private static byte[] damaged(Random random, byte[] log) {
    int from = random.nextInt(Math.max(1, log.length - 4000));
    int to = Math.min(log.length, from + 4000);
    byte[] out = new byte[2 * (to - from)];
    int size = 0;
    for (int i = from; i < to; i++) {
      int dice = random.nextInt(100);
      if (dice == 0) {
        out[size++] = (byte) random.nextInt(256);
      } else if (dice != 1) {
        out[size++] = log[i];
        if (dice == 2) {
          out[size++] = log[i];
        }
      }
    }
    return java.util.Arrays.copyOf(out, size);
  }

  private static List<byte[]> realLogs() {
    List<byte[]> logs = new ArrayList<>();
    for (Inputs.Located log : Inputs.list(List.of("sample-logs")).inputs()) {
      Inputs.open(log).logs().forEach(source -> logs.add(source.content()));
    }
    assertFalse(logs.isEmpty());
    return logs;
  }
}
