package dev.loganalyze.cli;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The options that say what is looked for. */
final class SettingsOptions {
  @Option(
      names = "--rules",
      paramLabel = "DIR",
      description = "Use the rules in this folder too; repeats.")
  private List<Path> rules = new ArrayList<>();

  @Option(
      names = "--baseline",
      paramLabel = "FILE",
      description = "Accept the findings in FILE (see loganalyze baseline); repeats.")
  private List<Path> baselines = new ArrayList<>();

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Settings; else the nearest " + Settings.FILE + " here or above.")
  private Path config;

  @Option(names = "--no-config", description = "Use no settings file.")
  private boolean noConfig;

  @Option(
      names = "--no-redact",
      description = "Show passwords, tokens and private keys that stand in the logs.")
  private boolean noRedact;

  /** What holds; sentences about what has expired go to {@code err}. */
  Settings read(PrintStream err) {
    if (noConfig && config != null) {
      throw new CommandException("--config and --no-config cannot go together; give one of them");
    }
    Path file = noConfig ? null : config == null ? Settings.find(Path.of("")) : config;
    Settings settings = Settings.read(file, rules, baselines, LocalDate.now(ZoneOffset.UTC));
    settings.expired().forEach(sentence -> err.println("loganalyze: " + sentence));
    return noRedact ? settings.showingSecrets() : settings;
  }
}
