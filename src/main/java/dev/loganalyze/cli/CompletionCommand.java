package dev.loganalyze.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Completion for bash and zsh. */
@Command(
    name = "completion",
    sortOptions = false,
    description = "Print or install the completion script for bash and zsh.",
    footer =
        """

        Examples:
          # Install it for good, for the shell that $SHELL names
          $ loganalyze completion --install
          # Only for this shell
          $ source <(loganalyze completion)""")
final class CompletionCommand implements Callable<Integer> {
  private static final String BASH_FILE = "bash-completion/completions/loganalyze";
  private static final String ZSH_FILE = "zsh/site-functions/_loganalyze";

  private final OutputStream out;
  private final Tty tty;

  @Spec private CommandSpec spec;

  @Option(
      names = "--install",
      description =
          "Write it where the shell of $$SHELL looks for it, below $$XDG_DATA_HOME or"
              + " ~/.local/share, and say where. No other file is changed.")
  private boolean install;

  CompletionCommand(OutputStream out, Tty tty) {
    this.out = out;
    this.tty = tty;
  }

  @Override
  public Integer call() throws IOException {
    if (install) {
      install();
    } else {
      out.write(script().getBytes(StandardCharsets.UTF_8));
      out.flush();
    }
    return ExitCode.OK.status;
  }

  private String script() {
    // It is read, never run, so it names no interpreter. The other lines left out forbid the shell
    // to
    // complete file names, which most arguments are.
    return AutoComplete.bash("loganalyze", spec.root().commandLine())
        .replaceFirst("^#!.*\\n", "")
        .replaceAll("(?m)^ *type compopt .*compopt \\+o default\\n", "");
  }

  private void install() throws IOException {
    String shell = Path.of("/" + tty.env("SHELL")).getFileName().toString();
    PrintStream words = new PrintStream(out, true, StandardCharsets.UTF_8);
    switch (shell) {
      case "bash" -> {
        words.println("wrote " + write(BASH_FILE, script()));
        words.println(
            "bash reads it by itself where the package bash-completion is installed;"
                + " open a new shell");
      }
      case "zsh" -> {
        // A function that zsh loads at the first TAB: it defines the others and answers it.
        String function =
            "#compdef loganalyze\n"
                + script()
                + "\n_bash_complete -o default -F _complete_loganalyze\n";
        Path file = write(ZSH_FILE, function);
        words.println("wrote " + file);
        words.println(
            "zsh reads it where .zshrc says, before it calls compinit:  fpath=("
                + file.getParent()
                + " $fpath)");
      }
      default ->
          throw new CommandException(
              "there is completion for bash and zsh, and SHELL names '"
                  + shell
                  + "'; set SHELL=bash, or see loganalyze completion");
    }
  }

  private Path write(String name, String content) {
    String data = tty.env("XDG_DATA_HOME");
    String home = tty.env("HOME");
    if (data.isEmpty() && home.isEmpty()) {
      throw new CommandException("neither XDG_DATA_HOME nor HOME says where to install it");
    }
    Path file = (data.isEmpty() ? Path.of(home, ".local", "share") : Path.of(data)).resolve(name);
    try {
      Files.createDirectories(file.getParent());
    } catch (IOException e) {
      throw new CommandException(
          file + ": its folder could not be made; set XDG_DATA_HOME to one that can");
    }
    WholeFile.write(content.getBytes(StandardCharsets.UTF_8), file);
    return file;
  }
}
