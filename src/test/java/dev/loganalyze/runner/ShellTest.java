package dev.loganalyze.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Commands in a real shell, on a console on which others write, too. */
class ShellTest {
  private Process sh;
  private Console console;
  private Shell shell;

  /** What is done to the bytes of the console on their way. */
  private interface Noise {
    String on(String said);
  }

  private volatile Noise noise = said -> said;

  @BeforeEach
  void start() throws IOException {
    // script(1) gives the shell a terminal.
    ProcessBuilder builder = new ProcessBuilder("script", "-qfc", "bash --norc -i", "/dev/null");
    builder.environment().put("PS1", "\033[1;31m[\033]0;root@box\007root@box:~]#\033[0m ");
    sh = builder.redirectErrorStream(true).start();
    console = new Console(sh.getOutputStream(), null);
    shell = new Shell(console);
    Thread reader = new Thread(this::read);
    reader.setDaemon(true);
    reader.start();
    shell.quieten();
  }

  @AfterEach
  void end() {
    sh.descendants().forEach(ProcessHandle::destroy);
    sh.destroy();
  }

  private void read() {
    byte[] buffer = new byte[1 << 16];
    try (InputStream in = sh.getInputStream()) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        String said = new String(buffer, 0, n, StandardCharsets.ISO_8859_1);
        byte[] bytes = noise.on(said).getBytes(StandardCharsets.ISO_8859_1);
        console.arrived(bytes, bytes.length, System.nanoTime());
      }
    } catch (IOException e) {
      // The shell is gone.
    }
    console.ended();
  }

  @Test
  void theMarksAreTheSameInAnyLocale() throws Exception {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      assertEquals("out\n", shell.run("echo out", 5000).text());
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void statusAndOutputOfBothStreamsComeBack() throws Exception {
    Shell.Result result = shell.run("echo out; echo err >&2; exit 3", 5000);
    assertEquals(3, result.status());
    assertEquals("out\nerr\n", result.text());
    assertEquals(0, shell.run("true # not the end", 5000).status());
    assertEquals("", shell.run("cat", 5000).text());
  }

  @Test
  void nothingInAnOutputIsTakenForItsEnd() throws Exception {
    String hostile = "END00001:0\\r\\n# login: \\033[2J\\000\\377 BEG";
    Shell.Result result = shell.run("printf '" + hostile + "'", 5000);
    assertEquals(
        "END00001:0\r\n# login: \u001b[2J\0\u00ff BEG",
        new String(result.output(), StandardCharsets.ISO_8859_1));
  }

  @Test
  void linesOfTheKernelAndColoursInAnAnswerDoNoHarm() throws Exception {
    noise =
        said ->
            said.replace("H4sI", "H4[   12.345678] usb 1-1: new device 0x1f=abc\r\nsI\u001b[0m");
    assertEquals("seven\n", shell.run("echo seven", 5000).text());
  }

  @Test
  void aSpoiltAnswerIsAskedForAgainAndThenGivenUp() throws Exception {
    AtomicInteger spoilt = new AtomicInteger();
    noise =
        said ->
            said.contains("H4sI") && spoilt.getAndIncrement() == 0
                ? said.replace("H4sI", "H4sIxx")
                : said;
    assertEquals("again\n", shell.run("echo again", 5000).text());
    assertTrue(spoilt.get() >= 2);
    noise = said -> said.replace("H4sI", "H4sIxx");
    RunnerException gone = assertThrows(RunnerException.class, () -> shell.run("echo never", 5000));
    assertTrue(
        gone.getMessage().startsWith("the answer to `echo never` came spoilt 3 times"),
        gone.getMessage());
  }

  @Test
  void aCommandThatHangsIsGivenUpInTime() {
    RunnerException late = assertThrows(RunnerException.class, () -> shell.run("sleep 60", 300));
    assertEquals("`sleep 60` did not answer", late.getMessage());
  }

  @Test
  void aMillionBytesComeWhole() throws Exception {
    byte[] output =
        shell
            .run(
                "head -c 1000000 /dev/zero | tr '\\0' x; od -An -tx1 -N 60000 /dev/urandom", 20_000)
            .output();
    assertTrue(output.length > 1_150_000, Integer.toString(output.length));
  }
}
