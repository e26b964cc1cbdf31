package dev.loganalyze.runner;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * A QEMU without a machine, run as a program: speaks QMP, and once it is told to go prints the file
 * that {@code -append replay=FILE} names, in pieces with pauses between them; then it is silent, or
 * with {@code then=REASON} switches itself off.
 */
final class FakeQemu {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int PIECE = 2000;

  private FakeQemu() {}

  /** A folder for {@code PATH} in which {@code qemu-system-x86_64} is this program. */
  static Path install(Path folder) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String script =
        String.format(
            "#!/bin/sh%nexec '%s' -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp '%s' %s \"$@\"%n",
            java, System.getProperty("java.class.path"), FakeQemu.class.getName());
    Path program = folder.resolve("qemu-system-x86_64");
    Files.writeString(program, script);
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    return folder;
  }

  public static void main(String[] args) throws Exception {
    List<String> arguments = List.of(args);
    if (arguments.contains("--version")) {
      System.out.println("QEMU emulator version 0 (no machine)");
      return;
    }
    String append = arguments.get(arguments.indexOf("-append") + 1);
    if (append.startsWith("refuse=")) {
      System.err.println("qemu-system-x86_64: " + append.substring("refuse=".length()));
      System.exit(1);
    }
    String socket = "";
    for (String argument : args) {
      if (argument.startsWith("socket,id=qmp,path=")) {
        socket = argument.substring("socket,id=qmp,path=".length());
      }
    }
    CountDownLatch go = new CountDownLatch(1);
    SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
    Writer out = Channels.newWriter(channel, StandardCharsets.UTF_8);
    Thread console = new Thread(() -> play(append, go, out));
    console.setDaemon(true);
    console.start();
    say(out, "{\"QMP\":{\"version\":{},\"capabilities\":[]}}");
    BufferedReader in = new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      JsonNode request = JSON.readTree(line);
      // An event between command and reply, as QEMU has them.
      say(out, "{\"event\":\"RTC_CHANGE\",\"data\":{\"offset\":0}}");
      String answer =
          request.path("arguments").path("command-line").asText().equals("info usernet")
              ? "\"  TCP[HOST_FORWARD]  13       127.0.0.1 40022       10.0.2.15    22     0     0\""
              : "{}";
      say(out, "{\"return\":" + answer + ",\"id\":" + request.path("id") + "}");
      switch (request.path("execute").asText()) {
        case "cont" -> go.countDown();
        case "quit" -> off(out, "host-qmp-quit");
        case "system_powerdown" -> off(out, "guest-shutdown");
        default -> {
          // Nothing follows.
        }
      }
    }
  }

  private static synchronized void say(Writer out, String message) throws IOException {
    out.write(message + "\r\n");
    out.flush();
  }

  private static void off(Writer out, String reason) throws IOException {
    say(out, "{\"event\":\"SHUTDOWN\",\"data\":{\"guest\":true,\"reason\":\"" + reason + "\"}}");
    System.exit(0);
  }

  private static void play(String append, CountDownLatch go, Writer out) {
    try {
      go.await();
      byte[] log = Files.readAllBytes(Path.of(append.replaceFirst(".*replay=(\\S+).*", "$1")));
      for (int at = 0; at < log.length; at += PIECE) {
        System.out.write(log, at, Math.min(PIECE, log.length - at));
        System.out.flush();
        Thread.sleep(2);
      }
      if (append.contains("then=")) {
        off(out, append.replaceFirst(".*then=(\\S+).*", "$1"));
      }
    } catch (IOException | InterruptedException e) {
      System.exit(3);
    }
  }
}
