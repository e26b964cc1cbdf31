package dev.loganalyze.runner;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * A QEMU that runs. It ends with this process, however that ends: {@code setpriv --pdeathsig} lets
 * the kernel kill it when its parent dies. That parent is a thread (prctl(2), PR_SET_PDEATHSIG), so
 * one thread starts QEMU and waits as long as it lives.
 */
final class Qemu {
  private final Process process;
  private final Path errors;

  private Qemu(Process process, Path errors) {
    this.process = process;
    this.errors = errors;
  }

  /**
   * Starts QEMU.
   *
   * @param errors gets its standard error
   * @param afterwards is done when it has ended
   * @throws IOException when it cannot be started
   */
  static Qemu start(Host host, List<String> command, Path errors, Runnable afterwards)
      throws IOException {
    List<String> whole = new ArrayList<>();
    host.find("setpriv")
        .ifPresent(setpriv -> whole.addAll(List.of(setpriv.toString(), "--pdeathsig", "KILL")));
    whole.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(whole).redirectError(errors.toFile());
    CompletableFuture<Process> started = new CompletableFuture<>();
    Thread parent =
        new Thread(
            () -> {
              try {
                Process process = builder.start();
                started.complete(process);
                process.waitFor();
                afterwards.run();
              } catch (IOException e) {
                started.completeExceptionally(e);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "qemu");
    parent.setDaemon(true);
    parent.start();
    try {
      return new Qemu(started.get(), errors);
    } catch (ExecutionException e) {
      throw new IOException(e.getCause().getMessage(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  Process process() {
    return process;
  }

  /** Waits for its end; false when it still runs at the limit. */
  boolean ends(long millis) {
    try {
      return process.waitFor(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Ends it by signals. */
  void kill() {
    process.destroy();
    if (!ends(2000)) {
      process.destroyForcibly();
      ends(5000);
    }
  }

  /** What it wrote to its standard error. */
  String complaint() {
    try {
      return new String(Files.readAllBytes(errors), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    }
  }

  /** Removes the file of its standard error where that is empty. */
  void forget() throws IOException {
    if (complaint().isEmpty()) {
      Files.deleteIfExists(errors);
    }
  }
}
