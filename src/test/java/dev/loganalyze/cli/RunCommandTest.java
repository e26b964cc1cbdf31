package dev.loganalyze.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code loganalyze run} says before it starts anything. */
class RunCommandTest {
  @TempDir Path temp;

  private record Result(int status, String out, String err) {}

  private static Result run(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    String[] all = new String[arguments.length + 1];
    all[0] = "run";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    int status = Main.run(all, out, new PrintStream(err, true, StandardCharsets.UTF_8));
    return new Result(
        status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  @Test
  void aDryRunPrintsQemusCommandLineAndTouchesNothing() {
    Path into = temp.resolve("run");
    Result result =
        run(
            "--dry-run",
            "--arch",
            "riscv64",
            "--kernel",
            "no such kernel",
            "--append",
            "console=ttyS0",
            "--port",
            "2222",
            "--qemu-arg=-no-acpi",
            "--into",
            into.toString());
    assertEquals(0, result.status(), result.err());
    assertTrue(result.out().contains("qemu-system-riscv64 -machine virt -accel tcg"), result.out());
    assertTrue(
        result.out().contains("-kernel 'no such kernel' -append console=ttyS0"), result.out());
    assertTrue(result.out().contains("hostfwd=tcp:127.0.0.1:2222-:22"), result.out());
    assertTrue(result.out().endsWith(" -no-acpi\n"), result.out());
    assertTrue(!into.toFile().exists());
  }

  @Test
  void optionsThatDoNotGoTogetherAreOneSentence() {
    for (List<String> wrong :
        List.of(
            List.of("name an --iso, a --disk or a --kernel, or --build one"),
            List.of("--append needs a --kernel", "--iso", "a", "--append", "b"),
            List.of("--arch takes", "--iso", "a", "--arch", "m68k"),
            List.of("--floppy needs", "--iso", "a", "--floppy", "--arch", "aarch64"),
            List.of("--key-by build needs a --build", "--iso", "a", "--key-by", "build"),
            List.of("--keep-key needs --check-ssh", "--iso", "a", "--keep-key"),
            List.of("--jobs needs a port for each run", "--iso", "a", "--jobs", "2", "--port", "9"),
            List.of("--login, --command", "--iso", "a", "--login", "x", "--until", "off"),
            List.of("--until: ", "--iso", "a", "--until", "a(?=b)"),
            List.of(
                "Invalid value for option '--timeout': '-5' is no time",
                "--iso",
                "a",
                "--timeout",
                "-5"),
            List.of("the timeouts and", "--iso", "a", "--ssh-timeout", "0"),
            List.of("the timeouts and", "--iso", "a", "--timeout-factor", "NaN"),
            List.of("--accel takes auto, kvm or tcg", "--iso", "a", "--accel", "hvf"))) {
      Result result = run(wrong.subList(1, wrong.size()).toArray(String[]::new));
      assertEquals(2, result.status(), wrong.toString());
      assertTrue(result.err().startsWith("loganalyze: " + wrong.get(0)), result.err());
      assertEquals(1, result.err().lines().count(), result.err());
    }
  }

  @Test
  void anImageThatIsNotThereIsSaidBeforeAnythingIsStarted() {
    Result result = run("--iso", temp + "/no.iso", "--into", temp + "/run");
    assertEquals(2, result.status());
    assertTrue(
        result.err().contains("loganalyze: image: " + temp + "/no.iso does not exist; build it"),
        result.err());
    assertTrue(!temp.resolve("run").toFile().exists());
  }
}
