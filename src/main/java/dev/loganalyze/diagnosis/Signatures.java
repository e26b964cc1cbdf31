package dev.loganalyze.diagnosis;

import dev.loganalyze.rules.Finding;

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
    return Digest.of(finding.rule().id() + '\n' + LineShapes.of(finding.subject()));
  }
}
