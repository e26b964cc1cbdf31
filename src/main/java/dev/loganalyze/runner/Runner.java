package dev.loganalyze.runner;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.loganalyze.parse.Shape;
import dev.loganalyze.runner.Stop.Why;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One run: starts the machine, waits, does what is to be done inside, stops the machine. */
public final class Runner {
  /** A prompt is one when nothing follows it for so long. */
  private static final long QUIET_MILLIS = 300;

  /**
   * After a panic, or at a shell for repairs, what is still to come comes within so much silence.
   */
  private static final long LAST_WORDS_MILLIS = 1500;

  private static final long QMP_MILLIS = 10_000;

  /** The status of a command that is not there (POSIX.1, Shell Command Language, 2.8.2). */
  private static final int NOT_FOUND = 127;

  /** A machine that goes down is not silent for so long: systemd tells what it waits for. */
  private static final double BUTTON_SECONDS = 5;

  private static final Pattern FORWARD =
      Pattern.compile("TCP\\[HOST_FORWARD\\] +\\d+ +127\\.0\\.0\\.1 +(\\d+)");

  /** When the last run of this process began. */
  private static Instant last = Instant.EPOCH;

  private final Host host;
  private final Plan plan;
  private final RunFolder folder;
  private final String tool;
  private final CountDownLatch over = new CountDownLatch(1);
  private final Instant started = startOfRun();
  private final long startNanos = System.nanoTime();

  private volatile boolean interrupted;
  private Machine machine;
  private Qemu qemu;
  private Qmp qmp;
  private Recorder recorder;
  private volatile Console console;
  private Shell shell;
  private SshKey key;
  private long powerOn;
  private int port;
  private String awaited = "";

  /** What went wrong inside, in the order in which it did. */
  private final List<String> faults = new ArrayList<>();

  /**
   * A run that is yet to be made.
   *
   * @param folder gets its record
   * @param tool the name and version of this program
   */
  public Runner(Host host, Plan plan, RunFolder folder, String tool) {
    this.host = host;
    this.plan = plan;
    this.folder = folder;
    this.tool = tool;
    this.machine = plan.machine();
  }

  /**
   * How a run went.
   *
   * @param stop why the machine was stopped
   * @param faults what was asked for inside and did not succeed, a sentence each
   */
  public record Outcome(Stop stop, List<String> faults) {
    /** Whether all went as it was to go. */
    public boolean passed() {
      return stop.isWanted() && faults.isEmpty();
    }
  }

