package dev.loganalyze.runner;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Whether KVM works. That {@code /dev/kvm} is there and opens, and that QEMU calls it present, proves
 * nothing: under some hypervisors a guest then hangs in its firmware. So the firmware is booted: it
 * takes a fraction of a second where KVM works.
 *
 * @param name {@code kvm} or {@code tcg}
 * @param why in words
 */
record Accelerator(String name, String why) {
  private static final long LIMIT_MILLIS = 3000;

  /** SeaBIOS prints it to its debug port when it looks for something to boot. */
  private static final String DONE = "handle_19";

  /**
   * The one to be used.
   *
   * @param wanted {@code auto}, {@code kvm} or {@code tcg}
   * @param program QEMU for {@code arch}
   */
  static Accelerator of(String wanted, Path program, String arch) {
    if (!wanted.equals("auto")) {
      return new Accelerator(wanted, "asked for");
    }
    Path device = Path.of("/dev/kvm");
    if (!System.getProperty("os.arch").equals(arch.equals("x86_64") ? "amd64" : arch)) {
      return new Accelerator("tcg", "KVM runs no " + arch + " on this machine");
    }
    if (!Files.exists(device)) {
      return new Accelerator("tcg", "there is no /dev/kvm");
    }
    if (!Files.isWritable(device)) {
      return new Accelerator("tcg", "/dev/kvm may not be opened by this user");
    }
    if (!arch.equals("x86_64")) {
      return new Accelerator("tcg", "KVM can be tried for x86_64 only; ask for it with --accel kvm");
    }
    return boots(program)
        ? new Accelerator("kvm", "a firmware booted with it")
        : new Accelerator(
            "tcg", "KVM is there, but no firmware boots with it within " + LIMIT_MILLIS / 1000 + " s");
  }

  private static boolean boots(Path program) {
    List<String> command =
        List.of(
            program.toString(), "-machine", "pc", "-accel", "kvm", "-m", "32", "-nodefaults",
            "-display", "none", "-chardev", "stdio,id=debug,mux=off,signal=off",
            "-device", "isa-debugcon,iobase=0x402,chardev=debug");
    Process process;
    try {
      process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    } catch (IOException e) {
      return false;
    }
    Thread limit =
        new Thread(
            () -> {
              try {
                process.waitFor(LIMIT_MILLIS, TimeUnit.MILLISECONDS);
              } catch (InterruptedException e) {
                // It booted.
              }
              process.destroyForcibly();
            },
            "kvm probe");
    limit.setDaemon(true);
    limit.start();
    try (InputStream in = process.getInputStream()) {
      StringBuilder said = new StringBuilder();
      byte[] buffer = new byte[4096];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        said.append(new String(buffer, 0, n, StandardCharsets.ISO_8859_1));
        if (said.indexOf(DONE) >= 0) {
          return true;
        }
      }
      return false;
    } catch (IOException e) {
      return false;
    } finally {
      limit.interrupt();
      process.destroyForcibly();
    }
  }
}
