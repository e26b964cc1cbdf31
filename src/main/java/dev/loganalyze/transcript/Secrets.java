package dev.loganalyze.transcript;

import com.fasterxml.jackson.databind.JsonNode;
import dev.loganalyze.pattern.Expression;
import dev.loganalyze.pattern.PatternSet;
import dev.loganalyze.resource.BuiltIn;
import dev.loganalyze.resource.Packed;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Finds what a log should not have held: passwords, tokens, private keys. What they look like is
 * data ({@code resources/secrets}), but for the armour of private keys, which goes over many lines.
 */
final class Secrets {
  private static final byte[] BEGIN = "-----BEGIN ".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] END = "-----END ".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] PRIVATE = "PRIVATE KEY".getBytes(StandardCharsets.US_ASCII);

  /** The armour of the longest keys (RSA of 16384 bits) has fewer lines (RFC 7468). */
  private static final int ARMOUR = 250;

  /** A line of armour is 64 or 70 characters long; the last one is shorter. */
  private static final int ARMOURED = 16;

  /** All {@link #beginnings}. */
  private static final class Patterns {
    static final PatternSet ALL = new PatternSet(Packed.Reader.of(Precompiled.SECRETS));
  }

  /**
   * What a secret looks like.
   *
   * @param pattern its group {@code secret}, if it has one, is what is masked
   */
  private record Known(String what, Expression pattern) {
    /** Read when one of the patterns first occurs. */
    static final List<Known> ALL = all();

    private static List<Known> all() {
      List<Known> all = new ArrayList<>();
      for (JsonNode secret : BuiltIn.files("secrets").get("secrets.yaml")) {
        Expression pattern = Expression.tested(secret.path("pattern").asText());
        all.add(new Known(secret.path("what").asText(), pattern));
      }
      return List.copyOf(all);
    }
  }

  /**
   * A text without its secrets.
   *
   * @param text as many lines as before
   * @param secrets what was masked, in the order of the lines
   */
  record Masked(byte[] text, List<Secret> secrets) {}

  /** What stands at {@code [from, to)} of the text. */
  private record Place(String what, int from, int to) {}

  private final byte[] text;
  private final List<Secret> secrets = new ArrayList<>();

  /** Where they stand; none overlaps another. */
  private final List<Place> found = new ArrayList<>();

  /** Where the last of them ends. */
  private int passed;

  /** The 1-based line that is looked at. */
  private int line;

  /** So many lines of a private key may still come. */
  private int armour;

  private Secrets(byte[] text) {
    this.text = text;
  }

  /** One of these occurs in every line with which a secret begins. */
  static List<Expression> beginnings() {
    return Stream.concat(
            Known.ALL.stream().map(Known::pattern),
            Stream.of(Expression.literal(new String(PRIVATE, StandardCharsets.US_ASCII))))
        .toList();
  }

  /** {@code text} without its secrets; the very same bytes where it has none. */
  static Masked in(byte[] text) {
    return new Secrets(text).masked();
  }

  private Masked masked() {
    try (PatternSet.Scanner scanner = Patterns.ALL.scanner()) {
      scanner.lines(
          text,
          text.length,
          (from, to, suspect) -> {
            line++;
            if (suspect || armour > 0) {
              line(scanner, from, to);
            }
          });
    }
    if (secrets.isEmpty()) {
      return new Masked(text, List.of());
    }
    return new Masked(replaced(), List.copyOf(secrets));
  }

  private void line(PatternSet.Scanner scanner, int from, int to) {
    BitSet hits = new BitSet();
    scanner.scan(text, from, to, hits);
    if (hits.isEmpty() && armour == 0) {
      return;
    }
    // The last of the beginnings is PRIVATE.
    int known = Known.ALL.size();
    List<Place> places = key(from, to, hits.get(known));
    for (int h = hits.nextSetBit(0); h >= 0 && h < known; h = hits.nextSetBit(h + 1)) {
      places.addAll(places(Known.ALL.get(h), from, to));
    }
    mask(places);
  }

  /** Each byte is a character here, so that places in the line are places in the text. */
  private List<Place> places(Known known, int from, int to) {
    String said = new String(text, from, to - from, StandardCharsets.ISO_8859_1);
    return known.pattern().places(said, "secret").stream()
        .map(place -> new Place(known.what(), from + place[0], from + place[1]))
        .toList();
  }

  /** Masks the places of one line; those that overlap are one. */
  private void mask(List<Place> places) {
    places.sort(Comparator.comparingInt(Place::from).thenComparingInt(p -> -p.to()));
    for (Place place : places) {
      if (place.from() >= passed) {
        found.add(place);
        secrets.add(new Secret(line, place.what()));
      } else if (place.to() > passed) {
        int last = found.size() - 1;
        found.set(last, new Place(found.get(last).what(), found.get(last).from(), place.to()));
      }
      passed = Math.max(passed, place.to());
    }
  }

  /** The text with a word in each place; its size is known first, as a text may be large. */
  private byte[] replaced() {
    List<byte[]> words =
        found.stream()
            .map(p -> ("[masked: " + p.what() + "]").getBytes(StandardCharsets.US_ASCII))
            .toList();
    int length = text.length;
    for (int i = 0; i < words.size(); i++) {
      length += words.get(i).length - (found.get(i).to() - found.get(i).from());
    }
    byte[] masked = new byte[length];
    int to = 0;
    int from = 0;
    for (int i = 0; i < words.size(); i++) {
      int plain = found.get(i).from() - from;
      System.arraycopy(text, from, masked, to, plain);
      System.arraycopy(words.get(i), 0, masked, to + plain, words.get(i).length);
      to += plain + words.get(i).length;
      from = found.get(i).to();
    }
    System.arraycopy(text, from, masked, to, text.length - from);
    return masked;
  }

  /**
   * What of a line belongs to a private key: others may speak between its lines.
   *
   * @param names whether the line holds {@link #PRIVATE}
   */
  private List<Place> key(int from, int to, boolean names) {
    List<Place> places = new ArrayList<>();
    int begin = names ? indexOf(BEGIN, from, to) : -1;
    if (begin >= 0 && indexOf(PRIVATE, begin, to) >= 0) {
      armour = ARMOUR;
    } else if (armour > 0 && indexOf(END, from, to) >= 0) {
      armour = 0;
    } else if (armour > 0) {
      armour--;
      int end = to;
      while (end > from && text[end - 1] <= ' ') {
        end--;
      }
      int start = end;
      while (start > from && isBase64(text[start - 1])) {
        start--;
      }
      if (end - start >= ARMOURED) {
        places.add(new Place("private key", start, end));
      }
    }
    return places;
  }

  private static boolean isBase64(byte b) {
    return (b >= 'a' && b <= 'z')
        || (b >= 'A' && b <= 'Z')
        || (b >= '0' && b <= '9')
        || b == '+'
        || b == '/'
        || b == '=';
  }

  private int indexOf(byte[] word, int from, int to) {
    for (int at = from; at + word.length <= to; at++) {
      if (text[at] == word[0] && Arrays.equals(text, at, at + word.length, word, 0, word.length)) {
        return at;
      }
    }
    return -1;
  }
}
