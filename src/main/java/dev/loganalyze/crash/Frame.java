package dev.loganalyze.crash;

/**
 * One call of a kernel stack.
 *
 * @param function its name, without what compilers append ({@code .constprop.0}, {@code .cold})
 * @param offset from the start of the function, in bytes; -1 where none is printed
 * @param module the module it lies in, or empty for the kernel itself
 * @param reliable false where the unwinder printed {@code ?}: a left-over value, perhaps no call
 * @param inlined the compiler put it into its caller
 * @param source file and line, {@code net/core/dev.c:12}, where somebody put them in; or empty
 */
public record Frame(
    String function, long offset, String module, boolean reliable, boolean inlined, String source) {

  /**
   * The frame in a line of a stack, or null when the line holds none.
   *
   * <p>Takes what {@code show_trace_log_lvl()} and its kin print: {@code [<ffffffff810a376f>]
   * foo+0x1f/0x280 [mod]}, {@code ? foo+0x1f/0x280}, {@code (foo) from [<c0010>] (bar+0x1/0x2)} of
   * arm, {@code [c000] [c001] foo+0x1/0x2 (unreliable)} of powerpc, {@code ([<addr>] foo+0x1/0x2)}
   * of s390, and {@code foo net/core/dev.c:12 [inline]} of logs with source lines put in.
   */
  static Frame in(String line) {
    return new FrameScanner(line).frame();
  }

  /**
   * The caller in a line of an arm stack, or empty: {@code (foo) from [<c0010>] (bar+0x1/0x2)}.
   * Only the outermost one is in no other line.
   */
  static String callerIn(String line) {
    int from = line.indexOf(" from ");
    if (from < 0) {
      return "";
    }
    Frame caller = in(line.substring(from + 6));
    return caller == null ? "" : caller.function();
  }

  /**
   * {@code name} without the suffixes of GCC and LLVM, which come and go with the compiler; Rust's
   * read.
   */
  static String plain(String name) {
    int cut = suffix(name);
    return RustName.of(cut <= 0 ? name : name.substring(0, cut));
  }

  /** A symbol may begin with a dot (powerpc's entry points do); a suffix comes after a name. */
  private static int suffix(String name) {
    return name.indexOf('.', 1);
  }
}
