package dev.loganalyze.pattern;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Reads RE2's syntax by recursive descent and says exactly what it cannot take.
 *
 * <p>The syntax is that of RE2/J without {@code \C}; {@code (?<name>…)} names a group as well as
 * {@code (?P<name>…)}.
 */
final class RegexParser {
  /** RE2 takes no more repetitions than this, nested ones multiplied. */
  private static final int MAX_REPEAT = 1000;

  /** RE2 looks at a line in time proportional to this; no expression of a person's comes near. */
  private static final int MAX_SIZE = 5000;

  /** RE2/J folds each character of a range by itself. */
  private static final int MAX_FOLDED = 300_000;

  /** Groups within groups; more is no expression of a person's, and would exhaust the stack. */
  private static final int MAX_DEPTH = 200;

  /** What bytes that are no UTF-8 are read as; it stands for any of them. */
  private static final int REPLACEMENT = 0xfffd;

  private static final Regex BEYOND = new Regex.Repeat(new Regex.Bytes(ByteSet.BEYOND), 1, 4);
  private static final ByteSet ASCII = ByteSet.BEYOND.not();

  /** {@code .}: any character of a line. */
  static final Regex DOT = bytes(Chars.ascii(ASCII.and(ByteSet.of('\n').not())).or(Chars.BEYOND));

  private final String text;
  private final Set<String> names = new LinkedHashSet<>();
  private int at;
  private int depth;
  private int foldedCharacters;
  private boolean folding;
  private boolean dotTakesNewline;
  private boolean manyLines;
  private boolean exact = true;

  /** Behind the end of a text, the automaton takes any place for its start. */
  private boolean ended;

  RegexParser(String text) {
    this.text = text;
  }

  /**
   * A set of characters: which of ASCII, and whether any beyond.
   *
   * @param sure whether it is exactly those of ASCII
   */
  private record Chars(ByteSet ascii, boolean beyond, boolean sure) {
    static final Chars NONE = ascii(ByteSet.NONE);

    static final Chars BEYOND = new Chars(ByteSet.NONE, true, true);

    static Chars ascii(ByteSet set) {
      return new Chars(set, false, true);
    }

    Chars or(Chars other) {
      return new Chars(ascii.or(other.ascii), beyond || other.beyond, sure && other.sure);
    }

    /** What is not in it; of characters beyond ASCII, only some may be, so others remain. */
    Chars not() {
      return new Chars(sure ? ascii.not().and(ASCII) : ASCII, true, sure);
    }
  }

  /**
   * What the expression asks.
   *
   * @throws PatternException when it is none of RE2's
   */
  Regex parse() throws PatternException {
    Regex regex = choice();
    if (at < text.length()) {
      throw fault(at, 1, "')' has no '(' before it");
    }
    if (size(regex) > MAX_SIZE) {
      throw fault(
          0,
          text.length(),
          "is longer than " + MAX_SIZE + " characters with its repetitions written out; split it");
    }
    return regex;
  }

  /** How long {@code regex} is with its repetitions written out, as RE2 compiles it. */
  private static long size(Regex regex) {
    if (regex instanceof Regex.Repeat repeat) {
      return Math.max(1, Math.max(repeat.min(), repeat.max())) * size(repeat.of());
    }
    long size = 1;
    for (Regex part : parts(regex)) {
      size += size(part);
    }
    return size;
  }

  private static List<Regex> parts(Regex regex) {
    return regex instanceof Regex.Sequence sequence
        ? sequence.parts()
        : regex instanceof Regex.Choice choice ? choice.alternatives() : List.of();
  }

  /**
   * Whether the answer of {@link #parse} takes just what the expression does, of texts of ASCII
   * without LF.
   */
  boolean isExact() {
    return exact;
  }

  /** The names of its groups, in their order; after {@link #parse}. */
  Set<String> names() {
    return names;
  }

