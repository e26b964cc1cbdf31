package dev.loganalyze.runner;

import dev.loganalyze.runner.Check.State;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whether this machine can make a run, and whether its image can be watched. */
public final class Doctor {
  private static final long MIB = 1 << 20;

  /** A journal, a console and reports of a long run need no more, in MiB. */
  private static final long ROOM = 256;

  private static final Map<String, String> PACKAGES =
      Map.of(
          "x86_64", "qemu-system-x86", "aarch64", "qemu-system-arm", "riscv64", "qemu-system-misc");

  private static final Map<String, String> FIRMWARE =
      Map.of("x86_64", "ovmf", "aarch64", "qemu-efi-aarch64", "riscv64", "qemu-efi-riscv64");

  private final Host host;
  private final Machine machine;
  private final List<Check> checks = new ArrayList<>();

  private Doctor(Host host, Machine machine) {
    this.host = host;
    this.machine = machine;
  }

  /**
   * What a run cannot do without; quick.
   *
   * @param ssh whether it checks SSH
   * @param into the folder that it is recorded in
   */
  public static List<Check> needed(Host host, Machine machine, boolean ssh, Path into) {
    Doctor doctor = new Doctor(host, machine);
    doctor.qemu();
    doctor.images();
    doctor.ssh(ssh);
    doctor.firmware();
    doctor.memory();
    doctor.port();
    doctor.folder(into);
    return List.copyOf(doctor.checks);
  }

  /** All there is to be said; reads the whole image, and tries KVM. */
  public static List<Check> all(
      Host host, Machine machine, String accelerator, boolean ssh, Path into) {
    Doctor doctor = new Doctor(host, machine);
    doctor.checks.addAll(needed(host, machine, ssh, into));
    doctor.accelerator(accelerator);
    doctor.deathSignal();
    doctor.console();
    return List.copyOf(doctor.checks);
  }

  /** What to say where QEMU is missing. */
  static String missing(Machine machine) {
    return machine.executable() + " is missing; " + install(PACKAGES.get(machine.arch()));
  }

  /** The first line that QEMU says of its version. */
  static String version(Path program) {
    try {
      Host.Answer answer = Host.ask(List.of(program.toString(), "--version"), 10_000);
      return answer.out().lines().findFirst().orElse("unknown");
    } catch (IOException e) {
      return "unknown";
    }
  }

  private static String install(String packageName) {
    return packageName == null ? "install it" : "apt-get install -y " + packageName;
  }

  private void check(
      String name, State state, boolean needed, String found, String why, String remedy) {
    checks.add(new Check(name, state, needed, found, why, state == State.PASS ? "" : remedy));
  }

  private void qemu() {
    Optional<Path> program = host.find(machine.executable());
    check(
        "QEMU",
        program.isPresent() ? State.PASS : State.FAIL,
        true,
        program.map(Doctor::version).orElse(machine.executable() + " is missing"),
        "it is the machine that boots",
        install(PACKAGES.get(machine.arch())));
  }

  private void images() {
    for (Path image : machine.images()) {
      String wrong =
          !Files.exists(image)
              ? "does not exist"
              : !Files.isReadable(image) ? "may not be read by this user" : "";
      check(
          "image",
          wrong.isEmpty() ? State.PASS : State.FAIL,
          true,
          image + (wrong.isEmpty() ? " is there" : " " + wrong),
          "the machine boots from it",
          "build it, or name the right file");
    }
  }

  private void ssh(boolean wanted) {
    Optional<Path> program = host.find("ssh");
    check(
        "ssh",
        program.isPresent() ? State.PASS : wanted ? State.FAIL : State.WARN,
        wanted,
        program.map(p -> p + " is there").orElse("ssh is missing"),
        "--check-ssh logs in with it, as users do",
        install("openssh-client"));
  }

  private void firmware() {
    List<String> firmware = QemuCommand.uefi(machine.arch());
    check(
        "UEFI",
        firmware != null ? State.PASS : machine.uefi() ? State.FAIL : State.WARN,
        machine.uefi(),
        firmware != null ? firmware.get(0) + " is there" : "no UEFI firmware for " + machine.arch(),
        "--uefi boots with it",
        install(FIRMWARE.get(machine.arch())));
  }

  private void memory() {
    long free = available();
    boolean enough = free < 0 || free >= machine.memory();
    check(
        "memory",
        enough ? State.PASS : State.FAIL,
        true,
        free < 0
            ? "this system does not tell"
            : free + " MiB are available, the machine has " + machine.memory(),
        "a machine without memory of its own is killed by the kernel",
        "free memory, or give the machine less with --memory");
  }

