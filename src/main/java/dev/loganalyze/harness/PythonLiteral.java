package dev.loganalyze.harness;

/** A string as {@code repr()} of Python writes it; Objects/unicodeobject.c, unicode_repr. */
final class PythonLiteral {
  private PythonLiteral() {}

  /** The text that {@code literal}, with its quotes, stands for; what is malformed stays. */
  static String of(String literal) {
    StringBuilder text = new StringBuilder();
    String body = literal.length() < 2 ? literal : literal.substring(1, literal.length() - 1);
    for (int i = 0; i < body.length(); i++) {
      char c = body.charAt(i);
      if (c != '\\' || i + 1 == body.length()) {
        text.append(c);
        continue;
      }
      char what = body.charAt(++i);
      int digits = what == 'x' ? 2 : what == 'u' ? 4 : what == 'U' ? 8 : 0;
      int code = digits == 0 ? -1 : hex(body, i + 1, digits);
      if (code >= 0) {
        text.appendCodePoint(code);
        i += digits;
      } else {
        text.append(
            switch (what) {
              case 'n' -> "\n";
              case 'r' -> "\r";
              case 't' -> "\t";
              case '\\', '\'', '"' -> String.valueOf(what);
              default -> "\\" + what;
            });
      }
    }
    return text.toString();
  }

  private static int hex(String text, int from, int digits) {
    if (from + digits > text.length()) {
      return -1;
    }
    try {
      int code = Integer.parseUnsignedInt(text, from, from + digits, 16);
      return Character.isValidCodePoint(code) ? code : -1;
    } catch (NumberFormatException e) {
      return -1;
    }
  }
}
