package dev.loganalyze.excerpt;

/**
 * What a line is to the excerpt, and so what of its kind and of what follows is kept. Of two, the
 * first weighs more.
 */
enum Telling {
  /** A firmware, a loader or a kernel names itself: a boot begins. */
  BOOTS(0, 0, 0),
  /** PID 1 names itself: a boot goes on, or begins where nothing before it wrote into the log. */
  GETS_UP(0, 0, 0),
  /** The boot goes on for so long; what follows is a machine that runs. */
  IS_UP(64, 64, 300),
  /** The machine goes down, or fell. */
  GOES_DOWN(64, 64, 1000),
  /** Somebody is asked for a command; its answer follows. */
  PROMPT(64, 64, 500),
  /** A crash report or a stack trace may begin. */
  REPORT(32, 4, 300),
  /** Some rule may ask for it. */
  ASKED(16, 2, 4),
  /** A sentence of a known shape. */
  SAID(3, 0, 0),
  /** It goes on with the line before. */
  GOES_ON(0, 0, 0);

  /** So many of a kind are kept in each boot. */
  final int kept;

  /** So many of them with what follows. */
  final int followed;

  /** So many lines that follow are kept; after a report of the kernel those that are its own. */
  final int following;

  Telling(int kept, int followed, int following) {
    this.kept = kept;
    this.followed = followed;
    this.following = following;
  }
}