  private Regex choice() throws PatternException {
    List<Regex> alternatives = new ArrayList<>();
    alternatives.add(sequence());
    while (at < text.length() && text.charAt(at) == '|') {
      at++;
      alternatives.add(sequence());
    }
    return alternatives.size() == 1 ? alternatives.get(0) : new Regex.Choice(alternatives);
  }

  private Regex sequence() throws PatternException {
    List<Regex> parts = new ArrayList<>();
    while (at < text.length() && text.charAt(at) != '|' && text.charAt(at) != ')') {
      if (text.startsWith("\\Q", at)) {
        quoted(parts);
      } else {
        int first = at;
        Regex atom = atom();
        if (atom != null) {
          parts.add(repeated(atom, first));
        }
      }
    }
    return parts.size() == 1 ? parts.get(0) : new Regex.Sequence(List.copyOf(parts));
  }

  /** {@code \Q…\E}; a quantifier after it takes its last character. */
  private void quoted(List<Regex> parts) throws PatternException {
    int end = text.indexOf("\\E", at);
    int to = end < 0 ? text.length() : end;
    at += 2;
    while (at < to) {
      int first = at;
      int c = text.codePointAt(at);
      at += Character.charCount(c);
      foldable(c, c, first);
      Regex one = literal(c);
      if (at == to) {
        at = end < 0 ? to : to + 2;
        parts.add(repeated(one, first));
        return;
      }
      parts.add(one);
    }
    at = end < 0 ? to : to + 2;
  }

  // ---- repetition -------------------------------------------------------------------------------

  private Regex repeated(Regex atom, int first) throws PatternException {
    Regex regex = atom;
    int before = -1;
    while (at < text.length()) {
      int start = at;
      int[] times = quantifier();
      if (times == null) {
        return regex;
      }
      if (before >= 0) {
        throw fault(
            before, at - before, "two quantifiers in a row: '" + text.substring(before, at) + "'");
      }
      if (at < text.length() && text.charAt(at) == '?') {
        at++;
      }
      exact &= Math.max(times[0], times[1]) <= Regex.COUNTED && !(ended && times[1] != 1);
      regex = times[1] == 0 ? Regex.EMPTY : new Regex.Repeat(regex, times[0], times[1]);
      if (nested(regex) > MAX_REPEAT) {
        throw fault(
            first, at - first, "repeats more than " + MAX_REPEAT + " times; use * or + instead");
      }
      before = start;
    }
    return regex;
  }

  /** How often at most a part of {@code regex} is written out. */
  private static long nested(Regex regex) {
    if (regex instanceof Regex.Repeat repeat) {
      return Math.max(1, Math.max(repeat.min(), repeat.max())) * nested(repeat.of());
    }
    long most = 1;
    for (Regex part : parts(regex)) {
      most = Math.max(most, nested(part));
    }
    return most;
  }

  /** Least and most times, the latter -1 for any number; null where no quantifier stands. */
  private int[] quantifier() throws PatternException {
    int[] times =
        switch (text.charAt(at)) {
          case '*' -> new int[] {0, -1};
          case '+' -> new int[] {1, -1};
          case '?' -> new int[] {0, 1};
          default -> null;
        };
    if (times == null) {
      return text.charAt(at) == '{' ? counted() : null;
    }
    at++;
    return times;
  }

  /** {@code {n}}, {@code {n,}}, {@code {n,m}}; any other brace is a plain character. */
  private int[] counted() throws PatternException {
    int start = at;
    int i = digits(at + 1);
    if (i == at + 1) {
      return null;
    }
    String least = text.substring(at + 1, i);
    String most = least;
    if (i < text.length() && text.charAt(i) == ',') {
      int from = i + 1;
      i = digits(from);
      most = text.substring(from, i);
    }
    if (i >= text.length() || text.charAt(i) != '}') {
      return null;
    }
    at = i + 1;
    int min = number(least);
    int max = most.isEmpty() ? -1 : number(most);
    if (min > MAX_REPEAT || max > MAX_REPEAT) {
      throw fault(
          start, at - start, "repeats more than " + MAX_REPEAT + " times; use * or + instead");
    }
    if (max >= 0 && max < min) {
      throw fault(start, at - start, "the bounds " + min + " and " + max + " are swapped");
    }
    return new int[] {min, max};
  }

