package dev.loganalyze.diagnosis;

import dev.loganalyze.rules.Finding;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Names for faults that stay the same from run to run. */
final class Signatures {
  private Signatures() {}

  /**
   * 16 hexadecimal digits over the rule and the subject, in which every run of digits and every
   * hexadecimal number of eight digits or more counts as one: pids, addresses, stamps and counters
   * differ from run to run. A crash report brings its own.
   */
  static String of(Finding finding) {
    if (finding.crash() != null) {
      return finding.crash().signature();
    }
    String text = finding.rule().id() + '\n' + normal(finding.subject());
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static String normal(String subject) {
    StringBuilder normal = new StringBuilder();
    int i = 0;
    while (i < subject.length()) {
      int end = i;
      boolean digitsOnly = true;
      while (end < subject.length() && Character.digit(subject.charAt(end), 16) >= 0) {
        digitsOnly &= Character.isDigit(subject.charAt(end));
        end++;
      }
      if (end > i && (digitsOnly || end - i >= 8)) {
        normal.append('0');
        i = end;
      } else {
        end = Math.max(end, i + 1);
        normal.append(subject, i, end);
        i = end;
      }
    }
    return normal.toString();
  }
}
