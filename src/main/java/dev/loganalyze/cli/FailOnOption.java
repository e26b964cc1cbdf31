package dev.loganalyze.cli;

import dev.loganalyze.rules.Severity;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The option that says from which severity on a finding makes the command fail. */
final class FailOnOption {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--fail-on",
      paramLabel = "SEVERITY",
      completionCandidates = Words.Severities.class,
      description =
          "Exit 1 from this severity on: info, warning, error (default), critical, never.")
  private String failOn;

  /** The least severity that fails: as given, else by {@code settings}; null for never. */
  Severity least(Settings settings) {
    String word = failOn == null ? settings.failOn() : failOn;
    if (word == null) {
      return Severity.ERROR;
    }
    if (word.equals("never")) {
      return null;
    }
    Severity severity = Severity.of(word);
    if (severity == null) {
      throw new ParameterException(
          spec.commandLine(),
          "--fail-on takes info, warning, error, critical or never, not '" + word + "'");
    }
    return severity;
  }
}