  private int digits(int from) {
    int i = from;
    while (i < text.length() && text.charAt(i) >= '0' && text.charAt(i) <= '9') {
      i++;
    }
    return i;
  }

  private static int number(String digits) {
    return digits.length() > 6 ? MAX_REPEAT + 1 : Integer.parseInt(digits);
  }

  // ---- atoms ------------------------------------------------------------------------------------

  /** One thing that can be repeated; null for flags, which are nothing. */
  private Regex atom() throws PatternException {
    char c = text.charAt(at);
    return switch (c) {
      case '(' -> group();
      case '[' -> regex(charClass());
      case '\\' -> escape();
      case '.' -> passing(1, dotTakesNewline ? regex(Chars.ascii(ASCII).or(Chars.BEYOND)) : DOT);
      case '^' -> passing(1, manyLines ? anywhere() : start());
      case '$' -> passing(1, manyLines ? anywhere() : end());
      case '*', '+', '?' ->
          throw fault(at, 1, "nothing stands before '" + c + "' that could repeat");
      case '{' -> brace();
      default -> plain();
    };
  }

  private Regex passing(int characters, Regex regex) {
    at += characters;
    return regex;
  }

  private Regex start() {
    exact &= !ended;
    return Regex.Place.START;
  }

  private Regex end() {
    ended = true;
    return Regex.Place.END;
  }

  /** What asks for a place that is not told from others. */
  private Regex anywhere() {
    exact = false;
    return Regex.EMPTY;
  }

  private Regex plain() throws PatternException {
    int start = at;
    int codePoint = text.codePointAt(at);
    at += Character.charCount(codePoint);
    foldable(codePoint, codePoint, start);
    return literal(codePoint);
  }

  /** A brace with nothing before it that could repeat: a plain one, or a fault. */
  private Regex brace() throws PatternException {
    int start = at;
    if (counted() != null) {
      throw fault(start, at - start, "nothing stands before '{' that could repeat");
    }
    Regex plain = plain();
    // RE2/J stumbles over a quantifier here.
    if (at < text.length() && "*+?{".indexOf(text.charAt(at)) >= 0) {
      throw fault(start, 1, "a plain brace that repeats is written '\\{'");
    }
    return plain;
  }

  private Regex group() throws PatternException {
    int open = at++;
    if (++depth > MAX_DEPTH) {
      throw fault(open, 1, "groups are nested more than " + MAX_DEPTH + " deep");
    }
    boolean folding = this.folding;
    boolean dotTakesNewline = this.dotTakesNewline;
    boolean manyLines = this.manyLines;
    if (text.startsWith("?", at) && flagsAlone(open)) {
      depth--;
      return null;
    }
    Regex inner = choice();
    if (at == text.length()) {
      throw fault(open, 1, "'(' has no ')' after it");
    }
    at++;
    depth--;
    this.folding = folding;
    this.dotTakesNewline = dotTakesNewline;
    this.manyLines = manyLines;
    return inner;
  }

