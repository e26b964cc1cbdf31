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
   * 16 hexadecimal digits over the rule and the {@linkplain LineShapes shape} of the subject. A
   * crash report brings its own.
   */
  static String of(Finding finding) {
    if (finding.crash() != null) {
      return finding.crash().signature();
    }
    String text = finding.rule().id() + '\n' + LineShapes.of(finding.subject());
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
