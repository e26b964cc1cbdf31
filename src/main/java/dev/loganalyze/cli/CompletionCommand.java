package dev.loganalyze.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints a completion script for bash and zsh. */
@Command(
    name = "completion",
    mixinStandardHelpOptions = true,
    description = "Print a completion script: source <(loganalyze completion)")
final class CompletionCommand implements Callable<Integer> {
  private final OutputStream out;

  @Spec private CommandSpec spec;

  CompletionCommand(OutputStream out) {
    this.out = out;
  }

  @Override
  public Integer call() throws IOException {
    String script = AutoComplete.bash("loganalyze", spec.root().commandLine());
    out.write(script.getBytes(StandardCharsets.UTF_8));
    out.flush();
    return ExitCode.OK.status;
  }
}
