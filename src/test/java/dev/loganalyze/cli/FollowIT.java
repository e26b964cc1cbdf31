package dev.loganalyze.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code loganalyze follow} in a real process, on logs that are written meanwhile. */
class FollowIT {
  private static final Path FAILED_UNIT = Path.of("sample-logs/11-dependency-failed.log");
  private static final Path PANIC = Path.of("sample-logs/02-panic-wrong-root.log");

  @TempDir Path folder;
  private final List<Process> started = new ArrayList<>();

  @AfterEach
  void end() {
    started.forEach(Process::destroyForcibly);
  }

  /** A running program; what it prints goes to files. */
  private final class Following {
    private final Process process;
    private final Path out = folder.resolve("out");
    private final Path err = folder.resolve("err");

    Following(String... arguments) throws IOException {
      List<String> command = new ArrayList<>(List.of("./loganalyze", "follow"));
      command.addAll(List.of(arguments));
      process =
          new ProcessBuilder(command)
              .redirectOutput(out.toFile())
              .redirectError(err.toFile())
              .start();
      started.add(process);
    }

    String out() throws IOException {
      return Files.readString(out);
    }

    String err() throws IOException {
      return Files.readString(err);
    }

    void says(String words) throws Exception {
      waitFor(out, words);
    }

    void warns(String words) throws Exception {
      waitFor(err, words);
    }

    private void waitFor(Path file, String words) throws Exception {
      for (int i = 0; i < 600 && !Files.readString(file).contains(words); i++) {
        assertTrue(process.isAlive() || Files.readString(file).contains(words), this::both);
        Thread.sleep(50);
      }
      assertTrue(Files.readString(file).contains(words), this::both);
    }

    int status() throws Exception {
      assertTrue(process.waitFor(60, TimeUnit.SECONDS), this::both);
      return process.exitValue();
    }

    private String both() {
      try {
        return out() + "\n--\n" + err();
      } catch (IOException e) {
        return e.toString();
      }
    }
  }

