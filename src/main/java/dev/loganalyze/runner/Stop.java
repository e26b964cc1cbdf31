package dev.loganalyze.runner;

/**
 * Why a run stopped.
 *
 * @param why the reason
 * @param detail what shows it: a line of the console, what QEMU said; may be empty
 */
public record Stop(Why why, String detail) {

  /** The reasons. */
  public enum Why {
    LOGIN("a login prompt came", true),
    SHELL("a shell waits", true),
    GOAL("the goal was reached", true),
    OFF("the machine switched itself off", true),
    WENT_OFF("the machine went off before it was where it should be", false),
    PANIC("the kernel panicked", false),
    REPAIR("the boot ended in a shell for repairs", false),
    STALL("the console went silent", false),
    DEADLINE("the time was up", false),
    QEMU("QEMU ended", false),
    INTERRUPTED("it was interrupted", false);

    final String words;

    /** Whether the machine came to where it was to come. */
    final boolean wanted;

    Why(String words, boolean wanted) {
      this.words = words;
      this.wanted = wanted;
    }

    /** The word in metadata: the name in lower case. */
    public String word() {
      return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
  }

  /** Whether the machine came to where it was to come. */
  public boolean isWanted() {
    return why.wanted;
  }

  /** For a person: the reason, and what shows it. */
  public String sentence() {
    return detail.isEmpty() ? why.words : why.words + ": " + detail;
  }
}
