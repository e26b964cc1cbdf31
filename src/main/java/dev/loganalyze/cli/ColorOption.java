package dev.loganalyze.cli;

import dev.loganalyze.report.Screen;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The option that says when what is printed is coloured. */
final class ColorOption {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--color",
      paramLabel = "WHEN",
      defaultValue = "auto",
      completionCandidates = Words.Colors.class,
      description = "auto (default), always or never; NO_COLOR is honoured.")
  private String color;

  /** The screen that standard output is, which is connected to {@code tty}. */
  Screen screen(Tty tty) {
    try {
      return tty.screen(color);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage());
    }
  }
}
