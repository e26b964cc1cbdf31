package dev.loganalyze.parse;

/**
 * The monotonic trap: since systemd 256 {@code journalctl -o short-monotonic} and {@code -o
 * short-delta} print for a line of the kernel when journald took it in, not when the kernel said
 * it. All that was said before journald started then seems to happen within a moment.
 */
final class ReceiveTimes {
  /** The kernel's first words come at zero; what says them later was received then. */
  private static final long LATE = 500_000;

  private ReceiveTimes() {}

  /** Takes the times of kernel lines away where a journal's text shows that they are not theirs. */
  static void dropped(Entries entries) {
    if (!entries.isJournal() || entries.transcript.isJournal()) {
      return;
    }
    boolean trapped = false;
    for (int i = 0; i < entries.size(); i++) {
      if (entries.shape(i) == Shape.KERNEL_BANNER && entries.micros(i) != Entry.NO_TIME) {
        trapped = entries.micros(i) > LATE;
        entries.receiveTimes |= trapped;
      }
      if (trapped && entries.origin(i) == Origin.KERNEL) {
        entries.micros[i] = Entry.NO_TIME;
      }
    }
  }
}
