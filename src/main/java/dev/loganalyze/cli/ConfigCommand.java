package dev.loganalyze.cli;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** What the settings are. */
@Command(
    name = "config",
    description = "Show the settings that hold, and where each is said.",
    footer =
        """

        Examples:
          # Which rules, limits and accepted findings hold here
          $ loganalyze config show
          # And with this file
          $ loganalyze config show --config ci/loganalyze.yaml""")
final class ConfigCommand {
  private final PrintStream out;
  private final PrintStream err;

  ConfigCommand(OutputStream out, PrintStream err) {
    this.out = new PrintStream(out, true, StandardCharsets.UTF_8);
    this.err = err;
  }

  @Command(
      name = "show",
      description = "One line a setting, with the file and line that says it.",
      footer =
          """

          Examples:
            # What holds in this folder
            $ loganalyze config show""")
  int show(@Mixin SettingsOptions options) {
    Settings settings = options.read(err);
    settings.origins().forEach(out::println);
    out.println(settings.rules().rules().size() + " rules are used");
    return ExitCode.OK.status;
  }
}
