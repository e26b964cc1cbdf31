package dev.loganalyze.pattern;

import java.util.ArrayList;
import java.util.List;

/**
 * What a regular expression asks of bytes of UTF-8.
 *
 * <p>It may take more than the expression does, never less: characters beyond ASCII are told apart
 * only where they stand literally, repetitions are counted up to {@link #COUNTED}, the edges of
 * words are taken to be everywhere, and a vague head is left out. That keeps the automaton small,
 * and whoever needs the exact answer asks RE2 about the few lines left. {@link RegexParser#isExact}
 * tells where nothing of that kind was taken.
 */
sealed interface Regex {
  /** Repetitions beyond so many are taken for any number. */
  int COUNTED = 8;

  /** What matches the empty string. */
  Regex EMPTY = new Sequence(List.of());

  /** What nothing matches. */
  Regex NEVER = new Bytes(ByteSet.NONE);

  /** One byte of a set. */
  record Bytes(ByteSet set) implements Regex {}

  /** One after the other. */
  record Sequence(List<Regex> parts) implements Regex {}

  /** One of several. */
  record Choice(List<Regex> alternatives) implements Regex {}

  /**
   * Several times the same.
   *
   * @param max times at most, or -1 for any number
   */
  record Repeat(Regex of, int min, int max) implements Regex {}

  /** A place between bytes. */
  enum Place implements Regex {
    /** Where the text begins. */
    START,
    /** Where the text ends. */
    END
  }

  /** So many bytes that stand literally are seldom met by chance. */
  int LITERAL = 8;

  /**
   * {@code regex} without a head that says little, before so much that stands literally: as in
   * {@code /\S+: No space left}. Such a head goes on all along a line, so that each state of the
   * automaton comes twice, with it and without.
   */
  static Regex withoutHead(Regex regex) {
    List<Regex> parts = new ArrayList<>();
    flatten(regex, parts);
    int literal = literal(parts);
    return literal > 0 && isVague(parts.subList(0, literal))
        ? new Sequence(List.copyOf(parts.subList(literal, parts.size())))
        : regex;
  }

  private static void flatten(Regex regex, List<Regex> parts) {
    if (regex instanceof Sequence sequence) {
      sequence.parts().forEach(part -> flatten(part, parts));
    } else {
      parts.add(regex);
    }
  }

  /** Where so much stands literally for the first time; or -1. */
  private static int literal(List<Regex> parts) {
    for (int i = 0; i < parts.size(); i++) {
      if (literals(parts, i) >= LITERAL) {
        return i;
      }
    }
    return -1;
  }

  /**
   * How many bytes, or letters, stand literally from part {@code from} on; of a choice the least.
   */
  private static int literals(List<Regex> parts, int from) {
    int literals = 0;
    for (Regex part : parts.subList(from, parts.size())) {
      if (part instanceof Choice choice) {
        return literals + choice.alternatives().stream().mapToInt(Regex::literals).min().orElse(0);
      }
      if (!(part instanceof Bytes bytes) || bytes.set().size() > 2) {
        break;
      }
      literals++;
    }
    return literals;
  }

  private static int literals(Regex regex) {
    List<Regex> parts = new ArrayList<>();
    flatten(regex, parts);
    return literals(parts, 0);
  }

  /**
   * Whether something in {@code head} goes on from anywhere, over blanks, or over several words.
   */
  private static boolean isVague(List<Regex> head) {
    int words = head.get(0) == Place.START ? 0 : 1;
    for (Regex part : head) {
      words += words(part);
    }
    return words > 1;
  }

  /** Over how many words {@code regex} may go on; two for any number. */
  private static int words(Regex regex) {
    if (regex instanceof Repeat repeat) {
      boolean goesOn = repeat.max() < 0 || repeat.max() > COUNTED;
      return !goesOn ? words(repeat.of()) : takesBlank(repeat.of()) ? 2 : 1;
    }
    return regex instanceof Sequence sequence
        ? sequence.parts().stream().mapToInt(Regex::words).sum()
        : 0;
  }

  private static boolean takesBlank(Regex regex) {
    if (regex instanceof Bytes bytes) {
      return bytes.set().has(' ');
    }
    List<Regex> parts = new ArrayList<>();
    if (regex instanceof Sequence sequence) {
      parts.addAll(sequence.parts());
    } else if (regex instanceof Choice choice) {
      parts.addAll(choice.alternatives());
    } else if (regex instanceof Repeat repeat) {
      parts.add(repeat.of());
    }
    return parts.stream().anyMatch(Regex::takesBlank);
  }

  /**
   * {@code regex} without a tail that matches the empty string: it cannot change whether there is a
   * match, but would make every further byte one.
   */
  static Regex withoutTail(Regex regex) {
    if (regex instanceof Sequence sequence && !sequence.parts().isEmpty()) {
      List<Regex> parts = sequence.parts();
      List<Regex> head = parts.subList(0, parts.size() - 1);
      Regex tail = withoutTail(parts.get(parts.size() - 1));
      boolean toTheEnd = tail == Place.END && !head.isEmpty() && isAnything(head);
      if (isEmpty(tail) || toTheEnd) {
        return withoutTail(new Sequence(head));
      }
      List<Regex> cut = new ArrayList<>(head);
      cut.add(tail);
      return new Sequence(List.copyOf(cut));
    }
    if (regex instanceof Choice choice) {
      return new Choice(choice.alternatives().stream().map(Regex::withoutTail).toList());
    }
    if (regex instanceof Repeat repeat) {
      if (repeat.min() == 0) {
        return EMPTY;
      }
      return repeat.min() == 1
          ? withoutTail(repeat.of())
          : new Repeat(repeat.of(), repeat.min(), repeat.min());
    }
    return regex;
  }

  /** As equality would tell, whose code a record makes at every start, which takes longer. */
  private static boolean isEmpty(Regex regex) {
    return regex instanceof Sequence sequence && sequence.parts().isEmpty();
  }

  /** Whether {@code parts} end with {@code .*} or {@code .+}, behind which a line always ends. */
  private static boolean isAnything(List<Regex> parts) {
    return parts.get(parts.size() - 1) instanceof Repeat repeat
        && repeat.max() < 0
        && repeat.of() == RegexParser.DOT;
  }
}
