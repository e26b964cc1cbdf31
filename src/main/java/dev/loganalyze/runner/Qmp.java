package dev.loganalyze.runner;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The QEMU Machine Protocol, one JSON object a line (qemu:docs/interop/qmp-spec). This side
 * listens, since QEMU connects before it does anything else: no polling for a socket that may not
 * come.
 *
 * <p>Events may come between a command and its reply. All that is said is kept, as JSON lines
 * {@code {"seconds": since the start, "sent" | "received": …}}.
 */
final class Qmp implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ServerSocketChannel server;
  private final OutputStream record;
  private final long start = System.nanoTime();
  private final Map<Long, JsonNode> replies = new HashMap<>();
  private final List<JsonNode> events = new ArrayList<>();
  private SocketChannel channel;
  private OutputStream out;
  private boolean greeted;
  private boolean ended;
  private long lastId;

  /**
   * Listens.
   *
   * @param socket where; nobody but this user may reach its folder
   * @param record gets what is said
   */
  Qmp(Path socket, OutputStream record) throws IOException {
    this.record = record;
    this.server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(socket));
    Thread reader = new Thread(this::read, "qmp");
    reader.setDaemon(true);
    reader.start();
  }

  /** Waits for QEMU to connect, and begins the session; false when it does not within the limit. */
  boolean connect(long millis) throws IOException {
    if (!await(() -> greeted, millis)) {
      return false;
    }
    return !execute("qmp_capabilities", Map.of(), millis).isMissingNode();
  }

  /**
   * Carries out a command.
   *
   * @return what it returned; a missing node when it failed, QEMU is gone or said nothing in time
   */
  JsonNode execute(String command, Map<String, ?> arguments, long millis) {
    long id;
    synchronized (this) {
      id = ++lastId;
      ObjectNode request = JSON.createObjectNode().put("execute", command).put("id", id);
      if (!arguments.isEmpty()) {
        request.set("arguments", JSON.valueToTree(arguments));
      }
      try {
        note("sent", request);
        out.write((request + "\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
      } catch (IOException e) {
        return JSON.missingNode();
      }
    }
    await(() -> replies.containsKey(id), millis);
    synchronized (this) {
      JsonNode reply = replies.get(id);
      return reply == null ? JSON.missingNode() : reply.path("return");
    }
  }

  /** Waits until QEMU has closed the session, which tells that all its events were read. */
  void awaitEnd(long millis) {
    await(() -> ended || channel == null, millis);
  }

  /** The data of the last event of this name; a missing node when there was none. */
  synchronized JsonNode event(String name) {
    for (int i = events.size() - 1; i >= 0; i--) {
      if (events.get(i).path("event").asText().equals(name)) {
        return events.get(i).path("data");
      }
    }
    return JSON.missingNode();
  }

  /** Ends the session, and the wait for one. */
  @Override
  public void close() {
    try {
      server.close();
      synchronized (this) {
        if (channel != null) {
          channel.close();
        }
      }
    } catch (IOException e) {
      // It is closed as far as it can be.
    }
  }

  private void read() {
    try {
      SocketChannel accepted = server.accept();
      synchronized (this) {
        channel = accepted;
        out = Channels.newOutputStream(accepted);
      }
      BufferedReader in = new BufferedReader(Channels.newReader(accepted, StandardCharsets.UTF_8));
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        take(JSON.readTree(line));
      }
    } catch (JsonProcessingException e) {
      // What speaks so is no QEMU.
    } catch (IOException e) {
      // QEMU is gone.
    }
    synchronized (this) {
      ended = true;
      notifyAll();
    }
  }

  private synchronized void take(JsonNode message) throws IOException {
    note("received", message);
    if (message.has("QMP")) {
      greeted = true;
    } else if (message.has("event")) {
      events.add(message);
    } else if (message.has("id")) {
      replies.put(message.path("id").asLong(), message);
    }
    notifyAll();
  }

  private void note(String how, JsonNode message) throws IOException {
    double seconds = (System.nanoTime() - start) / 1e9;
    String line =
        String.format(Locale.ROOT, "{\"seconds\":%.6f,\"%s\":%s}%n", seconds, how, message);
    record.write(line.getBytes(StandardCharsets.UTF_8));
    record.flush();
  }

  private interface Question {
    boolean isSo();
  }

  /** Whether {@code question} is answered with yes in time, asked whenever something was said. */
  private synchronized boolean await(Question question, long millis) {
    long limit = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    while (!question.isSo()) {
      long left = TimeUnit.NANOSECONDS.toMillis(limit - System.nanoTime());
      if (left <= 0 || ended) {
        return false;
      }
      try {
        wait(left);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
    return true;
  }
}
