package dev.loganalyze.cli;

import dev.loganalyze.report.DoctorFormat;
import dev.loganalyze.runner.Check;
import dev.loganalyze.runner.Doctor;
import dev.loganalyze.runner.Host;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Whether this machine is ready for {@code loganalyze run}. */
@Command(
    name = "doctor",
    sortOptions = false,
    description = "Tell whether this machine, and an image, are ready for loganalyze run.",
    footer =
        """

        Examples:
          # Is this machine ready to boot others?
          $ loganalyze doctor
          # Is the image: a serial console, a key of root where SSH is to be checked?
          $ loganalyze doctor --iso nixos.iso --check-ssh
          # For a script
          $ loganalyze doctor --format json

        Exit status:
          0  a run can be made
          1  something that it needs is missing""")
final class DoctorCommand implements Callable<Integer> {
  private final OutputStream out;

  @Spec private CommandSpec spec;
  @Mixin private MachineOptions machines;

  @Option(names = "--check-ssh", description = "The run is to check SSH.")
  private boolean checkSsh;

  @Option(
      names = "--into",
      paramLabel = "DIR",
      defaultValue = "loganalyze-runs",
      description = "Where the run is to be recorded (default: ${DEFAULT-VALUE}).")
  private Path into;

  @Option(
      names = "--format",
      paramLabel = "NAME",
      defaultValue = "text",
      description = "text (default), json or markdown.")
  private String format;

  DoctorCommand(OutputStream out) {
    this.out = out;
  }

  @Override
  public Integer call() throws IOException {
    DoctorFormat wanted;
    try {
      wanted = DoctorFormat.of(format);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage());
    }
    Host host = new Host(System.getenv().getOrDefault("PATH", ""));
    List<Check> checks =
        Doctor.all(host, machines.machine(), machines.accelerator(), checkSsh, into);
    out.write(wanted.bytes(checks));
    out.flush();
    return checks.stream().anyMatch(Check::stops) ? ExitCode.FINDINGS.status : ExitCode.OK.status;
  }
}