  /** Asks the run to stop in an orderly way, and waits until it has, for at most {@code millis}. */
  public void interrupt(long millis) {
    interrupted = true;
    Console there = console;
    if (there != null) {
      there.abandon();
    }
    try {
      over.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Makes the run. Its machine is off and its temporary files are gone when this returns or throws.
   *
   * @throws RunnerException when the machine could not be started
   * @throws IOException when the record cannot be written
   */
  public Outcome run() throws RunnerException, IOException {
    Outcome outcome = null;
    String failure = "";
    try {
      begin();
      build();
      start();
      outcome = new Outcome(drive(), List.copyOf(faults));
      failure = outcome.stop().isWanted() ? String.join("; ", faults) : outcome.stop().sentence();
      return outcome;
    } catch (RunnerException e) {
      failure = e.getMessage();
      folder.say("Gave up: " + failure);
      throw e;
    } finally {
      try {
        end(outcome, failure);
      } finally {
        over.countDown();
      }
    }
  }

  // ---- before the machine runs ------------------------------------------------------------------

  private void begin() throws IOException {
    folder.say(tool + " runs " + (machine.image() == null ? "a machine" : machine.image()));
    ObjectNode metadata = folder.metadata();
    metadata.putObject("harness").put("name", tool);
    metadata.putObject("logs").put("harness", "harness.log").put("serial", "serial.log");
    metadata.putObject("run").put("goal", goal()).put("state", "running");
    Limits limits = plan.limits();
    metadata
        .putObject("timeouts")
        .put("login_seconds", limits.millis(limits.login()) / 1000.0)
        .put("spawn_seconds", limits.millis(limits.run()) / 1000.0)
        .put("stall_seconds", limits.millis(limits.stall()) / 1000.0);
    metadata.putObject("timings").put("start", RunFolder.time(started));
    if (plan.checkSsh()) {
      key = SshKey.make("loganalyze-" + started.getEpochSecond());
      metadata.withObject("/artifact").put("root_key_fingerprint", key.fingerprint());
      metadata.put("public_key", key.authorizedKey());
      life("made");
      folder.say("Made a key for this run: " + key.fingerprint());
    }
    image();
    folder.save();
  }

  private void image() {
    Path image = machine.image();
    if (image != null) {
      folder.metadata().put("image", image.toString());
      if (machine.iso() != null) {
        folder.metadata().withObject("/artifact").put("iso_path", image.toString());
      }
    }
  }

  private String goal() {
    return plan.until() != null
        ? plan.until().toString()
        : plan.off() ? "off" : plan.needsShell() ? "shell" : "login";
  }

  /** Writes down a step in the life of the key. */
  private void life(String step) {
    ObjectNode life = folder.metadata().withObject("/key");
    life.put("fingerprint", key.fingerprint());
    life.put(step, RunFolder.time(Instant.now()));
  }

  private void build() throws RunnerException, IOException {
    if (plan.build().isEmpty()) {
      return;
    }
    folder.say("Building the image: " + plan.build());
    long from = System.nanoTime();
    Path out = folder.diagnostics().resolve("build.out");
    Path log = folder.diagnostics().resolve("build.log");
    ProcessBuilder builder =
        new ProcessBuilder("sh", "-c", plan.build())
            .redirectInput(new File("/dev/null"))
            .redirectOutput(out.toFile())
            .redirectError(log.toFile());
    if (key != null) {
      Path file = folder.path().resolve("id_ed25519.pub").toAbsolutePath();
      Files.writeString(file, key.authorizedKey() + "\n");
      builder.environment().put("PRE_NIXOS_ROOT_KEY", file.toString());
      life("given_to_build");
    }
    Process process = builder.start();
    try {
      while (!process.waitFor(200, TimeUnit.MILLISECONDS)) {
        if (interrupted) {
          process.descendants().forEach(ProcessHandle::destroy);
          process.destroy();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroy();
    }
    folder
        .metadata()
        .withObject("/timings")
        .put("build_seconds", seconds(System.nanoTime() - from));
    List<String> lines = Files.readString(out).lines().filter(l -> !l.isBlank()).toList();
    Path image = lines.isEmpty() ? null : Path.of(lines.get(lines.size() - 1).strip());
    if (process.exitValue() != 0) {
      throw new RunnerException(
          "the build ended with status " + process.exitValue() + "; see " + log);
    }
    if (image == null || !Files.isRegularFile(image)) {
      throw new RunnerException(
          "the build must print the path of the image as its last line, and printed "
              + (image == null ? "nothing" : image));
    }
    folder.say("Boot image built: " + image);
    machine = machine.from(image);
    image();
    folder.save();
  }

  private void start() throws RunnerException, IOException {
    Path program =
        host.find(machine.executable())
            .orElseThrow(() -> new RunnerException(Doctor.missing(machine)));
    Accelerator accelerator = Accelerator.of(plan.accelerator(), program, machine.arch());
    folder.say("Accelerator: " + accelerator.name() + ", as " + accelerator.why());
    // A socket's path has at most 107 bytes (unix(7)); temporary folders are for this user only.
    Path sockets = Files.createTempDirectory("loganalyze");
    Path socket = sockets.resolve("qmp");
    String credential =
        key != null && plan.keyBy() == Plan.KeyBy.CREDENTIAL
            ? "ssh.authorized_keys.root=" + base64(key.authorizedKey() + "\n")
            : "";
    List<String> command =
        QemuCommand.of(program.toString(), machine, accelerator.name(), socket, credential);
    String version = Doctor.version(program);
    folder.say("QEMU version: " + version);
    folder.say("QEMU command: " + QemuCommand.line(command));
    ObjectNode about = folder.metadata().putObject("qemu");
    command.forEach(about.putArray("command")::add);
    about.put("version", version).put("accelerator", accelerator.name());
    folder.save();
    if (!credential.isEmpty()) {
      life("given_as_credential");
    }
    qmp = new Qmp(socket, Files.newOutputStream(folder.path().resolve("qmp.jsonl")));
    // An end of QEMU ends the wait for its connection.
    Path errors = folder.diagnostics().resolve("qemu-stderr.log");
    qemu = Qemu.start(host, command, errors, qmp::close);
    console = new Console(qemu.process().getOutputStream(), plan.until());
    recorder =
        new Recorder(
            qemu.process().getInputStream(),
            folder.path().resolve("serial.log"),
            folder.path().resolve("serial.chunks"),
            console);
    recorder.start();
    boolean connected = qmp.connect(QMP_MILLIS);
    Files.deleteIfExists(socket);
    Files.deleteIfExists(sockets);
    if (!connected) {
      qemu.kill();
      throw new RunnerException("QEMU did not start: " + complaint());
    }
    Matcher forward =
        FORWARD.matcher(
            qmp.execute("human-monitor-command", Map.of("command-line", "info usernet"), QMP_MILLIS)
                .asText());
    port = forward.find() ? Integer.parseInt(forward.group(1)) : machine.port();
    folder.metadata().putObject("ssh").put("host", "127.0.0.1").put("port", port);
    powerOn = System.nanoTime();
    qmp.execute("cont", Map.of(), QMP_MILLIS);
    folder.say("Boot image machine is on; SSH at 127.0.0.1:" + port);
    folder.save();
  }

  // ---- while it runs ----------------------------------------------------------------------------

  private Stop drive() throws IOException {
    folder.say("Starting login sequence");
    Stop stop = awaitGoal();
    folder.say("Stopped: " + stop.sentence());
    if (stop.isWanted() && plan.until() == null && !plan.off()) {
      timing("boot_to_login_seconds", console.lastArrival());
      try {
        inside(stop);
      } catch (RunnerException e) {
        fault(e.getMessage());
      }
      if (interrupted) {
        return new Stop(Why.INTERRUPTED, "");
      }
    }
    return stop;
  }

  private Stop awaitGoal() {
    String pattern =
        plan.until() != null ? plan.until().toString() : plan.off() ? "SHUTDOWN" : "login: ";
    Stop stop =
        await(
            pattern,
            plan.limits().login(),
            () -> {
              if (!console.reached().isEmpty()) {
                return new Stop(Why.GOAL, console.reached());
              }
              boolean still = console.quiet() >= QUIET_MILLIS;
              if (plan.until() != null || plan.off()) {
                return null;
              }
              if (console.hasSession() && console.trouble().isEmpty() && still) {
                return new Stop(Why.SHELL, console.lastLine());
              }
              return !console.login().isEmpty() && still
                  ? new Stop(Why.LOGIN, console.login())
                  : null;
            });
    if (stop.why() == Why.PANIC || stop.why() == Why.REPAIR) {
      quiet(LAST_WORDS_MILLIS);
    }
    return stop;
  }

  /**
   * Waits until {@code done} says why to stop, or something else does.
   *
   * @param pattern what is waited for, for the record
   * @param seconds the limit of this wait
   */
  private Stop await(String pattern, double seconds, Supplier<Stop> done) {
    folder.say(
        String.format(
            Locale.ROOT,
            "Awaiting patterns: %s (timeout=%ss)",
            pattern,
            plain(plan.limits().millis(seconds) / 1000.0)));
    awaited = pattern;
    long from = System.nanoTime();
    Stop stop = null;
    while (stop == null) {
      console.look(100);
      stop = done.get();
      if (stop == null) {
        stop = trouble(from, seconds);
      }
    }
    if (stop.isWanted()) {
      folder.say("Matched pattern: '" + stop.detail() + "'");
    } else if (stop.why() == Why.STALL || stop.why() == Why.DEADLINE) {
      folder.say("Timed out while awaiting patterns " + pattern + ": " + stop.sentence());
    }
    return stop;
  }

  /** What ends every wait; null while nothing does. */
  private Stop trouble(long from, double seconds) {
    Limits limits = plan.limits();
    if (interrupted) {
      return new Stop(Why.INTERRUPTED, "");
    }
    if (!console.panic().isEmpty()) {
      return new Stop(Why.PANIC, console.panic());
    }
    if (!console.trouble().isEmpty() && console.quiet() >= LAST_WORDS_MILLIS) {
      return new Stop(Why.REPAIR, console.trouble());
    }
    if (console.isOver()) {
      return gone();
    }
    long now = System.nanoTime();
    long silent = Math.min(console.quiet(), TimeUnit.NANOSECONDS.toMillis(now - powerOn));
    if (silent >= limits.millis(limits.stall())) {
      return new Stop(
          Why.STALL,
          "nothing came for "
              + plain(limits.millis(limits.stall()) / 1000.0)
              + " s after '"
              + console.lastLine()
              + "'");
    }
    boolean late = now - from > TimeUnit.MILLISECONDS.toNanos(limits.millis(seconds));
    if (late || now - powerOn > TimeUnit.MILLISECONDS.toNanos(limits.millis(limits.run()))) {
      return new Stop(
          Why.DEADLINE,
          "after "
              + plain((now - powerOn) / 1e9)
              + " s the last line was '"
              + console.lastLine()
              + "'");
    }
    return null;
  }

  /** Runs are told apart by their start, to the microsecond: two that start at once do not. */
  private static synchronized Instant startOfRun() {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
    last = now.isAfter(last) ? now : last.plus(1, ChronoUnit.MICROS);
    return last;
  }

  /** Why QEMU is gone: the machine went off, or QEMU did. */
  private Stop gone() {
    qemu.ends(QMP_MILLIS);
    qmp.awaitEnd(QMP_MILLIS);
    String reason = qmp.event("SHUTDOWN").path("reason").asText();
    if (reason.equals("guest-shutdown")) {
      return new Stop(plan.off() ? Why.OFF : Why.WENT_OFF, "");
    }
    if (reason.startsWith("guest-")) {
      return new Stop(Why.WENT_OFF, reason + " after '" + console.lastLine() + "'");
    }
    return new Stop(Why.QEMU, complaint());
  }

  private void quiet(long millis) {
    long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (console.quiet() < millis && !console.isOver() && System.nanoTime() < limit) {
      console.look(100);
    }
  }

  private void inside(Stop stop) throws RunnerException, IOException {
    if (plan.needsShell()) {
      login(stop.why() == Why.SHELL);
      becomeRoot();
    }
    if (plan.checkSsh()) {
      if (plan.keyBy() == Plan.KeyBy.CONSOLE) {
        typeKey();
      }
      checkSsh();
    }
    for (String command : plan.commands()) {
      command(command);
    }
    if (!plan.collect().isEmpty()) {
      collect();
    }
  }

  // ---- inside -----------------------------------------------------------------------------------

  private void login(boolean open) throws RunnerException {
    if (!open) {
      if (plan.user().isEmpty()) {
        throw new RunnerException(
            "nobody is logged in by itself; say who is with --login USER:PASSWORD");
      }
      if (!console.waitsAt(Shape.LOGIN_PROMPT)) {
        // Something was printed behind the prompt; an empty name brings another one.
        console.forget();
        console.type("\r");
        arrive("login: ", () -> console.waitsAt(Shape.LOGIN_PROMPT));
      }
      console.forget();
      console.type(plan.user() + "\r");
      arrive("Password: ", () -> console.waitsAt(Shape.PASSWORD_PROMPT) || atShell());
      if (console.waitsAt(Shape.PASSWORD_PROMPT)) {
        console.forget();
        console.type(plan.password() + "\r");
      }
    }
    arrive("# ", this::atShell);
    shell = new Shell(console);
    shell.quieten();
    folder.say("Shell prompt configured for interaction");
  }

  private boolean atShell() {
    boolean known = console.waitsAt(Shape.SHELL_PROMPT);
    return (known && console.quiet() >= QUIET_MILLIS)
        || (console.mayBePrompt() && console.quiet() >= 5 * QUIET_MILLIS);
  }

  /** Waits for something in a log-in. */
  private void arrive(String pattern, Supplier<Boolean> there) throws RunnerException {
    Stop stop =
        await(
            pattern,
            plan.limits().command(),
            () -> {
              if (!console.refused().isEmpty()) {
                return new Stop(Why.DEADLINE, console.refused());
              }
              return there.get() ? new Stop(Why.SHELL, console.lastLine()) : null;
            });
    if (!stop.isWanted()) {
      throw new RunnerException(
          "the log-in as "
              + plan.user()
              + " did not succeed, waiting for '"
              + awaited.strip()
              + "': "
              + stop.sentence());
    }
  }

  private void becomeRoot() throws RunnerException {
    String uid = ask("id -u").text().strip();
    if (uid.equals("0")) {
      return;
    }
    folder.say("Initial shell lacks root privileges");
    folder.say("Attempting to escalate with sudo");
    Shell.Result free = ask("sudo -n id -u");
    if (free.status() == NOT_FOUND) {
      throw new RunnerException("user " + uid + " did not become root by sudo, which is not there");
    }
    console.type(
        free.text().strip().equals("0")
            ? " exec sudo -n sh\r"
            : " exec sudo -S -p '' sh\r" + plan.password() + "\r");
    shell.quieten();
    uid = ask("id -u").text().strip();
    if (!uid.equals("0")) {
      throw new RunnerException("user " + uid + " did not become root by sudo");
    }
    folder.say("Successfully escalated privileges with sudo");
  }

  private Shell.Result ask(String command) throws RunnerException {
    folder.say("Running command: " + command);
    return shell.run(command, plan.limits().millis(plan.limits().command()));
  }

  private void command(String command) throws RunnerException, IOException {
    Shell.Result result = ask(command);
    folder.diagnostic("command " + command, result.output(), ".txt");
    if (result.status() != 0) {
      fault("Command `" + command + "` ended with status " + result.status());
    }
  }

  private void collect() throws RunnerException, IOException {
    Shell.Result journal = ask("journalctl -b -o export --no-pager");
    if (journal.status() == 0) {
      folder.journal(journal.output());
    } else {
      folder.say("The guest has no journal: " + journal.text().strip());
    }
    keep(
        "systemctl list-units", "systemctl list-units --all --full --plain --no-legend --no-pager");
    keep("systemctl failed", "systemctl --failed --full --plain --no-legend --no-pager");
    keep(
        "systemctl show",
        "systemctl show '*' -p Id,After,InactiveExitTimestampMonotonic,ActiveEnterTimestampMonotonic");
    keep("systemctl list-jobs", "systemctl list-jobs --full --no-pager");
    for (String wanted : plan.collect()) {
      String word = "'" + wanted.replace("'", "'\\''") + "'";
      if (wanted.startsWith("/")) {
        keep("file " + wanted, "cat " + word);
      } else {
        keep("systemctl status " + wanted, "systemctl status --full --no-pager -n 100 " + word);
        keep("systemctl show " + wanted, "systemctl show " + word);
      }
    }
  }

  private void keep(String label, String command) throws RunnerException, IOException {
    folder.diagnostic(label, ask(command).output(), ".txt");
  }

  private void typeKey() throws RunnerException {
    Shell.Result typed =
        ask(
            "umask 077; mkdir -p /root/.ssh && echo '"
                + key.authorizedKey()
                + "' >>/root/.ssh/authorized_keys");
    if (typed.status() != 0) {
      throw new RunnerException("the key could not be given to root: " + typed.text().strip());
    }
    life("typed_at_console");
    folder.say("Root has the key: /root/.ssh/authorized_keys");
  }

  private void checkSsh() throws IOException, RunnerException {
    Path program =
        host.find("ssh")
            .orElseThrow(() -> new RunnerException("ssh is missing; install openssh-client"));
    folder.metadata().withObject("/ssh").put("executable", program.toString());
    Ssh ssh = new Ssh(program, folder.path().resolve("tmp"), port);
    long limit =
        System.nanoTime()
            + TimeUnit.MILLISECONDS.toNanos(plan.limits().millis(plan.limits().ssh()));
    folder.say("Trying SSH as root at 127.0.0.1:" + port);
    Ssh.Attempt attempt = ssh.attempt(key, left(limit));
    while (attempt.outcome() != Ssh.Outcome.ROOT
        && left(limit) > 0
        && !interrupted
        && !console.isOver()) {
      console.look(1000);
      attempt = ssh.attempt(key, left(limit));
    }
    if (attempt.outcome() != Ssh.Outcome.ROOT) {
      fault("SSH as root with the key of this run failed: " + attempt.said());
      return;
    }
    timing("boot_to_ssh_seconds", System.nanoTime());
    life("verified");
    folder.say("SSH as root works with the key of this run");
    Ssh.Attempt other = ssh.attempt(SshKey.make("loganalyze-nobody"), left(limit) + 20_000);
    if (other.outcome() == Ssh.Outcome.REFUSED) {
      life("other_key_refused");
      folder.say("SSH as root is refused with another key");
    } else {
      fault(
          other.outcome() == Ssh.Outcome.ROOT
              ? "SSH lets root in with a key that nobody gave to the machine"
              : "SSH did not refuse another key, but failed: " + other.said());
    }
  }

  private static long left(long limit) {
    return Math.max(0, TimeUnit.NANOSECONDS.toMillis(limit - System.nanoTime()));
  }

  private void fault(String sentence) {
    faults.add(sentence);
    folder.say(sentence);
  }

  // ---- after ------------------------------------------------------------------------------------

  private void end(Outcome outcome, String failure) throws IOException {
    if (qemu != null) {
      shutDown(outcome != null && outcome.stop().isWanted());
    }
    ObjectNode metadata = folder.metadata();
    if (key != null) {
      if (plan.keepKey()) {
        key.write(folder.path().resolve("id_ed25519"));
        life("kept");
      } else {
        key = null;
        metadata.withObject("/key").put("destroyed", RunFolder.time(Instant.now()));
        folder.say("The key of this run is destroyed");
      }
    }
    ObjectNode run = metadata.withObject("/run");
    run.put("state", "over");
    if (outcome != null) {
      run.put("stopped", outcome.stop().why().word()).put("detail", outcome.stop().detail());
    }
    boolean undecided = outcome == null || outcome.stop().why() == Why.INTERRUPTED;
    metadata.put("outcome", undecided ? "error" : outcome.passed() ? "passed" : "failed");
    if (!failure.isEmpty()) {
      metadata.put("failure", failure);
    }
    metadata.withObject("/timings").put("end", RunFolder.time(Instant.now()));
    timing("total_seconds", System.nanoTime(), startNanos);
    folder.save();
    folder.ledger();
    folder.close();
  }

  private void shutDown(boolean well) throws IOException {
    long limit = plan.limits().millis(plan.limits().shutdown());
    if (qemu.process().isAlive() && well && !interrupted) {
      folder.say("Switching the machine off");
      if (shell != null) {
        console.type(" sync; poweroff || poweroff -f\r");
        if (!off(limit, true) && qemu.process().isAlive()) {
          console.type(" poweroff -f\r");
          off(limit, false);
        }
      } else if (plan.until() == null) {
        qmp.execute("system_powerdown", Map.of(), QMP_MILLIS);
        off(limit, true);
      }
    }
    if (qemu.process().isAlive()) {
      qmp.execute("quit", Map.of(), 3000);
      if (!qemu.ends(3000)) {
        qemu.kill();
      }
    }
    if (recorder == null) {
      // The record could not even be begun; that is thrown.
      return;
    }
    recorder.join(5000);
    // Where the machine never said a word, what QEMU says is all there is to read.
    String complaint = qemu.complaint();
    if (recorder.length() == 0 && !complaint.isBlank()) {
      Files.writeString(folder.path().resolve("serial.log"), complaint);
    }
    qemu.forget();
    if (!console.fault().isEmpty()) {
      folder.say("The record of the console broke off: " + console.fault());
    }
    qmp.awaitEnd(QMP_MILLIS);
    JsonNode shutdown = qmp.event("SHUTDOWN");
    folder
        .metadata()
        .withObject("/qemu")
        .put("exit_status", qemu.process().exitValue())
        .put("shutdown_reason", shutdown.path("reason").asText());
    folder.say(
        "QEMU ended with status "
            + qemu.process().exitValue()
            + (shutdown.isMissingNode() ? "" : ", " + shutdown.path("reason").asText()));
    qmp.close();
  }

  /**
   * Waits until the machine is off.
   *
   * @param impatient whether a machine that says nothing is given up
   */
  private boolean off(long millis, boolean impatient) {
    long limit = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    long from = System.nanoTime();
    while (System.nanoTime() < limit && !interrupted) {
      console.look(100);
      if (console.isOver() && qemu.ends(3000)) {
        return true;
      }
      long heeded =
          Math.min(console.quiet(), TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - from));
      if (impatient && heeded > plan.limits().millis(BUTTON_SECONDS)) {
        return false;
      }
    }
    return false;
  }

  private String complaint() {
    String said = qemu.complaint().lines().filter(l -> !l.isBlank()).findFirst().orElse("");
    if (!said.isEmpty()) {
      return said;
    }
    return qemu.process().isAlive()
        ? "it did not speak QMP"
        : "it ended with status " + qemu.process().exitValue() + " and said nothing";
  }

  private void timing(String name, long nanos) {
    timing(name, nanos, powerOn);
  }

  private void timing(String name, long nanos, long from) {
    folder.metadata().withObject("/timings").put(name, seconds(nanos - from));
  }

  private static double seconds(long nanos) {
    return Math.round(nanos / 1e6) / 1e3;
  }

  private static String plain(double seconds) {
    return String.format(Locale.ROOT, "%.1f", seconds).replaceFirst("\\.0$", "");
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
