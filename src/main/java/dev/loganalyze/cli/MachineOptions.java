package dev.loganalyze.cli;

import dev.loganalyze.runner.Machine;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that say what machine is booted. */
final class MachineOptions {
  private static final Set<String> ARCHS = Set.of("x86_64", "aarch64", "riscv64");

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(names = "--iso", paramLabel = "FILE", description = "Boot this CD image.")
  private Path iso;

  @Option(
      names = "--disk",
      paramLabel = "FILE",
      description = "Boot, or have, this disk image; it is never written to.")
  private Path disk;

  @Option(
      names = "--kernel",
      paramLabel = "FILE",
      description = "Boot this kernel, without a boot loader.")
  private Path kernel;

  @Option(names = "--initrd", paramLabel = "FILE", description = "The initramfs of that kernel.")
  private Path initrd;

  @Option(
      names = "--append",
      paramLabel = "TEXT",
      defaultValue = "",
      description = "The command line of that kernel.")
  private String append;

  @Option(names = "--uefi", description = "Boot with UEFI.")
  private boolean uefi;

  @Option(
      names = "--arch",
      paramLabel = "ARCH",
      defaultValue = "x86_64",
      description = "x86_64 (default), aarch64 or riscv64.")
  private String arch;

  @Option(
      names = "--memory",
      paramLabel = "MIB",
      defaultValue = "2048",
      description = "Memory of the machine (default: ${DEFAULT-VALUE}).")
  private int memory;

  @Option(
      names = "--cpus",
      paramLabel = "N",
      defaultValue = "2",
      description = "Processors of the machine (default: ${DEFAULT-VALUE}).")
  private int cpus;

  @Option(
      names = "--extra-disk",
      paramLabel = "FILE|SIZE",
      description = "One more disk: an image, or an empty one of a size such as 4G; repeats.")
  private List<String> extraDisks = new ArrayList<>();

  @Option(names = "--floppy", description = "Have a floppy drive with nothing in it.")
  private boolean floppy;

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "0",
      description = "Reach the machine's SSH at this port (default: a free one).")
  private int port;

  @Option(
      names = "--accel",
      paramLabel = "NAME",
      defaultValue = "auto",
      description = "auto (default: KVM if a firmware boots with it), kvm or tcg.")
  private String accelerator;

  @Option(
      names = "--qemu-arg",
      paramLabel = "ARG",
      description = "One more argument of QEMU; repeats.")
  private List<String> qemuArgs = new ArrayList<>();

  /** The machine; says what is wrong with the options. */
  Machine machine() {
    require(ARCHS.contains(arch), "--arch takes x86_64, aarch64 or riscv64, not '" + arch + "'");
    require(memory >= 16, "--memory takes 16 MiB or more, not " + memory);
    require(cpus >= 1, "--cpus takes 1 or more, not " + cpus);
    require(port >= 0 && port < 65536, "--port takes 1 to 65535, not " + port);
    require(kernel != null || initrd == null, "--initrd needs a --kernel");
    require(kernel != null || append.isEmpty(), "--append needs a --kernel");
    require(!floppy || arch.equals("x86_64"), "--floppy needs --arch x86_64");
    return new Machine(
        arch,
        iso,
        disk,
        kernel,
        initrd,
        append,
        uefi,
        memory,
        cpus,
        List.copyOf(extraDisks),
        floppy,
        port,
        List.copyOf(qemuArgs));
  }

  /** {@code auto}, {@code kvm} or {@code tcg}. */
  String accelerator() {
    String name = accelerator.toLowerCase(Locale.ROOT);
    require(
        Set.of("auto", "kvm", "tcg").contains(name),
        "--accel takes auto, kvm or tcg, not '" + accelerator + "'");
    return name;
  }

  private void require(boolean so, String otherwise) {
    if (!so) {
      throw new ParameterException(spec.commandLine(), otherwise);
    }
  }
}
