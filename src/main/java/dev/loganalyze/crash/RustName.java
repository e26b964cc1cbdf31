package dev.loganalyze.crash;

import java.util.Map;

/**
 * Reads the symbols of Rust code: {@code _RNvCs1234_4core3fmt} is {@code core::fmt}.
 *
 * <p>The format is RFC 2603, "Rust symbol name mangling v0". Depth and length are bounded, since
 * back references could make a short symbol long.
 */
final class RustName {
  private static final int MAX_DEPTH = 32;
  private static final int MAX_LENGTH = 300;

  private static final Map<Character, String> BASIC =
      Map.ofEntries(
          Map.entry('a', "i8"),
          Map.entry('b', "bool"),
          Map.entry('c', "char"),
          Map.entry('d', "f64"),
          Map.entry('e', "str"),
          Map.entry('f', "f32"),
          Map.entry('h', "u8"),
          Map.entry('i', "isize"),
          Map.entry('j', "usize"),
          Map.entry('l', "i32"),
          Map.entry('m', "u32"),
          Map.entry('n', "i128"),
          Map.entry('o', "u128"),
          Map.entry('p', "_"),
          Map.entry('s', "i16"),
          Map.entry('t', "u16"),
          Map.entry('u', "()"),
          Map.entry('v', "..."),
          Map.entry('x', "i64"),
          Map.entry('y', "u64"),
          Map.entry('z', "!"));

  private final String symbol;
  private int at;
  private int depth;
  private int written;
  private boolean faulty;

  private RustName(String symbol) {
    this.symbol = symbol;
  }

  /** The path that {@code symbol} stands for; {@code symbol} itself when it is of no such kind. */
  static String of(String symbol) {
    if (!symbol.startsWith("_R") || symbol.length() < 4) {
      return symbol;
    }
    RustName name = new RustName(symbol.substring(2));
    String path = name.path();
    return name.faulty || path.isEmpty() ? symbol : path;
  }

  private char next() {
    if (at >= symbol.length()) {
      faulty = true;
      return 0;
    }
    return symbol.charAt(at++);
  }

  private boolean eat(char c) {
    boolean there = at < symbol.length() && symbol.charAt(at) == c;
    at += there ? 1 : 0;
    return there;
  }

  private String path() {
    if (!enter()) {
      return "";
    }
    String path =
        switch (next()) {
          case 'C' -> identifier();
          case 'M' -> {
            implPath();
            yield "<" + type() + ">";
          }
          case 'X' -> {
            implPath();
            yield "<" + type() + " as " + path() + ">";
          }
          case 'Y' -> "<" + type() + " as " + path() + ">";
          case 'N' -> nested();
          case 'I' -> generic();
          case 'B' -> back(true);
          default -> fault();
        };
    return leave(path);
  }

  private boolean enter() {
    faulty |= ++depth > MAX_DEPTH || written > MAX_LENGTH;
    return !faulty;
  }

  private String leave(String text) {
    depth--;
    written += text.length();
    return text;
  }

  private String fault() {
    faulty = true;
    return "";
  }

  private void implPath() {
    disambiguator();
    path();
  }

  private String nested() {
    char space = next();
    String path = path();
    String name = identifier();
    if (space == 'C') {
      return path + "::{closure}";
    }
    return name.isEmpty() ? path : path + "::" + name;
  }

  private String generic() {
    StringBuilder generic = new StringBuilder(path()).append("::<");
    for (int n = 0; !faulty && !eat('E'); n++) {
      generic.append(n == 0 ? "" : ", ").append(argument());
    }
    return generic.append('>').toString();
  }

  private String argument() {
    if (eat('L')) {
      number62();
      return "'_";
    }
    if (eat('K')) {
      return constant();
    }
    return type();
  }

  private String constant() {
    if (eat('B')) {
      return back(false);
    }
    type();
    int from = at;
    while (!faulty && next() != '_') {
      // Hexadecimal digits, up to the underscore.
    }
    return faulty ? "" : "0x" + symbol.substring(from, at - 1);
  }

  private String type() {
    if (!enter()) {
      return "";
    }
    char c = next();
    String basic = BASIC.get(c);
    if (basic != null) {
      return leave(basic);
    }
    String type =
        switch (c) {
          case 'A' -> "[" + type() + "; " + constant() + "]";
          case 'S' -> "[" + type() + "]";
          case 'T' -> tuple();
          case 'R' -> "&" + referent();
          case 'Q' -> "&mut " + referent();
          case 'P' -> "*const " + type();
          case 'O' -> "*mut " + type();
          case 'B' -> back(false);
          case 'F', 'D' -> fault();
          default -> {
            at--;
            yield path();
          }
        };
    return leave(type);
  }

  private String referent() {
    if (eat('L')) {
      number62();
    }
    return type();
  }

  private String tuple() {
    StringBuilder tuple = new StringBuilder("(");
    for (int n = 0; !faulty && !eat('E'); n++) {
      tuple.append(n == 0 ? "" : ", ").append(type());
    }
    return tuple.append(')').toString();
  }

  /** What was read at an earlier place, read again. */
  private String back(boolean isPath) {
    long to = number62();
    int here = at;
    if (faulty || to >= here) {
      return fault();
    }
    at = (int) to;
    String again = isPath ? path() : type();
    at = here;
    return again;
  }

  private void disambiguator() {
    if (eat('s')) {
      number62();
    }
  }

  private String identifier() {
    disambiguator();
    boolean punycode = eat('u');
    int length = 0;
    int from = at;
    while (at < symbol.length() && Character.isDigit(symbol.charAt(at)) && at - from < 4) {
      length = 10 * length + next() - '0';
    }
    eat('_');
    if (punycode || at == from || at + length > symbol.length()) {
      return fault();
    }
    at += length;
    return symbol.substring(at - length, at);
  }

  /** {@code _} is 0, {@code 0_} is 1, {@code Z_} is 62. */
  private long number62() {
    long value = 0;
    if (eat('_')) {
      return 0;
    }
    for (char c = next(); !faulty && c != '_'; c = next()) {
      int digit =
          c >= '0' && c <= '9'
              ? c - '0'
              : c >= 'a' && c <= 'z' ? c - 'a' + 10 : c >= 'A' && c <= 'Z' ? c - 'A' + 36 : -1;
      faulty |= digit < 0;
      value = Math.min(Integer.MAX_VALUE, 62 * value + digit);
    }
    return Math.min(Integer.MAX_VALUE, value + 1);
  }
}
