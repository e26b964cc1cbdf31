package dev.loganalyze.session;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Reads tables whose first line names the columns: {@code lsblk}, {@code df}, {@code ps}, {@code
 * vgs} and their like.
 *
 * <p>A row with a word for each column is read in order, and the last column takes the rest of the
 * line. A row with fewer words has empty cells: each word belongs to the column whose name stands
 * above it, or nearest to it.
 */
final class Columns {
  /** What trees and states put before a name. */
  private static final String GLYPHS = "├─└│●○×↻|`-";

  private static final int MAX_COLUMNS = 64;

  private record Word(String text, int from, int to) {}

  private final List<Word> names;

  private Columns(List<Word> names) {
    this.names = names;
  }

  /** The columns that {@code header} names; df's {@code Mounted on} is one. */
  static Columns of(String header) {
    List<Word> names = new ArrayList<>();
    for (Word word : words(header)) {
      int last = names.size() - 1;
      if (word.text().equals("on") && last >= 0) {
        Word before = names.get(last);
        names.set(last, new Word(before.text() + "-on", before.from(), word.to()));
      } else {
        names.add(word);
      }
    }
    return new Columns(names);
  }

  int size() {
    return names.size();
  }

  /** Whether there is a column of each of {@code keys}. */
  boolean has(String... keys) {
    List<String> all = names.stream().map(name -> key(name.text())).toList();
    return all.containsAll(List.of(keys));
  }

  /**
   * The cells of {@code line} by the names of their columns, in lower case with letters, digits and
   * hyphens alone; empty for a line that is no row.
   */
  Map<String, String> row(String line) {
    List<Word> words = words(line);
    Map<String, String> row = new LinkedHashMap<>();
    boolean full = words.size() >= names.size();
    int last = names.size() - 1;
    for (int w = 0; w < words.size() && last >= 0; w++) {
      int column = full ? Math.min(w, last) : nearest(words.get(w));
      String key = key(names.get(column).text());
      if (column == last) {
        row.putIfAbsent(key, line.substring(words.get(w).from()).strip());
        break;
      }
      row.merge(key, words.get(w).text(), (a, b) -> a + " " + b);
    }
    return row;
  }

  private static String key(String name) {
    StringBuilder key = new StringBuilder();
    for (char c : name.toLowerCase(Locale.ROOT).toCharArray()) {
      if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-') {
        key.append(c);
      }
    }
    return key.toString();
  }

  private int nearest(Word word) {
    int nearest = 0;
    int distance = Integer.MAX_VALUE;
    for (int c = 0; c < names.size(); c++) {
      Word name = names.get(c);
      int away = Math.max(0, Math.max(name.from() - word.to() + 1, word.from() - name.to() + 1));
      if (away < distance) {
        nearest = c;
        distance = away;
      }
    }
    return nearest;
  }

  private static List<Word> words(String line) {
    List<Word> words = new ArrayList<>();
    int at = 0;
    while (at < line.length() && words.size() < MAX_COLUMNS) {
      while (at < line.length() && isBlank(line.charAt(at))) {
        at++;
      }
      int from = at;
      while (at < line.length() && !isBlank(line.charAt(at))) {
        at++;
      }
      int name = from;
      while (name < at && GLYPHS.indexOf(line.charAt(name)) >= 0) {
        name++;
      }
      boolean tree = name > from && name < at && line.charAt(from) != '-';
      if (name < at || (at > from && line.charAt(from) == '-')) {
        words.add(new Word(line.substring(tree ? name : from, at), from, at));
      }
    }
    return words;
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }
}
