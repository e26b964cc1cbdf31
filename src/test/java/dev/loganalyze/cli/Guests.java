package dev.loganalyze.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The guests of the recipes in src/test/guests, each built once of Debian's packages. */
public final class Guests {
  private static final Path RECIPES = Path.of("src/test/guests").toAbsolutePath();
  private static final Path BUILT = Path.of("target/guests").toAbsolutePath();

  private Guests() {}

  /** Debian's kernel for clouds: starts in seconds. */
  static Path cloud() throws Exception {
    return built("cloud", "kernel.sh", "linux-image-cloud-amd64");
  }

  /** Debian's usual kernel, which has a driver for floppies. */
  static Path standard() throws Exception {
    return built("standard", "kernel.sh", "linux-image-amd64");
  }

  static Path tiny() throws Exception {
    return built("tiny", "tiny.sh", cloud().toString());
  }

  static Path systemd() throws Exception {
    return built("systemd", "systemd.sh", cloud().toString(), standard().toString());
  }

  /** The root of a Debian with Java and without Maven, no guest but a folder for chroot. */
  public static Path debian() throws Exception {
    return built("debian", "debian.sh").resolve("root");
  }

  private static synchronized Path built(String name, String recipe, String... arguments)
      throws Exception {
    Path guest = BUILT.resolve(name);
    Path done = guest.resolve("done");
    boolean stale =
        !Files.exists(done)
            || Files.getLastModifiedTime(done)
                    .compareTo(Files.getLastModifiedTime(RECIPES.resolve(recipe)))
                < 0;
    if (stale) {
      List<String> command =
          new ArrayList<>(
              List.of(
                  "sh",
                  "-c",
                  "rm -rf \"$2\" && mkdir -p \"$2\" && sh \"$@\" && touch \"$2/done\"",
                  "build",
                  RECIPES.resolve(recipe).toString(),
                  guest.toString()));
      command.addAll(List.of(arguments));
      Path log = BUILT.resolve(name + ".log");
      Files.createDirectories(BUILT);
      Process build =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      assertTrue(build.waitFor(240, TimeUnit.SECONDS), recipe + " takes too long");
      assertTrue(
          build.exitValue() == 0,
          recipe
              + " failed; it wants root and the packages that .ci/run installs: "
              + Files.readString(log));
    }
    return guest;
  }
}
