package dev.loganalyze.diagnosis;

import dev.loganalyze.rules.Finding;

/**
 * A finding that is known and accepted: it is kept and counted, but weighs nothing.
 *
 * @param rule the rule's id, or {@code family.*}
 * @param subject what the finding is about, or empty for whatever it is about
 * @param signature of the finding ({@link Run.Diagnosed#signature}), or empty for any
 * @param reason why it is accepted, for those who read the report; not empty
 */
public record Suppression(String rule, String subject, String signature, String reason) {

  /** Whether it is about {@code finding}. */
  boolean covers(Finding finding) {
    String id = finding.rule().id();
    boolean family = rule.endsWith(".*") && id.startsWith(rule.substring(0, rule.length() - 1));
    return (family || rule.equals(id))
        && (subject.isEmpty() || subject.equals(finding.subject()))
        && (signature.isEmpty() || signature.equals(Signatures.of(finding)));
  }
}
