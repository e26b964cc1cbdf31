package dev.loganalyze.cli;

import java.util.ArrayList;
import java.util.List;

/** A line as somebody types it at a shell; what examples need of it and no more. */
final class ShellLine {
  private ShellLine() {}

  /** The words of the first command of {@code line}, without quotes; a redirection is left out. */
  static List<String> words(String line) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean begun = false;
    boolean quoted = false;
    for (char c : (line + " ").toCharArray()) {
      if (c == '\'') {
        quoted = !quoted;
        begun = true;
      } else if (!quoted && c == ' ') {
        if (begun) {
          words.add(word.toString());
        }
        word.setLength(0);
        begun = false;
      } else if (!quoted && (c == '|' || c == '>')) {
        break;
      } else {
        word.append(c);
        begun = true;
      }
    }
    return words;
  }

  /** What {@code line} does with the output of its first command: {@code | head}; or empty. */
  static String rest(String line) {
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      quoted ^= line.charAt(i) == '\'';
      if (!quoted && (line.charAt(i) == '|' || line.charAt(i) == '>')) {
        return line.substring(i);
      }
    }
    return "";
  }
}
