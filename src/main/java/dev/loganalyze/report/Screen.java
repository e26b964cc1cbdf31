package dev.loganalyze.report;

/**
 * What text is laid out for.
 *
 * @param width columns that no line exceeds; less than 40 is taken as 40
 * @param colour whether lines may carry ECMA-48 SGR sequences
 * @param ascii whether nothing but ASCII can be shown; what is not ASCII is then written out
 * @param links how lines of logs are linked
 */
public record Screen(int width, boolean colour, boolean ascii, Hyperlinks links) {
  private static final int NARROWEST = 40;

  /** 80 columns of a file or a pipe. */
  public static final Screen PLAIN = new Screen(80, false, false, Hyperlinks.NONE);

  /** Checks the width. */
  public Screen {
    width = Math.max(width, NARROWEST);
  }

  /** Text of a log or of ours, so that this screen can show it and is not steered by it. */
  String shown(String text) {
    String printable = Printable.text(text);
    return ascii ? Printable.ascii(printable) : printable;
  }
}