  /** MemAvailable of proc(5) in MiB, or -1. */
  private static long available() {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/meminfo"))) {
        if (line.startsWith("MemAvailable:")) {
          return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
        }
      }
    } catch (IOException | NumberFormatException e) {
      // Not a Linux.
    }
    return -1;
  }

  private void port() {
    if (machine.port() == 0) {
      check("port", State.PASS, true, "QEMU chooses a free one", "SSH reaches the guest there", "");
      return;
    }
    boolean free;
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), machine.port()));
      free = true;
    } catch (IOException e) {
      free = false;
    }
    check(
        "port",
        free ? State.PASS : State.FAIL,
        true,
        "127.0.0.1:" + machine.port() + (free ? " is free" : " is taken"),
        "SSH reaches the guest there",
        "see who has it with `ss -ltnp`, or leave out --port to let QEMU choose one");
  }

  private void folder(Path into) {
    Path there = into.toAbsolutePath().normalize();
    while (there != null && !Files.exists(there)) {
      there = there.getParent();
    }
    long room = -1;
    try {
      room = there == null ? -1 : Files.getFileStore(there).getUsableSpace() / MIB;
    } catch (IOException e) {
      // Nobody can tell.
    }
    boolean writable = there != null && Files.isDirectory(there) && Files.isWritable(there);
    boolean enough = room < 0 || room >= ROOM;
    check(
        "run folder",
        writable && enough ? State.PASS : State.FAIL,
        true,
        !writable
            ? into + " cannot be made, as " + there + " may not be written to"
            : room + " MiB are free for " + into,
        "the record of the run is written there",
        writable ? "free " + ROOM + " MiB there" : "name another folder with --into");
  }

  private void accelerator(String wanted) {
    Optional<Path> program = host.find(machine.executable());
    if (program.isEmpty()) {
      return;
    }
    Accelerator best = Accelerator.of("auto", program.get(), machine.arch());
    boolean kvm = best.name().equals("kvm");
    boolean needed = wanted.equals("kvm");
    check(
        "acceleration",
        kvm ? State.PASS : needed ? State.FAIL : State.WARN,
        needed,
        kvm ? "KVM works" : best.why(),
        "with TCG a boot takes several times as long",
        Files.exists(Path.of("/dev/kvm")) && !Files.isWritable(Path.of("/dev/kvm"))
            ? "usermod -a -G kvm $USER, and log in again"
            : "leave --accel at auto, and raise --timeout-factor where limits are short");
  }

  private void deathSignal() {
    boolean there = host.find("setpriv").isPresent();
    check(
        "setpriv",
        there ? State.PASS : State.WARN,
        false,
        there ? "setpriv is there" : "setpriv is missing",
        "with it QEMU ends with this program, even when that is killed",
        install("util-linux"));
  }

  private void console() {
    if (machine.kernel() != null) {
      command(machine.append(), "--append");
    } else if (machine.image() != null && Files.isReadable(machine.image())) {
      try {
        ImageText text = ImageText.of(machine.image());
        command(text.console(), machine.image().toString());
        key(text.key());
      } catch (IOException e) {
        check("console", State.WARN, false, machine.image() + " cannot be read", "", "");
      }
    }
  }

  private void command(String line, String where) {
    boolean there = line.matches("(?s).*\\bconsole=tty(S|AMA)\\d.*");
    check(
        "console",
        there ? State.PASS : State.WARN,
        false,
        there
            ? where + " has " + line.replaceFirst("(?s).*(\\bconsole=tty(?:S|AMA)\\d\\S*).*", "$1")
            : "no console=ttyS0 is to be seen in " + where,
        "without it the kernel says nothing on the serial console, and nothing can be recorded",
        machine.kernel() != null
            ? "add console="
                + (machine.arch().equals("aarch64") ? "ttyAMA0" : "ttyS0")
                + " to --append"
            : "add console=ttyS0 to the kernel's parameters in the image; a compressed image may hide them");
  }

  private void key(String key) {
    check(
        "root key",
        key.isEmpty() ? State.WARN : State.PASS,
        false,
        key.isEmpty() ? "no public key is to be seen in the image" : "the image holds " + key,
        "without one root is not reached by SSH",
        "build with --build, which sets PRE_NIXOS_ROOT_KEY, or give the key with --key-by; a compressed"
            + " image may hide it");
  }
}
