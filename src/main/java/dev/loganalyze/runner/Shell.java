package dev.loganalyze.runner;

import dev.loganalyze.bytes.Text;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/**
 * A shell at the end of a console, asked so that nothing else on the console can be taken for its
 * answer: each answer comes compressed, in base64, between two marks that are typed in two pieces,
 * so that no echo is one. Works with bash, dash and the ash of busybox; the guest needs {@code
 * gzip} and {@code base64}.
 */
final class Shell {
  /**
   * No echoes, and after that no prompts or escape sequences, and nothing of this in a history.
   * Short lines, since readline breaks those that reach the edge of the terminal.
   */
  private static final List<String> SETUP =
      List.of(
          " stty -echo",
          " export TERM=dumb HISTFILE=; unset PROMPT_COMMAND",
          " PS1=; PS2=; bind 'set enable-bracketed-paste off' 2>/dev/null");

  /** A prompt that is not there by then is taken to be none that is known, in ms. */
  private static final long PROMPT_MILLIS = 3000;

  /**
   * A line of a canonical terminal has no more characters (N_TTY_BUF_SIZE, drivers/tty/n_tty.c).
   */
  private static final int MAX_LINE = 4000;

  private static final int ATTEMPTS = 3;

  private static final Pattern ESCAPES = Pattern.compile("\u001b\\[[0-?]*[ -/]*[@-~]");

  /** What the kernel and systemd print into a line; no base64 has a bracket. */
  private static final Pattern OTHERS =
      Pattern.compile(
          "\\[(?: *\\d+\\.\\d{6}|  OK  |FAILED|DEPEND| TIME | INFO | SKIP )\\] [^\\n]*\\n");

  private final Console console;
  private int number;

  Shell(Console console) {
    this.console = console;
  }

  /**
   * What a command said and how it ended.
   *
   * @param status its exit status
   * @param output standard output and standard error
   */
  record Result(int status, byte[] output) {
    String text() {
      return new String(output, StandardCharsets.UTF_8);
    }
  }

  /** Makes a shell that waits at its prompt quiet. */
  void quieten() {
    for (String line : SETUP) {
      console.forget();
      console.type(line + "\r");
      long limit = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PROMPT_MILLIS);
      // What is typed before the prompt is there, the terminal echoes.
      while (line.equals(SETUP.get(0)) && !console.mayBePrompt() && System.nanoTime() < limit) {
        console.look(50);
      }
    }
    console.forget();
  }

  /**
   * Runs a command in a shell of its own, with nothing to read. An answer that was spoilt is asked
   * for again.
   *
   * @param millis how long it may take
   * @throws RunnerException when no answer came in time, or none that can be read
   */
  Result run(String command, long millis) throws RunnerException {
    if (command.length() > MAX_LINE / 2) {
      throw new RunnerException(
          "the command `"
              + Text.ellipsized(command, 60)
              + "` is too long to be typed; put it into a script");
    }
    for (int attempt = 1; ; attempt++) {
      Result result = ask(command, millis);
      if (result != null) {
        return result;
      }
      if (attempt == ATTEMPTS) {
        throw new RunnerException(
            "the answer to `"
                + Text.ellipsized(command, 60)
                + "` came spoilt "
                + ATTEMPTS
                + " times; the guest needs gzip and base64, and a console that is not written to");
      }
    }
  }

  /** The answer; null when it was spoilt. */
  private Result ask(String command, long millis) throws RunnerException {
    String id =
        String.format(Locale.ROOT, "%05d", ++number)
            + Long.toString(System.nanoTime() & 0xffff, 36);
    String begin = "BEG" + id;
    String end = "END" + id + ":";
    console.listen();
    console.type(
        " printf '\\n%s%s\\n' BEG "
            + id
            + "; { r=$( { { ( "
            + command.replace('\n', '\r')
            + "\r) 2>&1 </dev/null 3>&- 4>&-; echo $? >&4; } | gzip -1 | base64 >&3; } 4>&1 ); } 3>&1;"
            + " printf '%s%s:%s\\n' END "
            + id
            + " $r\r");
    long limit = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    int looked = 0;
    while (System.nanoTime() < limit && !console.isOver()) {
      console.look(100);
      // The mark may lie across two looks.
      String news = console.answer(Math.max(0, looked - end.length()));
      looked += Math.max(0, news.length() - Math.min(looked, end.length()));
      if (news.contains(end)) {
        String said = console.answer(0);
        int from = said.indexOf(begin);
        int to = said.indexOf(end, Math.max(0, from));
        int line = to < 0 ? -1 : said.indexOf('\n', to);
        if (from >= 0 && line >= 0) {
          String status = said.substring(to + end.length(), line).strip();
          return result(said.substring(from + begin.length(), to), status);
        }
        looked = Math.max(0, looked - end.length());
      }
    }
    throw new RunnerException("`" + Text.ellipsized(command, 60) + "` did not answer");
  }

  private static Result result(String block, String status) {
    String plain = ESCAPES.matcher(block).replaceAll("");
    String base64 = OTHERS.matcher(plain).replaceAll("").replaceAll("[^A-Za-z0-9+/=]", "");
    try (GZIPInputStream in =
        new GZIPInputStream(new ByteArrayInputStream(Base64.getDecoder().decode(base64)))) {
      return new Result(Integer.parseInt(status), in.readAllBytes());
    } catch (IOException | IllegalArgumentException e) {
      return null;
    }
  }
}