  /** Passes {@code ?…} of a group; whether it was {@code (?flags)}, which is no group. */
  private boolean flagsAlone(int open) throws PatternException {
    for (String look : List.of("?=", "?!", "?<=", "?<!")) {
      if (text.startsWith(look, at)) {
        throw fault(
            open,
            look.length() + 1,
            "look-around cannot be matched in linear time; use unless: for what must not be there");
      }
    }
    if (text.startsWith("?>", at)) {
      throw fault(open, 3, "an atomic group has no use here, as nothing ever backtracks");
    }
    if (text.startsWith("?<", at) || text.startsWith("?P<", at)) {
      int from = text.indexOf('<', at) + 1;
      int to = text.indexOf('>', from);
      String name = to < 0 ? "" : text.substring(from, to);
      if (!name.matches("[A-Za-z0-9_]+")) {
        throw fault(
            open, from - open, "a group's name is letters, digits and '_', and ends in '>'");
      }
      if (!names.add(name)) {
        throw fault(open, to + 1 - open, "two groups have the name '" + name + "'");
      }
      at = to + 1;
      return false;
    }
    boolean set = true;
    for (int i = at + 1; i < text.length(); i++) {
      switch (text.charAt(i)) {
        case 'i' -> folding = set;
        case 's' -> dotTakesNewline = set;
        case 'm' -> manyLines = set;
        case 'U' -> {}
        case '-' -> {
          if (!set || i + 1 >= text.length() || "ismU".indexOf(text.charAt(i + 1)) < 0) {
            throw fault(open, i + 1 - open, "no flags stand after '-'");
          }
          set = false;
        }
        case ':', ')' -> {
          boolean alone = text.charAt(i) == ')';
          at = i + 1;
          return alone;
        }
        default ->
            throw fault(
                open, i + 1 - open, "there is no group '" + text.substring(open, i + 1) + "'");
      }
    }
    throw fault(open, 1, "'(' has no ')' after it");
  }

  /** {@code \…} outside of a class. */
  private Regex escape() throws PatternException {
    int start = at;
    Regex place =
        switch (at + 1 < text.length() ? text.charAt(at + 1) : 0) {
          case 'A' -> start();
          case 'z' -> end();
          case 'b', 'B' -> anywhere();
          default -> null;
        };
    if (place != null) {
      return passing(2, place);
    }
    Chars several = perlClass();
    if (several != null) {
      return regex(several);
    }
    int escaped = escapedCodePoint();
    foldable(escaped, escaped, start);
    return literal(escaped);
  }

  /** {@code \d \w \s \pL \p{Greek}} and their opposites; null where none of them stands. */
  private Chars perlClass() throws PatternException {
    char c = at + 1 < text.length() ? text.charAt(at + 1) : 0;
    Chars chars =
        switch (c) {
          case 'd', 'D' -> Chars.ascii(ByteSet.range('0', '9'));
          case 'w', 'W' -> Chars.ascii(ByteSet.WORD);
          case 's', 'S' -> Chars.ascii(space());
          // Which characters have the property is RE2's to know.
          case 'p', 'P' -> new Chars(ASCII, true, false);
          default -> null;
        };
    if (chars == null) {
      return null;
    }
    if (c == 'p' || c == 'P') {
      property();
      return chars;
    }
    at += 2;
    return Character.isUpperCase(c) ? chars.not() : chars;
  }

  private static ByteSet space() {
    return ByteSet.range('\t', '\n').or(ByteSet.range('\f', '\r')).or(ByteSet.of(' '));
  }

  private void property() throws PatternException {
    int start = at;
    at += 2;
    int end = text.startsWith("{", at) ? text.indexOf('}', at) : at;
    if (at >= text.length() || end < 0) {
      throw fault(start, 2, "'\\p' needs the name of a property, as in \\pL or \\p{Greek}");
    }
    at = end + 1;
    try {
      Pattern.compile(text.substring(start, at));
    } catch (PatternSyntaxException e) {
      throw fault(start, at - start, "RE2 knows no property " + text.substring(start, at));
    }
  }

