package dev.loganalyze.session;

import java.util.HashMap;
import java.util.Map;

/** A stack trace that a program prints, while its lines come. */
abstract class Trace {
  /** So many characters of a message are kept. */
  private static final int MAX_TEXT = 300;

  private final String language;

  /** What was thrown, and with which words. */
  String exception = "";

  String text = "";

  /** What was thrown first, where one exception led to another; or empty. */
  String cause = "";

  /** Where it was thrown, in the program's own code if a frame of it is there. */
  String frame = "";

  int frames;

  /** Whether the program, or its thread, ended of it. */
  boolean died;

  private boolean own;

  Trace(String language) {
    this.language = language;
  }

  /** Whether {@code line} belongs to it; if so, it is taken in. */
  abstract boolean take(String line);

  /** Whether its lines prove that it is one. */
  abstract boolean isProven();

  /**
   * Notes a frame.
   *
   * @param isOwn whether it is of the program itself, and not of its language's library
   * @param innermostFirst whether the frames before it are further in
   */
  void frame(String where, boolean isOwn, boolean innermostFirst) {
    boolean better = innermostFirst ? frames == 0 || (isOwn && !own) : isOwn || !own;
    frame = better ? where : frame;
    own |= isOwn;
    frames++;
  }

  /** What happened, in one line. */
  String what() {
    return text.isEmpty() ? exception : cut(exception + ": " + text);
  }

  static String cut(String text) {
    return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT);
  }

  /** The fields of the fact. */
  Map<String, String> fields(String program) {
    Map<String, String> fields = new HashMap<>();
    fields.put("language", language);
    fields.put("exception", exception);
    fields.put("text", cut(text));
    fields.put("what", what());
    fields.put("cause", cause);
    fields.put("function", frame);
    fields.put("frames", Integer.toString(frames));
    fields.put("died", died ? "yes" : "no");
    fields.put("program", program);
    return Map.copyOf(fields);
  }
}
