package dev.loganalyze.runner;

import dev.loganalyze.parse.Entries;
import dev.loganalyze.parse.LineParser;
import dev.loganalyze.parse.Shape;
import dev.loganalyze.pattern.Expression;
import dev.loganalyze.transcript.Transcript;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * A console as one who sits before it sees it: text without escape sequences, line by line, and
 * behind the last line what may be a prompt. One thread brings bytes, another looks and types.
 */
final class Console {
  /** Of a line that does not end, so much is looked at. */
  private static final int MAX_LINE = 4096;

  /** An answer may have so many bytes. */
  private static final int MAX_ANSWER = 1 << 26;

  private final OutputStream keyboard;

  // Shared with the thread that brings bytes.
  private byte[] arrived = new byte[1 << 16];
  private int size;
  private long lastArrival = System.nanoTime();
  private boolean ended;
  private String fault = "";
  private byte[] answer;
  private int answerSize;

  // What was seen of the lines that are over.
  private byte[] open = new byte[0];
  private final Expression goal;
  private String panic = "";
  private String trouble = "";
  private String reached = "";
  private String lastLine = "";
  private String refused = "";
  private String login = "";
  private boolean session;

  // What stands behind them.
  private Shape prompt = Shape.BLANK;
  private String promptText = "";

  /**
   * A console.
   *
   * @param keyboard what is written there is typed
   * @param goal a line that is looked for, or null
   */
  Console(OutputStream keyboard, Expression goal) {
    this.keyboard = keyboard;
    this.goal = goal;
  }

  // ---- for the thread that brings bytes ---------------------------------------------------------

  synchronized void arrived(byte[] bytes, int n, long nanos) {
    if (size + n > arrived.length) {
      arrived = Arrays.copyOf(arrived, Math.max(size + n, 2 * arrived.length));
    }
    System.arraycopy(bytes, 0, arrived, size, n);
    size += n;
    lastArrival = nanos;
    if (answer != null && answerSize + n <= MAX_ANSWER) {
      if (answerSize + n > answer.length) {
        answer = Arrays.copyOf(answer, Math.max(answerSize + n, 2 * answer.length));
      }
      System.arraycopy(bytes, 0, answer, answerSize, n);
      answerSize += n;
    }
    notifyAll();
  }

  synchronized void ended() {
    ended = true;
    notifyAll();
  }

  synchronized void broke(String why) {
    fault = String.valueOf(why);
  }

  // ---- for the one who looks --------------------------------------------------------------------

  /** Types {@code text}; what is typed at a machine that is off is lost. */
  void type(String text) {
    try {
      keyboard.write(text.getBytes(StandardCharsets.UTF_8));
      keyboard.flush();
    } catch (IOException e) {
      // The machine is off, which the next look shows.
    }
  }

  /** Looks at what came, after waiting for it no longer than {@code millis}. */
  void look(long millis) {
    byte[] news = news(millis);
    if (news.length > 0) {
      read(news);
    }
  }

  private synchronized byte[] news(long millis) {
    long limit = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    try {
      while (size == 0 && !ended && System.nanoTime() < limit) {
        wait(Math.max(1, TimeUnit.NANOSECONDS.toMillis(limit - System.nanoTime())));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    byte[] news = Arrays.copyOf(arrived, size);
    size = 0;
    return news;
  }

  /** From now on all bytes are kept, for {@link #answer}. */
  synchronized void listen() {
    answer = new byte[1 << 12];
    answerSize = 0;
  }

  /** The bytes since {@link #listen} but for the first {@code from}, each a character. */
  synchronized String answer(int from) {
    return new String(answer, from, answerSize - from, StandardCharsets.ISO_8859_1);
  }

  /** Ends all waits: nobody looks at what will come. */
  synchronized void abandon() {
    ended = true;
    notifyAll();
  }

  /** Whether nothing more will come. */
  synchronized boolean isOver() {
    return ended && size == 0;
  }

  /** Why the record of the console broke off; empty when it did not. */
  synchronized String fault() {
    return fault;
  }

  /** When the last byte came, in nanoseconds of {@link System#nanoTime}. */
  synchronized long lastArrival() {
    return lastArrival;
  }

  /** For how long nothing has come, in milliseconds. */
  long quiet() {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - lastArrival());
  }

  /** The kernel's panic, or empty. */
  String panic() {
    return panic;
  }

  /** The line that says that the boot went to a shell for repairs, or empty. */
  String trouble() {
    return trouble;
  }

  /** The line in which the goal was found, or empty. */
  String reached() {
    return reached;
  }

  /** The last line that is not blank, with what stands behind it. */
  String lastLine() {
    return promptText.isBlank() ? lastLine : promptText.strip();
  }

  /** The prompt at which somebody is asked to log in, with what was printed behind it; or empty. */
  String login() {
    return login;
  }

  /** Whether a session of the booted system began by itself, or a shell waits. */
  boolean hasSession() {
    return session || prompt == Shape.SHELL_PROMPT;
  }

  /** Whether such a prompt is the last thing on the screen. */
  boolean waitsAt(Shape shape) {
    return prompt == shape;
  }

  /** Whether something stands there that ends as prompts of shells do. */
  boolean mayBePrompt() {
    String text = promptText.stripTrailing();
    return !text.isEmpty() && "#$%>".indexOf(text.charAt(text.length() - 1)) >= 0;
  }

  /** What a log-in was answered with, where it was refused; empty else. */
  String refused() {
    return refused;
  }

  /** Forgets the prompts and refusals that were seen, before something is typed at them. */
  void forget() {
    login = "";
    session = false;
    refused = "";
    open = new byte[0];
    prompt = Shape.BLANK;
    promptText = "";
  }

  private void read(byte[] news) {
    byte[] all = Arrays.copyOf(open, open.length + news.length);
    System.arraycopy(news, 0, all, open.length, news.length);
    int end = all.length;
    while (end > 0 && all[end - 1] != '\n') {
      end--;
    }
    if (end > 0) {
      Entries lines = LineParser.parse(Transcript.console(Arrays.copyOf(all, end)));
      for (int i = 0; i < lines.size(); i++) {
        line(lines.shape(i), lines.get(i).text());
      }
    }
    open = Arrays.copyOfRange(all, Math.max(end, all.length - MAX_LINE), all.length);
    Entries rest = LineParser.parse(Transcript.console(open));
    int last = rest.size() - 1;
    prompt = last < 0 ? Shape.BLANK : rest.shape(last);
    promptText = last < 0 ? "" : rest.get(last).text();
    if (last >= 0) {
      line(rest.shape(last), promptText);
    }
  }

  private void line(Shape shape, String text) {
    if (!text.isBlank()) {
      lastLine = text.strip();
    }
    switch (shape) {
      case PANIC -> panic = panic.isEmpty() ? text.strip() : panic;
      case EMERGENCY, INITRD_PROMPT -> trouble = trouble.isEmpty() ? text.strip() : trouble;
      case LOGIN_PROMPT -> login = text.strip();
      case SESSION_OPENED -> session = true;
      default -> {
        if (text.contains("Login incorrect")) {
          refused = text.strip();
        }
      }
    }
    if (reached.isEmpty() && goal != null && goal.occursIn(text)) {
      reached = text.strip();
    }
  }
}