  /** The character that {@code \…} stands for. */
  private int escapedCodePoint() throws PatternException {
    int start = at;
    if (at + 1 >= text.length()) {
      throw fault(start, 1, "nothing stands after the last '\\'");
    }
    int c = text.codePointAt(at + 1);
    at += 1 + Character.charCount(c);
    return switch (c) {
      case 'n' -> '\n';
      case 't' -> '\t';
      case 'r' -> '\r';
      case 'f' -> '\f';
      case 'a' -> 0x07;
      case 'v' -> 0x0b;
      case 'x' -> hex(start);
      case '0' -> octal(at - 1);
      case '1', '2', '3', '4', '5', '6', '7', '8', '9' ->
          throw fault(
              start,
              2,
              "a back-reference cannot be matched in linear time; name both parts in a condition");
      default -> {
        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) {
          throw fault(
              start, at - start, "there is no escape '" + text.substring(start, at) + "' in RE2");
        }
        yield c;
      }
    };
  }

  /** {@code \x41} or {@code \x{1F600}}. */
  private int hex(int start) throws PatternException {
    boolean braced = text.startsWith("{", at);
    int from = braced ? at + 1 : at;
    int to = braced ? text.indexOf('}', at) : Math.min(at + 2, text.length());
    int value = -1;
    if (to > from && (braced || to - from == 2) && to - from <= 8) {
      String digits = text.substring(from, to);
      value = digits.matches("[0-9A-Fa-f]+") ? (int) Long.parseLong(digits, 16) : -1;
    }
    if (value < 0 || value > Character.MAX_CODE_POINT) {
      throw fault(start, 2, "'\\x' needs two hexadecimal digits, or a character's number in {}");
    }
    at = braced ? to + 1 : to;
    return value;
  }

  /** {@code \0}, {@code \01}, {@code \012}. */
  private int octal(int from) {
    int value = 0;
    at = from;
    while (at < text.length()
        && at < from + 3
        && text.charAt(at) >= '0'
        && text.charAt(at) <= '7') {
      value = value * 8 + text.charAt(at++) - '0';
    }
    return value;
  }

  // ---- classes ----------------------------------------------------------------------------------

  private Chars charClass() throws PatternException {
    int open = at++;
    boolean negated = text.startsWith("^", at);
    at += negated ? 1 : 0;
    Chars chars = Chars.NONE;
    boolean first = true;
    while (first || (at < text.length() && text.charAt(at) != ']')) {
      if (at >= text.length()) {
        break;
      }
      chars = chars.or(member(open));
      first = false;
    }
    if (at >= text.length()) {
      throw fault(open, 1, "'[' has no ']' after it");
    }
    at++;
    return negated ? chars.not() : chars;
  }

  private Chars member(int open) throws PatternException {
    if (text.startsWith("[:", at)) {
      Chars posix = posixClass();
      if (posix != null) {
        return posix;
      }
    }
    if (text.charAt(at) == '\\') {
      Chars several = perlClass();
      if (several != null) {
        return several;
      }
    }
    int start = at;
    int from = classCharacter(open);
    int to = from;
    boolean range = at + 1 < text.length() && text.charAt(at) == '-' && text.charAt(at + 1) != ']';
    if (range) {
      at++;
      to = classCharacter(open);
      if (to < from) {
        throw fault(
            start, at - start, "the range '" + text.substring(start, at) + "' is backwards");
      }
    }
    foldable(from, to, start);
    ByteSet set = from < 0x80 ? ByteSet.range(from, Math.min(to, 0x7f)) : ByteSet.NONE;
    return folded(new Chars(set, to >= 0x80, true));
  }

  private int classCharacter(int open) throws PatternException {
    if (at >= text.length()) {
      throw fault(open, 1, "'[' has no ']' after it");
    }
    if (text.charAt(at) == '\\') {
      return escapedCodePoint();
    }
    int c = text.codePointAt(at);
    at += Character.charCount(c);
    return c;
  }

  /** {@code [:alpha:]} or {@code [:^alpha:]}; null where none stands. */
  private Chars posixClass() throws PatternException {
    int end = text.indexOf(":]", at);
    if (end < 0) {
      return null;
    }
    // RE2/J takes [:] for a class without a name, which it refuses.
    String name = text.substring(Math.min(at + 2, end), end);
    boolean negated = name.startsWith("^");
    ByteSet set =
        switch (negated ? name.substring(1) : name) {
          case "alnum" -> ByteSet.WORD.and(ByteSet.of('_').not());
          case "alpha" -> ByteSet.range('A', 'Z').or(ByteSet.range('a', 'z'));
          case "ascii" -> ASCII;
          case "blank" -> ByteSet.of('\t').or(ByteSet.of(' '));
          case "cntrl" -> ByteSet.range(0, 0x1f).or(ByteSet.of(0x7f));
          case "digit" -> ByteSet.range('0', '9');
          case "graph" -> ByteSet.range('!', '~');
          case "lower" -> ByteSet.range('a', 'z');
          case "print" -> ByteSet.range(' ', '~');
          case "punct" -> ByteSet.range('!', '~').and(ByteSet.WORD.not()).or(ByteSet.of('_'));
          case "space" -> ByteSet.range('\t', '\r').or(ByteSet.of(' '));
          case "upper" -> ByteSet.range('A', 'Z');
          case "word" -> ByteSet.WORD;
          case "xdigit" ->
              ByteSet.range('0', '9').or(ByteSet.range('A', 'F')).or(ByteSet.range('a', 'f'));
          default ->
              throw fault(
                  at, end + 2 - at, "there is no class '" + text.substring(at, end + 2) + "'");
        };
    at = end + 2;
    Chars chars = folded(Chars.ascii(set));
    return negated ? chars.not() : chars;
  }

  // ---- characters -------------------------------------------------------------------------------

  /** Characters from {@code from} to {@code to}, which stand at {@code start}, can be folded. */
  private void foldable(int from, int to, int start) throws PatternException {
    if (!folding) {
      return;
    }
    int lost = Folding.lost(from, to);
    foldedCharacters += Math.max(0, Math.min(to, Folding.LAST) - from);
    if (lost >= 0) {
      String hex = String.format(Locale.ROOT, "U+%04X", lost);
      throw fault(start, at - start, "(?i) cannot fold " + hex + "; write out both cases");
    }
    if (foldedCharacters > MAX_FOLDED) {
      throw fault(start, at - start, "(?i) folds more characters than it can; leave it out");
    }
  }

  private Chars folded(Chars chars) {
    if (!folding) {
      return chars;
    }
    ByteSet set = chars.ascii().folded();
    // U+017F and U+212A are the long s and the Kelvin sign, which fold to s and k. Some letters
    // beyond ASCII fold back into it, too.
    boolean beyond = chars.beyond() || set.has('s') || set.has('k');
    if (chars.beyond()) {
      set = set.or(ByteSet.of('s').or(ByteSet.of('k')).folded());
    }
    return new Chars(set, beyond, chars.sure() && !chars.beyond());
  }

  private Regex literal(int codePoint) {
    if (codePoint < 0x80) {
      return regex(folded(Chars.ascii(ByteSet.of(codePoint))));
    }
    if (folding || codePoint == REPLACEMENT) {
      return regex(folded(Chars.BEYOND));
    }
    List<Regex> bytes = new ArrayList<>();
    for (byte b : Character.toString(codePoint).getBytes(StandardCharsets.UTF_8)) {
      bytes.add(new Regex.Bytes(ByteSet.of(b & 0xff)));
    }
    return new Regex.Sequence(List.copyOf(bytes));
  }

  private Regex regex(Chars chars) {
    exact &= chars.sure();
    return bytes(chars);
  }

  private static Regex bytes(Chars chars) {
    Regex ascii = new Regex.Bytes(chars.ascii());
    if (!chars.beyond()) {
      return ascii;
    }
    return chars.ascii().equals(ByteSet.NONE) ? BEYOND : new Regex.Choice(List.of(ascii, BEYOND));
  }

  private PatternException fault(int from, int length, String message) {
    int to = Math.min(from + length, text.length());
    return new PatternException(from, text.substring(from, to), message);
  }
}
