package dev.loganalyze.cli;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** What the settings are. */
@Command(
    name = "config",
    mixinStandardHelpOptions = true,
    description = "Show the settings that hold, and where each is said.")
final class ConfigCommand {
  private final PrintStream out;
  private final PrintStream err;

  ConfigCommand(OutputStream out, PrintStream err) {
    this.out = new PrintStream(out, true, StandardCharsets.UTF_8);
    this.err = err;
  }

  @Command(name = "show", description = "One line a setting, with the file and line that says it.")
  int show(@Mixin SettingsOptions options) {
    Settings settings = options.read(err);
    settings.origins().forEach(out::println);
    out.println(settings.rules().rules().size() + " rules are used");
    return ExitCode.OK.status;
  }
}
