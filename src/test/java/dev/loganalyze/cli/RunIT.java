package dev.loganalyze.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code loganalyze run} with the real QEMU and real guests. */
class RunIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path temp;
  private Path folder;

  @BeforeEach
  void nameTheRunFolder() {
    folder = temp.resolve("runs/vm-run");
  }

  record Result(int status, String out, String err) {}

  // ---- starting it ------------------------------------------------------------------------------

  private Process start(String path, List<String> arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-jar",
                System.getProperty("loganalyze.jar")));
    command.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(temp.toFile())
            .redirectOutput(temp.resolve("out").toFile())
            .redirectError(temp.resolve("err").toFile());
    builder.environment().put("PATH", path);
    builder.environment().remove("COLUMNS");
    return builder.start();
  }

  private Result loganalyze(String... arguments) throws Exception {
    return loganalyze(System.getenv("PATH"), List.of(arguments));
  }

  private Result loganalyze(String path, List<String> arguments) throws Exception {
    Process process = start(path, arguments);
    assertTrue(process.waitFor(150, TimeUnit.SECONDS), arguments.toString());
    return new Result(
        process.exitValue(),
        Files.readString(temp.resolve("out")),
        Files.readString(temp.resolve("err")));
  }

  /** Arguments for the tiny guest, recorded in {@link #folder}. */
  private List<String> tiny(String append, String... more) throws Exception {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "run",
                "--into",
                folder.toString(),
                "--accel",
                "tcg",
                "--cpus",
                "1",
                "--memory",
                "384",
                "--timeout-factor",
                "2",
                "--kernel",
                Guests.cloud().resolve("vmlinuz").toString(),
                "--append",
                "console=ttyS0 panic=1 " + append));
    if (!append.contains("root=")) {
      arguments.addAll(List.of("--initrd", Guests.tiny().resolve("initrd").toString()));
    }
    arguments.addAll(Arrays.asList(more));
    return arguments;
  }

  private Result run(List<String> arguments) throws Exception {
    return loganalyze(System.getenv("PATH"), arguments);
  }

  // ---- reading what it left ---------------------------------------------------------------------

  private JsonNode metadata() throws IOException {
    return JSON.readTree(folder.resolve("metadata.json").toFile());
  }

  private String harness() throws IOException {
    return Files.readString(folder.resolve("harness.log"));
  }

  /** The run folder as {@code loganalyze} reads it: one run. */
  private JsonNode reread() throws Exception {
    Result again = loganalyze("--format", "json", folder.toString());
    JsonNode runs = JSON.readTree(again.out()).path("runs");
    assertEquals(1, runs.size(), again.out() + again.err());
    return runs.get(0);
  }

  private static JsonNode finding(JsonNode run, String rule) {
    for (JsonNode finding : run.path("findings")) {
      if (finding.path("rule").asText().equals(rule)) {
        return finding;
      }
    }
    return JSON.missingNode();
  }

  private static String rootCause(JsonNode run) {
    for (JsonNode finding : run.path("findings")) {
      if (finding.path("id").equals(run.path("rootCauses").path(0))) {
        return finding.path("rule").asText();
      }
    }
    return "";
  }

  /** QEMUs whose command line has this folder's guest in it. */
  private static List<ProcessHandle> descendants(Process process) {
    return process.descendants().toList();
  }

  private static void awaitEnd(List<ProcessHandle> processes, long millis) throws Exception {
    long limit = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    while (processes.stream().anyMatch(ProcessHandle::isAlive)) {
      assertTrue(System.nanoTime() < limit, "still there: " + processes);
      Thread.sleep(50);
    }
  }

  /** Waits until the machine has printed something of its kernel. */
  private void awaitBoot(Process process) throws Exception {
    Path log = folder.resolve("serial.log");
    long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!Files.exists(log) || Files.size(log) < 4000) {
      assertTrue(process.isAlive() && System.nanoTime() < limit, "no boot began");
      Thread.sleep(20);
    }
  }

  private record Chunk(double seconds, long offset, long length) {}

  private List<Chunk> chunks() throws IOException {
    List<Chunk> chunks = new ArrayList<>();
    for (String line : Files.readAllLines(folder.resolve("serial.chunks"))) {
      if (!line.startsWith("#")) {
        String[] cells = line.split("\t", -1);
        chunks.add(
            new Chunk(
                Double.parseDouble(cells[0]), Long.parseLong(cells[1]), Long.parseLong(cells[2])));
      }
    }
    return chunks;
  }

  /** Chunks tile the log, and their times never go back. */
  private List<Chunk> soundChunks() throws IOException {
    List<Chunk> chunks = chunks();
    long offset = 0;
    double before = 0;
    for (Chunk chunk : chunks) {
      assertEquals(offset, chunk.offset());
      assertTrue(chunk.seconds() >= before, chunk.toString());
      offset += chunk.length();
      before = chunk.seconds();
    }
    assertEquals(Files.size(folder.resolve("serial.log")), offset);
    return chunks;
  }

  // ---- the tests --------------------------------------------------------------------------------

  @Test
  void bootsToLoginChecksTheKeyRunsACommandAndSwitchesOff() throws Exception {
    Result result =
        run(
            tiny(
                "",
                "--login",
                "root:root",
                "--check-ssh",
                "--command",
                "uname -n; id -u",
                "--collect",
                "/etc/issue"));
    assertEquals(0, result.status(), result.out() + result.err());
    assertTrue(result.out().contains("passed, reached shell"), result.out());
    assertTrue(result.err().startsWith("loganalyze: done: a login prompt came"), result.err());
    assertTrue(harness().contains("QEMU ended with status 0, guest-shutdown"), harness());
    assertEquals(
        "tiny\n0\n", Files.readString(folder.resolve("diagnostics/01-command-uname-n-id-u.txt")));
    JsonNode metadata = metadata();
    JsonNode times = metadata.path("timings");
    double login = times.path("boot_to_login_seconds").asDouble();
    double ssh = times.path("boot_to_ssh_seconds").asDouble();
    assertTrue(
        0 < login && login < ssh && ssh < times.path("total_seconds").asDouble(), times.toString());
    assertEquals("passed", metadata.path("outcome").asText());

    JsonNode key = metadata.path("key");
    for (String step :
        List.of("made", "typed_at_console", "verified", "other_key_refused", "destroyed")) {
      assertTrue(key.path(step).asText().startsWith("20"), key.toString());
    }
    assertTrue(
        key.path("fingerprint")
            .asText()
            .matches("256 SHA256:\\S{43} loganalyze-\\d+ \\(ED25519\\)"));
    try (Stream<Path> files = Files.walk(folder)) {
      assertFalse(
          files.anyMatch(f -> f.getFileName().toString().startsWith("id_ed25519")),
          "a key is left");
    }

    JsonNode run = reread();
    assertEquals("passed", run.path("verdict").asText());
    assertEquals("shell", run.path("boots").path(0).path("reached").asText());
    assertEquals("poweroff", run.path("boots").path(0).path("ended").asText());
    assertEquals(
        key.path("fingerprint").asText(), run.path("values").path("rootKeyFingerprint").asText());
    soundChunks();
    String ledger = Files.readString(folder.resolveSibling("vm-run-ledger.jsonl"));
    assertEquals(1, ledger.lines().count());
    assertEquals(times, JSON.readTree(ledger).path("timings"));
    assertTrue(Files.readString(folder.resolve("report.html")).contains("passed"));
    assertTrue(Files.readString(folder.resolve("note.md")).startsWith("#"));
  }

  @Test
  void aKeyThatTheBuildPutsIntoTheImageReachesRoot() throws Exception {
    Path image = temp.resolve("image with key.raw");
    String build =
        "cat \"$PRE_NIXOS_ROOT_KEY\" >'"
            + image
            + "' && truncate -s 1M '"
            + image
            + "' && echo built && echo '"
            + image
            + "'";
    Result result = run(tiny("", "--check-ssh", "--build", build, "--keep-key"));
    assertEquals(0, result.status(), result.out() + result.err());
    JsonNode key = metadata().path("key");
    assertTrue(
        key.has("given_to_build") && key.has("verified") && key.has("other_key_refused"),
        key.toString());
    assertTrue(metadata().path("timings").has("build_seconds"));
    assertEquals(
        "rw-------",
        java.nio.file.attribute.PosixFilePermissions.toString(
            Files.getPosixFilePermissions(folder.resolve("id_ed25519"))));
    assertTrue(
        Files.readString(image, StandardCharsets.ISO_8859_1)
            .startsWith(metadata().path("public_key").asText()));
  }

  @Test
  void aWrongRootIsAPanic() throws Exception {
    Result result = run(tiny("root=/dev/vdz9"));
    assertEquals(1, result.status(), result.out() + result.err());
    assertTrue(result.err().startsWith("loganalyze: stopped: the kernel panicked: "), result.err());
    JsonNode run = reread();
    assertEquals("kernel.panic", finding(run, "kernel.panic").path("rule").asText());
    assertEquals("storage.root-device-missing", rootCause(run));
    assertEquals("panic", metadata().path("run").path("stopped").asText());
  }

  @Test
  void aMissingInitIsNamed() throws Exception {
    List<String> arguments = tiny("");
    arguments.set(
        arguments.indexOf("--initrd") + 1, Guests.tiny().resolve("no-init.initrd").toString());
    Result result = run(arguments);
    assertEquals(1, result.status(), result.out() + result.err());
    assertEquals("kernel.init-missing", rootCause(reread()));
  }

  @Test
  void aGuestThatHangsIsStoppedAtItsDeadlineAndTheStallIsNamed() throws Exception {
    Result result = run(tiny("guest=hang", "--login-timeout", "8", "--stall-timeout", "30"));
    assertEquals(1, result.status(), result.out() + result.err());
    assertTrue(
        result
            .err()
            .matches(
                "(?s)loganalyze: stopped: the time was up: after \\d+(\\.\\d)? s the last line was 'init: waiting for the disk array'.*"),
        result.err());
    JsonNode run = reread();
    assertEquals("failed", run.path("verdict").asText());
    JsonNode timeout = finding(run, "harness.timeout");
    assertTrue(
        timeout.path("evidence").toString().contains("init: waiting for the disk array"),
        run.toString());
  }

  @Test
  void aBurstOf4000LinesIsRecordedByteForByte() throws Exception {
    Result result = run(tiny("guest=burst", "--until", "off"));
    assertEquals(0, result.status(), result.out() + result.err());
    String log = Files.readString(folder.resolve("serial.log"), StandardCharsets.ISO_8859_1);
    StringBuilder burst = new StringBuilder("burst begins\r\n");
    for (int i = 0; i < 4000; i++) {
      burst.append("line ").append(i).append(" abcdefghijklmnopqrstuvwxyz0123456789\r\n");
    }
    burst.append("burst ends\r\n");
    assertTrue(log.contains(burst), "the burst is not there byte for byte");
    soundChunks();
  }

  @Test
  void chunkTimesAreThoseOfTheGuestsClock() throws Exception {
    Result result = run(tiny("guest=ticks", "--until", "off"));
    assertEquals(0, result.status(), result.out() + result.err());
    byte[] log = Files.readAllBytes(folder.resolve("serial.log"));
    String text = new String(log, StandardCharsets.ISO_8859_1);
    List<Double> offsets = new ArrayList<>();
    List<Chunk> chunks = soundChunks();
    for (int at = text.indexOf("\ntick ", 0); at >= 0; at = text.indexOf("\ntick ", at + 1)) {
      double guest = Double.parseDouble(text.substring(at + 6, text.indexOf('\r', at + 1)));
      int byteAt = at + 1;
      Chunk chunk =
          chunks.stream()
              .filter(c -> c.offset() <= byteAt && byteAt < c.offset() + c.length())
              .findFirst()
              .orElseThrow();
      offsets.add(chunk.seconds() - guest);
    }
    assertEquals(40, offsets.size());
    offsets.sort(null);
    double median = offsets.get(20);
    long near = offsets.stream().filter(o -> Math.abs(o - median) <= 0.020).count();
    // The guest's clock ticks every 10 ms, and a busy host may hold any one write up.
    assertTrue(near >= 36, offsets.toString());
  }

  @Test
  void anExpressionCanBeTheGoal() throws Exception {
    Result result =
        run(
            tiny(
                "",
                "--until",
                "Linux version 6",
                "--repeat",
                "2",
                "--jobs",
                "2",
                "--label",
                "cloud"));
    assertEquals(0, result.status(), result.out() + result.err());
    assertTrue(result.err().contains("done: the goal was reached: "), result.err());
    assertTrue(result.err().contains("time of 2 runs"), result.err());
    assertTrue(
        Files.exists(folder.resolve("01/serial.log"))
            && Files.exists(folder.resolve("02/serial.log")));
    assertEquals(2, Files.readString(folder.resolve("vm-run-ledger.jsonl")).lines().count());
    Result history = loganalyze("history", "list");
    assertEquals(2, history.out().lines().filter(l -> l.contains("cloud")).count(), history.out());
  }

  @Test
  void aLockedImageIsSaidAndLeavesARecord() throws Exception {
    Path image = temp.resolve("disk.raw");
    Files.write(image, new byte[1 << 20]);
    Process other =
        new ProcessBuilder(
                "qemu-system-x86_64",
                "-accel",
                "tcg",
                "-display",
                "none",
                "-nodefaults",
                "-S",
                "-monitor",
                "stdio",
                "-drive",
                "format=raw,if=virtio,file=" + image)
            .redirectErrorStream(true)
            .start();
    try {
      // Its monitor's greeting comes when the image is open.
      assertTrue(other.getInputStream().read() >= 0);
      other.getInputStream().readNBytes(20);
      Result result = run(tiny("", "--disk", image.toString()));
      assertEquals(2, result.status(), result.out() + result.err());
      assertTrue(result.err().contains("Failed to get shared \"write\" lock"), result.err());
      assertEquals("qemu.image-locked", rootCause(reread()));
      assertEquals(
          125, run(withNewFolder(tiny("", "--disk", image.toString(), "--bisect"))).status());
    } finally {
      other.destroy();
      other.waitFor();
    }
  }

  private List<String> withNewFolder(List<String> arguments) {
    List<String> changed = new ArrayList<>(arguments);
    changed.set(changed.indexOf("--into") + 1, temp.resolve("another").toString());
    return changed;
  }

  @Test
  void aPortThatIsTakenIsSaidBeforeAnythingIsStarted() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Result result = run(tiny("", "--port", Integer.toString(taken.getLocalPort())));
      assertEquals(2, result.status());
      assertTrue(
          result
              .err()
              .startsWith(
                  "loganalyze: port: 127.0.0.1:"
                      + taken.getLocalPort()
                      + " is taken; see who has it"),
          result.err());
      assertFalse(Files.exists(folder));
    }
  }

  @Test
  void aFolderThatIsInUseIsSaidInOneSentence() throws Exception {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("note.md"), "mine");
    Result result = loganalyze(System.getenv("PATH"), tiny(""));
    assertEquals(2, result.status(), result.err());
    assertEquals(
        "loganalyze: "
            + folder
            + ": this folder is not empty, and a run is written into one of its own; name another"
            + " with --into\n",
        result.err());
  }

  @Test
  void withoutQemuItNamesThePackage() throws Exception {
    Result result = loganalyze(temp.toString(), tiny(""));
    assertEquals(2, result.status());
    assertEquals(
        "loganalyze: QEMU: qemu-system-x86_64 is missing; apt-get install -y qemu-system-x86; loganalyze doctor tells more\n",
        result.err());
    Result doctor = loganalyze(temp.toString(), List.of("doctor", "--format", "json"));
    assertEquals(1, doctor.status());
    assertFalse(JSON.readTree(doctor.out()).path("ready").asBoolean(true));
  }

  @Test
  void aRunnerThatIsKilledLeavesNoQemuAndARecordThatSaysSo() throws Exception {
    Process process = start(System.getenv("PATH"), tiny(""));
    awaitBoot(process);
    List<ProcessHandle> qemu = descendants(process);
    assertFalse(qemu.isEmpty());
    process.destroyForcibly().waitFor();
    awaitEnd(qemu, 5000);
    assertEquals("running", metadata().path("run").path("state").asText());
    JsonNode run = reread();
    assertEquals("incomplete", run.path("verdict").asText());
    assertEquals("cut-off", run.path("boots").path(0).path("ended").asText());
    Result text = loganalyze(folder.toString());
    assertEquals(3, text.status());
    assertTrue(text.out().contains("INCOMPLETE, reached kernel; the log"), text.out());
    assertTrue(text.err().contains("the log stops before the boot came to an end"), text.err());
  }

  @Test
  void anInterruptedRunStopsItsMachineAndFinishesItsRecord() throws Exception {
    Process process = start(System.getenv("PATH"), tiny(""));
    awaitBoot(process);
    List<ProcessHandle> qemu = descendants(process);
    new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
    assertTrue(process.waitFor(20, TimeUnit.SECONDS));
    assertEquals(130, process.exitValue());
    awaitEnd(qemu, 1000);
    assertEquals("over", metadata().path("run").path("state").asText());
    assertEquals("interrupted", metadata().path("run").path("stopped").asText());
    assertTrue(harness().contains("QEMU ended with status 0, host-qmp-quit"), harness());
    assertEquals("error", metadata().path("outcome").asText());
    soundChunks();
  }

  /** Arguments for the guest with systemd. */
  private List<String> systemd(Path kernel, String append, String... more) throws Exception {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "run",
                "--into",
                folder.toString(),
                "--cpus",
                "1",
                "--memory",
                "768",
                "--timeout-factor",
                "2",
                "--kernel",
                kernel.resolve("vmlinuz").toString(),
                "--initrd",
                Guests.systemd().resolve("initrd").toString(),
                "--append",
                "console=ttyS0 panic=1 " + append));
    arguments.addAll(Arrays.asList(more));
    return arguments;
  }

  @Test
  void aFailingUnitIsFoundWithItsJournalAndTheKeyComesAsACredential() throws Exception {
    Result result =
        run(
            systemd(
                Guests.cloud(),
                "systemd.wants=labfail.service",
                "--login",
                "op:op",
                "--collect",
                "labfail.service",
                "--check-ssh",
                "--key-by",
                "credential"));
    assertEquals(1, result.status(), result.out() + result.err());
    JsonNode run = reread();
    assertEquals("degraded", run.path("verdict").asText());
    JsonNode failed = finding(run, "systemd.unit-failed");
    assertEquals("labfail.service", failed.path("subject").asText(), run.toString());
    assertTrue(
        Files.readString(folder.resolve("journal/boot.export"), StandardCharsets.ISO_8859_1)
            .contains("MESSAGE=mdadm: cannot open device /dev/nvme9n1"),
        "the unit's journal is missing");
    assertTrue(
        run.path("findings").toString().contains("nvme9n1"), run.path("findings").toString());
    assertTrue(harness().contains("Successfully escalated privileges with sudo"), harness());
    JsonNode key = metadata().path("key");
    assertTrue(
        key.has("given_as_credential") && key.has("verified") && key.has("other_key_refused"),
        key.toString());
    try (Stream<Path> kept = Files.list(folder.resolve("diagnostics"))) {
      assertTrue(
          kept.anyMatch(f -> f.getFileName().toString().contains("systemctl-status-labfail")));
    }
    assertTrue(harness().contains("guest-shutdown"), harness());
  }

  @Test
  void theProvisioningThatFailsOnAnEmptyFloppyDriveIsDiagnosedByOneCommand() throws Exception {
    Result result =
        run(
            systemd(
                Guests.standard(),
                "systemd.wants=pre-nixos.service",
                "--floppy",
                "--extra-disk",
                "1G",
                "--login",
                "root:root",
                "--collect",
                "pre-nixos.service",
                "--collect",
                "/run/pre-nixos/storage-status"));
    assertNotEquals(0, result.status(), result.out() + result.err());
    JsonNode run = reread();
    assertEquals("storage.floppy-probe", rootCause(run), result.out());
    assertFalse(finding(run, "pre-nixos.storage-detection-error").isMissingNode(), result.out());
    assertFalse(finding(run, "console.ansi-prompt").isMissingNode(), result.out());
    assertTrue(
        result.out().contains("Root cause: Probing the floppy drive fd0 failed"), result.out());
  }
}
