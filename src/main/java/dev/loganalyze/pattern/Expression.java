package dev.loganalyze.pattern;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.loganalyze.resource.Packed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One regular expression in RE2's syntax, which matches in time linear in the text. Immutable; RE2
 * compiles it when it is first asked, since most of a run's expressions never are.
 */
public final class Expression {
  private final String text;

  /** Null until it is needed. */
  private volatile Parsed parsed;

  private volatile Pattern compiled;

  /** Itself as a set; null until it is needed. */
  private volatile PatternSet alone;

  /**
   * @param exact whether {@link #part} takes just what the expression does, of lines of ASCII
   */
  private record Parsed(Nfa.Part part, Set<String> names, boolean exact) {
    static Parsed of(String text) throws PatternException {
      RegexParser parser = new RegexParser(text);
      Regex regex = parser.parse();
      Regex headless = Regex.withoutHead(regex);
      Nfa nfa = new Nfa(Regex.withoutTail(headless));
      return new Parsed(
          new Nfa.Part(nfa, 0), Set.copyOf(parser.names()), parser.isExact() && headless == regex);
    }
  }

  private Expression(String text, Parsed parsed) {
    this.text = text;
    this.parsed = parsed;
  }

  /**
   * The expression that {@code text} is; a group's name is written {@code (?<name>…)} or {@code
   * (?P<name>…)}.
   *
   * @throws PatternException when it is none, or none that can be matched in linear time
   */
  public static Expression of(String text) throws PatternException {
    return new Expression(text, Parsed.of(text));
  }

  /**
   * The expression that {@code text} is, which comes with the program and has been tested; parsed
   * when it is first needed, since most of a run's never are.
   */
  public static Expression tested(String text) {
    return new Expression(text, null);
  }

  /** The expression that occurs where {@code text} does. */
  public static Expression literal(String text) {
    return tested("\\Q" + text.replace("\\E", "\\E\\\\E\\Q") + "\\E");
  }

  /** Writes down {@code expressions}, and with them all that was found out by parsing them. */
  public static void pack(Packed.Writer out, List<Expression> expressions) {
    new Nfa(expressions.stream().map(Expression::part).toList()).pack(out);
    out.list(
        expressions,
        (to, expression) -> {
          to.text(expression.text);
          to.texts(expression.names());
          to.integer(expression.parsed().exact() ? 1 : 0);
        });
  }

  /** The expressions that {@link #pack} has written. */
  public static List<Expression> unpack(Packed.Reader in) {
    Nfa nfa = new Nfa(in);
    int[] number = {0};
    return in.list(
        from -> {
          Nfa.Part part = new Nfa.Part(nfa, number[0]++);
          String text = from.text();
          return new Expression(text, new Parsed(part, from.texts(), from.integer() > 0));
        });
  }

  /** The names of its groups. */
  public Set<String> names() {
    return parsed().names();
  }

  /** Itself as an automaton. */
  Nfa.Part part() {
    return parsed().part();
  }

  /** Whether it occurs in {@code text}. */
  public boolean occursIn(String text) {
    PatternSet set = alone();
    return !set.in(text).isEmpty() && isFoundIn(text, set);
  }

  /** Whether it occurs in {@code text}, where {@code teller} tells that it may. */
  boolean isFoundIn(String text, PatternSet teller) {
    boolean sure = parsed().exact() && teller.isWhole() && isAsciiLine(text);
    return sure || pattern().matcher(text).find();
  }

  private static boolean isAsciiLine(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > 0x7f || text.charAt(i) == '\n') {
        return false;
      }
    }
    return true;
  }

  private PatternSet alone() {
    PatternSet set = alone;
    if (set == null) {
      set = new PatternSet(List.of(this));
      alone = set;
    }
    return set;
  }

  /**
   * Where in {@code text} the first of its groups stands that took part in the first match: start
   * and end, exclusive; null when none did, or when it does not occur.
   */
  public int[] group(String text) {
    if (alone().in(text).isEmpty()) {
      return null;
    }
    Matcher matcher = pattern().matcher(text);
    // The automaton tells of more than RE2 does: see PatternSet.Scanner.
    boolean found = matcher.find();
    for (int g = 1; found && g <= matcher.groupCount(); g++) {
      if (matcher.start(g) >= 0) {
        return new int[] {matcher.start(g), matcher.end(g)};
      }
    }
    return null;
  }

  /** What finds it in {@code text}, by RE2/J. */
  public Matcher matcher(String text) {
    return pattern().matcher(text);
  }

  /** Where in {@code text} it first occurs, or -1. */
  public int indexIn(String text) {
    Matcher matcher = pattern().matcher(text);
    return matcher.find() ? matcher.start() : -1;
  }

  /**
   * Where in {@code text} it occurs, one after the other: start and end, exclusive, of what the
   * group {@code group} took, or of all of it where it has no such group.
   */
  public List<int[]> places(String text, String group) {
    List<int[]> places = new ArrayList<>();
    Matcher matcher = pattern().matcher(text);
    while (matcher.find()) {
      places.add(
          names().contains(group)
              ? new int[] {matcher.start(group), matcher.end(group)}
              : new int[] {matcher.start(), matcher.end()});
    }
    return places;
  }

  /**
   * Whether it occurs in {@code text}; puts what its named groups took there into {@code names},
   * those left out that took part in no match.
   */
  public boolean bind(String text, Map<String, String> names) {
    Matcher matcher = pattern().matcher(text);
    if (!matcher.find()) {
      return false;
    }
    for (String name : names()) {
      String value = matcher.group(name);
      if (value != null) {
        names.put(name, value);
      }
    }
    return true;
  }

  private Parsed parsed() {
    Parsed known = parsed;
    if (known == null) {
      try {
        known = Parsed.of(text);
      } catch (PatternException e) {
        throw new IllegalStateException(text + ": " + e.getMessage(), e);
      }
      parsed = known;
    }
    return known;
  }

  private Pattern pattern() {
    Pattern pattern = compiled;
    if (pattern == null) {
      pattern = Pattern.compile(text);
      compiled = pattern;
    }
    return pattern;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Expression expression && text.equals(expression.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** The expression as it was written. */
  @Override
  public String toString() {
    return text;
  }
}
