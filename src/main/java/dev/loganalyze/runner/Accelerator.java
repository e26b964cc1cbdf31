package dev.loganalyze.runner;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Whether KVM works. That {@code /dev/kvm} is there and opens, and that QEMU calls it present,
 * proves nothing: under some hypervisors a guest then hangs in its firmware, or takes seconds for
 * what takes TCG a fraction of one. So the firmware is booted with either.
 *
 * @param name {@code kvm} or {@code tcg}
 * @param why in words
 */
record Accelerator(String name, String why) {
  /** A firmware that boots with KVM at all takes no longer, on a busy machine either, in ms. */
  private static final long SOON = 1000;

  /** TCG boots the firmware in less, whatever the machine, in ms. */
  private static final long LIMIT = 10_000;

  /** The firmware waits for its devices most of the time, which KVM does not shorten. */
  private static final int SLOWER = 3;

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
      return new Accelerator(
          "tcg", "KVM can be tried for x86_64 only; ask for it with --accel kvm");
    }
    long tcg = boot(program, "tcg", LIMIT);
    long limit = tcg < 0 ? SOON : Math.max(SOON, SLOWER * tcg);
    return boot(program, "kvm", limit) >= 0
        ? new Accelerator("kvm", "a firmware boots with it")
        : new Accelerator(
            "tcg",
            "KVM is there, but does not boot a firmware within "
                + limit / 1000.0
                + " s, for which TCG takes "
                + tcg / 1000.0
                + " s");
  }

  /** How long a firmware takes, in milliseconds; -1 when it does not boot within {@code limit}. */
  private static long boot(Path program, String accelerator, long limit) {
    List<String> command =
        List.of(
            program.toString(),
            "-machine",
            "pc",
            "-accel",
            accelerator,
            "-m",
            "32",
            "-nodefaults",
            "-display",
            "none",
            "-chardev",
            "stdio,id=debug,mux=off,signal=off",
            "-device",
            "isa-debugcon,iobase=0x402,chardev=debug");
    long from = System.nanoTime();
    Process process;
    try {
      process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    } catch (IOException e) {
      return -1;
    }
    CompletableFuture.delayedExecutor(limit, TimeUnit.MILLISECONDS)
        .execute(process::destroyForcibly);
    try (InputStream in = process.getInputStream()) {
      StringBuilder said = new StringBuilder();
      byte[] buffer = new byte[4096];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        said.append(new String(buffer, 0, n, StandardCharsets.ISO_8859_1));
        if (said.indexOf(DONE) >= 0) {
          return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - from);
        }
      }
      return -1;
    } catch (IOException e) {
      return -1;
    } finally {
      process.destroyForcibly();
    }
  }
}
