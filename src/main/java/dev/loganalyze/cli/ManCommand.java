package dev.loganalyze.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The manual pages. */
@Command(
    name = "man",
    sortOptions = false,
    description = "Print a manual page in roff, or write all of them.",
    footer =
        """

        Examples:
          # Read the page of a command
          $ loganalyze man timing | man -l -
          # For good; then: man loganalyze-timing
          $ loganalyze man --into ~/.local/share/man/man1""")
final class ManCommand implements Callable<Integer> {
  private final OutputStream out;

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "COMMAND",
      arity = "0..*",
      description = "Of this command, as in history add; without one, of loganalyze.")
  private List<String> words = new ArrayList<>();

  @Option(names = "--into", paramLabel = "DIR", description = "Write the pages of all into DIR.")
  private Path into;

  ManCommand(OutputStream out) {
    this.out = out;
  }

  @Override
  public Integer call() throws IOException {
    CommandLine root = spec.root().commandLine();
    if (into == null) {
      out.write(ManPage.of(named(root).getCommandSpec()).getBytes(StandardCharsets.UTF_8));
      out.flush();
      return ExitCode.OK.status;
    }
    Map<String, String> pages = ManPage.all(root);
    WholeFile.folder(into);
    for (Map.Entry<String, String> page : pages.entrySet()) {
      WholeFile.write(
          page.getValue().getBytes(StandardCharsets.UTF_8), into.resolve(page.getKey()));
    }
    new PrintStream(out, true, StandardCharsets.UTF_8)
        .println("wrote " + pages.size() + " pages into " + into);
    return ExitCode.OK.status;
  }

  private CommandLine named(CommandLine root) {
    CommandLine at = root;
    for (String word : words) {
      CommandLine below = at.getSubcommands().get(word);
      if (below == null) {
        throw new CommandException(
            "there is no command '" + String.join(" ", words) + "'; see loganalyze --help");
      }
      at = below;
    }
    return at;
  }
}