  /** Lines {@code from} to {@code to} of a log, 1-based; the last without LF, as a prompt has. */
  private static byte[] lines(Path log, int from, int to) throws IOException {
    String all = Files.readString(log, StandardCharsets.ISO_8859_1);
    String[] lines = all.split("(?<=\n)");
    String some = String.join("", Arrays.copyOfRange(lines, from - 1, Math.min(to, lines.length)));
    return some.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static void append(Path file, byte[] bytes) throws IOException {
    Files.write(file, bytes, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  @Test
  void phasesAndFindingsComeAsTheyArePrintedAndTheVerdictAtTheLogin() throws Exception {
    Path log = folder.resolve("serial.log");
    Following follow = new Following("--until", "login", "--timeout", "60s", log.toString());
    follow.warns("it is not there yet; waiting for it");
    append(log, lines(FAILED_UNIT, 1, 400));
    follow.says("       4.6 s  userspace  line 326\n");
    assertFalse(follow.out().contains("error"), follow.out());
    append(log, lines(FAILED_UNIT, 401, 512));
    follow.says("error      rootcause.service failed (systemd.unit-failed, line");
    assertFalse(follow.out().contains("Root cause"), follow.out());
    append(log, lines(FAILED_UNIT, 513, 547));
    byte[] prompt = lines(FAILED_UNIT, 548, 548);
    append(log, Arrays.copyOf(prompt, prompt.length - 1));
    assertEquals(1, follow.status());
    assertTrue(follow.out().contains(log + ": DEGRADED, reached login"), follow.out());
    assertTrue(follow.out().contains("\n  Root cause: rootcause.service failed\n"), follow.out());
    String once = "error      middle.service was not started";
    assertEquals(follow.out().indexOf(once), follow.out().lastIndexOf(once));
  }

  @Test
  void aPlaceOnTheWayIsReachedWithoutAVerdict() throws Exception {
    Path log = folder.resolve("serial.log");
    append(log, lines(FAILED_UNIT, 1, 400));
    Following follow = new Following("--until", "userspace", log.toString());
    assertEquals(0, follow.status());
    assertTrue(follow.out().endsWith("userspace  line 326\n"), follow.out());
    assertEquals("", follow.err());
  }

  @Test
  void whatCannotComeAnyMoreIsNotWaitedFor() throws Exception {
    Following follow = new Following("--until", "login", PANIC.toString());
    assertEquals(1, follow.status());
    assertTrue(follow.out().contains(PANIC + ": FAILED, reached kernel"), follow.out());
  }

  @Test
  void theTimeoutIsUndecidedAndTellsWhatIsKnown() throws Exception {
    Path log = folder.resolve("serial.log");
    append(log, lines(FAILED_UNIT, 1, 400));
    Following follow = new Following("--until", "login", "--timeout", "3s", log.toString());
    assertEquals(3, follow.status());
    assertEquals("loganalyze: " + log + ": login was not reached within 3s\n", follow.err());
    assertTrue(follow.out().contains(log + ": INCOMPLETE, reached userspace"), follow.out());
  }

  @Test
  void aLogThatIsBegunAgainIsANewBoot() throws Exception {
    Path log = folder.resolve("serial.log");
    append(log, lines(FAILED_UNIT, 1, 520));
    Following follow = new Following("--until", "login", "--timeout", "60s", log.toString());
    follow.says("rootcause.service failed");
    // As QEMU does when the machine is started anew: the same file, from its beginning.
    Files.write(log, lines(Path.of("sample-logs/01-busybox-login.log"), 1, 400));
    follow.warns("it was begun again; forgetting what was before");
    assertEquals(0, follow.status());
    assertTrue(follow.out().contains(log + ": passed, reached shell"), follow.out());
  }

  @Test
  void aLogThatIsRotatedGoesOn() throws Exception {
    Path log = folder.resolve("serial.log");
    append(log, lines(FAILED_UNIT, 1, 400));
    Following follow = new Following("--until", "login", "--timeout", "60s", log.toString());
    follow.says("userspace  line 326");
    append(log, lines(FAILED_UNIT, 401, 450));
    Files.move(log, folder.resolve("serial.log.1"), StandardCopyOption.ATOMIC_MOVE);
    append(log, lines(FAILED_UNIT, 451, 548));
    assertEquals(1, follow.status());
    assertTrue(follow.err().contains("another file took its place"), follow.err());
    assertTrue(follow.out().contains("(systemd.unit-failed, line\n                         511)"));
  }

  @Test
  void anInterruptEndsItInOrder() throws Exception {
    Path log = folder.resolve("serial.log");
    append(log, lines(FAILED_UNIT, 1, 520));
    Following follow = new Following(log.toString());
    follow.says("rootcause.service failed");
    new ProcessBuilder("kill", "-INT", "" + follow.process.pid()).start().waitFor();
    assertEquals(1, follow.status());
    assertTrue(follow.out().contains("\n  Root cause: rootcause.service failed\n"), follow.out());
    assertEquals("", follow.err());
  }

  @Test
  void standardInputIsFollowedToItsEnd() throws Exception {
    Following follow = new Following("-");
    try (OutputStream in = follow.process.getOutputStream()) {
      in.write(lines(FAILED_UNIT, 1, 400));
      in.flush();
      follow.says("userspace  line 326");
      in.write(lines(FAILED_UNIT, 401, 520));
    }
    assertEquals(1, follow.status());
    assertTrue(follow.out().contains("-: FAILED, reached userspace"), follow.out());
  }

  @Test
  void aSerialDeviceIsReadAsItComes() throws Exception {
    // A pseudo terminal stands for /dev/ttyS0: python holds its other end.
    Path device = folder.resolve("ttyS0");
    Path go = folder.resolve("go");
    Process line =
        new ProcessBuilder(
                "python3",
                "-c",
                "import os, pty, sys, time, tty\n"
                    + "master, slave = pty.openpty(); tty.setraw(slave)\n"
                    + "os.symlink(os.ttyname(slave), sys.argv[1])\n"
                    + "data = open(sys.argv[2], 'rb').read()\n"
                    + "while not os.path.exists(sys.argv[3]): time.sleep(0.05)\n"
                    + "while data: data = data[os.write(master, data[:512]):]\n"
                    + "time.sleep(60)\n",
                device.toString(),
                FAILED_UNIT.toString(),
                go.toString())
            .start();
    started.add(line);
    for (int i = 0; i < 200 && !Files.exists(device); i++) {
      Thread.sleep(50);
    }
    Following follow = new Following("--until", "login", "--timeout", "60s", device.toString());
    Files.createFile(go);
    assertEquals(1, follow.status());
    assertTrue(follow.out().contains(device + ": DEGRADED, reached shell"), follow.out());
  }

  @Test
  void aReaderThatGoesAwayEndsItQuietly() throws Exception {
    Path log = folder.resolve("serial.log");
    append(log, lines(FAILED_UNIT, 1, 400));
    Path err = folder.resolve("pipe-err");
    Process pipe =
        new ProcessBuilder(
                "bash", "-c", "./loganalyze follow " + log + " 2>" + err + " | head -n 1")
            .start();
    started.add(pipe);
    assertTrue(pipe.inputReader().readLine().contains("kernel"));
    append(log, lines(FAILED_UNIT, 401, 512));
    Thread.sleep(1500);
    append(log, lines(FAILED_UNIT, 513, 520));
    assertTrue(pipe.waitFor(30, TimeUnit.SECONDS));
    assertEquals("", Files.readString(err));
  }

  @Test
  void wrongWordsAreOneSentence() throws Exception {
    Following place = new Following("--until", "heaven", "x.log");
    assertEquals(2, place.status());
    assertTrue(place.err().contains("--until takes firmware, bootloader, kernel"), place.err());
    Following time = new Following("--timeout", "soon", "x.log");
    assertEquals(2, time.status());
    assertTrue(time.err().contains("is no time; write 300s or 5min"), time.err());
    Following directory = new Following(folder.toString());
    assertEquals(2, directory.status());
    assertTrue(directory.err().contains("this is a folder"), directory.err());
  }
}
