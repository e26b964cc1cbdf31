package dev.loganalyze.bench;

import dev.loganalyze.terminal.ConsoleText;
import dev.loganalyze.terminal.Terminal;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Console bytes to plain lines. */
@State(Scope.Thread)
public class TerminalStage {
  private final byte[] log = Sample.log();

  @Benchmark
  @OperationsPerInvocation(Sample.BYTES)
  public ConsoleText terminal() {
    return Terminal.read(log);
  }
}
