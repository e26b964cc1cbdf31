package dev.loganalyze.crash;

/** Reads one line of a stack from left to right; each character is looked at once or twice. */
final class FrameScanner {
  private static final int MAX_NAME = 512;
  private static final int MAX_TAG = 8;

  private final String line;
  private int at;

  FrameScanner(String line) {
    this.line = line;
  }

  Frame frame() {
    skipTags();
    boolean addressed = skipAddresses();
    boolean reliable = !skip("? ") && !line.startsWith("(?) ", at);
    boolean bracketed = at < line.length() && line.charAt(at) == '(';
    if (bracketed) {
      at++;
    }
    int from = at;
    while (at < line.length() && at - from < MAX_NAME && isNamePart(line.charAt(at))) {
      at++;
    }
    String name = line.substring(from, at);
    if (name.isEmpty() || Character.isDigit(name.charAt(0))) {
      return null;
    }
    String function = Frame.plain(name);
    if (line.startsWith("+0x", at)) {
      long offset = offset();
      reliable &= line.indexOf("(unreliable)", at) < 0;
      return offset < 0
          ? null
          : new Frame(function, offset, module(), reliable, inlined(), source());
    }
    String module = bracketed ? module() : "";
    int told = at + (module.isEmpty() ? 0 : module.length() + 3) + (bracketed ? 1 : 0);
    if (line.startsWith(" from [<", told) || isCallerOf()) {
      return new Frame(function, -1, module, reliable, false, "");
    }
    String source = source();
    return !source.isEmpty() && (inlined() || addressed)
        ? new Frame(function, -1, "", reliable, inlined(), source)
        : null;
  }

  /** {@code <IRQ> }, {@code <EOI> }, {@code <#DF> }, {@code <<EOE>> <IRQ> } before the frame. */
  private void skipTags() {
    skipBlanks();
    while (line.startsWith("<", at)) {
      int close = line.indexOf("> ", at);
      if (close < 0 || close - at > MAX_TAG) {
        return;
      }
      at = close + 1;
      skipBlanks();
    }
  }

  private void skipBlanks() {
    while (at < line.length() && (line.charAt(at) == ' ' || line.charAt(at) == '\t')) {
      at++;
    }
  }

  /** {@code [<c0010203>] }, {@code [< inline >] }, {@code [c000000000123456] }. */
  private boolean skipAddresses() {
    boolean any = false;
    while (true) {
      skipBlanks();
      int open = at < line.length() && line.charAt(at) == '(' ? at + 1 : at;
      if (open >= line.length() || line.charAt(open) != '[') {
        return any;
      }
      int close = line.indexOf(']', open);
      if (close < 0 || close - open > 40 || !isAddress(open + 1, close)) {
        return any;
      }
      at = close + 1;
      any = true;
    }
  }

  private boolean isAddress(int from, int to) {
    boolean tagged = line.charAt(from) == '<';
    int start = tagged ? from + 1 : from;
    int end = tagged ? to - 1 : to;
    if (tagged && (end < start || line.charAt(end) != '>')) {
      return false;
    }
    String inner = line.substring(start, end).strip();
    if (inner.equals("inline")) {
      return true;
    }
    for (int i = inner.startsWith("0x") ? 2 : 0; i < inner.length(); i++) {
      if (Character.digit(inner.charAt(i), 16) < 0) {
        return false;
      }
    }
    return inner.length() >= (tagged ? 1 : 8);
  }

  private boolean skip(String text) {
    boolean there = line.startsWith(text, at);
    at += there ? text.length() : 0;
    return there;
  }

  /** arm since 5.16: {@code foo from bar+0x10/0x20}. */
  private boolean isCallerOf() {
    if (!line.startsWith(" from ", at)) {
      return false;
    }
    int plus = line.indexOf("+0x", at + 6);
    int blank = line.indexOf(' ', at + 6);
    return plus > 0 && (blank < 0 || plus < blank);
  }

  /** {@code +0x1f/0x280}; -1 when it is no such thing. */
  private long offset() {
    int from = at + 3;
    int i = from;
    long value = 0;
    while (i < line.length() && Character.digit(line.charAt(i), 16) >= 0 && i - from < 15) {
      value = 16 * value + Character.digit(line.charAt(i++), 16);
    }
    if (i == from || !line.startsWith("/0x", i)) {
      return -1;
    }
    at = i + 3;
    while (at < line.length() && Character.digit(line.charAt(at), 16) >= 0) {
      at++;
    }
    return value;
  }

  /** {@code [nf_tables]} after the frame; {@code [inline]} and build ids are no modules. */
  private String module() {
    int open = line.indexOf(" [", at);
    int close = open < 0 ? -1 : line.indexOf(']', open);
    if (close < 0) {
      return "";
    }
    for (int i = open + 2; i < close; i++) {
      char c = line.charAt(i);
      if (!Character.isLetterOrDigit(c) && c != '_' && c != '-') {
        return c == ' ' && i > open + 2 ? line.substring(open + 2, i) : "";
      }
    }
    String module = line.substring(open + 2, close);
    return module.equals("inline") || line.charAt(open + 2) == '<' ? "" : module;
  }

  private boolean inlined() {
    return line.indexOf("[inline]", at) > 0;
  }

  /** {@code net/core/dev.c:1234} after the frame: a path with a dot, a colon and a number. */
  private String source() {
    if (at >= line.length() || line.charAt(at) != ' ') {
      return "";
    }
    int end = line.indexOf(' ', at + 1);
    end = end < 0 ? line.length() : end;
    int colon = line.lastIndexOf(':', end - 1);
    int dot = line.indexOf('.', at);
    boolean path =
        dot > at + 1 && dot < colon && colon + 1 < end && Character.isDigit(line.charAt(colon + 1));
    return path ? line.substring(at + 1, end) : "";
  }

  private static boolean isNamePart(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || "_.$:<>".indexOf(c) >= 0;
  }
}
