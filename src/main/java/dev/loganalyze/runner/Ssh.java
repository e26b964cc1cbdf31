package dev.loganalyze.runner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Logs in to the guest as root, with the {@code ssh} that users have. Only an answer from the guest
 * proves anything: QEMU accepts the connection even when nobody listens in the guest.
 */
final class Ssh {
  /** Folders for keys are for this user only. */
  private static final Set<PosixFilePermission> PRIVATE =
      PosixFilePermissions.fromString("rwx------");

  private final Path program;
  private final Path folder;
  private final int port;

  /**
   * Prepares a client.
   *
   * @param program {@code ssh}
   * @param folder where keys are written to; it is there for as long as they are used
   * @param port of this host, at which the guest is reached
   */
  Ssh(Path program, Path folder, int port) {
    this.program = program;
    this.folder = folder;
    this.port = port;
  }

  /** How an attempt to log in ended. */
  enum Outcome {
    /** A command ran as root. */
    ROOT,
    /** The server refused the key. */
    REFUSED,
    /** Anything else: no server yet, no route, another user. */
    FAILED
  }

  /**
   * An attempt.
   *
   * @param outcome how it ended
   * @param said what {@code ssh} said, in one line
   */
  record Attempt(Outcome outcome, String said) {}

  /** Tries to run {@code id -u} as root with {@code key}, for at most {@code millis}. */
  Attempt attempt(SshKey key, long millis) throws IOException {
    Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(PRIVATE));
    Path file = folder.resolve("id_ed25519");
    try {
      key.write(file);
      Host.Answer answer = Host.ask(command(file), millis);
      String said = (answer.err().isBlank() ? answer.out() : answer.err()).strip();
      Outcome outcome =
          answer.status() == 0 && answer.out().strip().equals("0")
              ? Outcome.ROOT
              : said.contains("Permission denied") ? Outcome.REFUSED : Outcome.FAILED;
      return new Attempt(
          outcome, said.isEmpty() ? "no answer" : said.replaceAll("\\s*\\R\\s*", "; "));
    } finally {
      Files.deleteIfExists(file);
      Files.deleteIfExists(folder);
    }
  }

  private List<String> command(Path key) {
    List<String> command = new ArrayList<>(List.of(program.toString(), "-F", "/dev/null"));
    for (String option :
        List.of(
            "IdentitiesOnly=yes",
            "IdentityAgent=none",
            "BatchMode=yes",
            "PreferredAuthentications=publickey",
            "StrictHostKeyChecking=no",
            "UserKnownHostsFile=/dev/null",
            "LogLevel=ERROR",
            "ConnectTimeout=20")) {
      command.addAll(List.of("-o", option));
    }
    command.addAll(
        List.of("-i", key.toString(), "-p", Integer.toString(port), "root@127.0.0.1", "id -u"));
    return command;
  }
}
