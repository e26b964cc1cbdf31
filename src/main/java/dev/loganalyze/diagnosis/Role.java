package dev.loganalyze.diagnosis;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** What a file of a run folder is, told by its first bytes. */
public enum Role {
  /** What the machine printed. */
  CONSOLE,
  /** A systemd journal in any form. */
  JOURNAL,
  /** When the console's bytes arrived. */
  CHUNKS,
  /** What the program did that drove the machine. */
  HARNESS,
  /** What was run, in JSON. */
  METADATA,
  /** What was run and how it went, a JSON object for each of many runs. */
  LEDGER,
  /** What a command printed, a transcript, an excerpt. */
  OUTPUT;

  /** The word in JSON: the name in lower case. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** So many bytes tell the role. */
  static final int HEAD = 1 << 16;

  /**
   * The role of a file that begins with {@code head}.
   *
   * @param journal whether its lines are those of a journal
   * @param boot whether its lines tell of a boot
   */
  static Role of(byte[] head, boolean journal, boolean boot) {
    String text = new String(head, StandardCharsets.ISO_8859_1).stripLeading();
    if (text.startsWith("# host_start_utc") || text.startsWith("{\"start_epoch\"")) {
      return CHUNKS;
    }
    if (journal) {
      return JOURNAL;
    }
    if (text.startsWith("{")) {
      return OUTPUT;
    }
    return boot || text.startsWith("qemu-system-") ? CONSOLE : OUTPUT;
  }
}
