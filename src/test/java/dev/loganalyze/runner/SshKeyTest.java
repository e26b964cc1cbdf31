package dev.loganalyze.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SshKeyTest {
  @TempDir Path temp;

  private static String keygen(String... arguments) throws Exception {
    List<String> command = new java.util.ArrayList<>(List.of("ssh-keygen"));
    command.addAll(List.of(arguments));
    Host.Answer answer = Host.ask(command, 10_000);
    assertEquals(0, answer.status(), answer.err());
    return answer.out().strip();
  }

  @Test
  void sshKeygenReadsTheSameKeyOutOfEitherFile() throws Exception {
    SshKey key = SshKey.make("for a test");
    Path secret = temp.resolve("id_ed25519");
    key.write(secret);
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(secret)));
    assertEquals(key.authorizedKey(), keygen("-y", "-f", secret.toString()));
    Path open = Files.writeString(temp.resolve("id.pub"), key.authorizedKey() + "\n");
    assertEquals(key.fingerprint(), keygen("-l", "-f", open.toString()));
  }

  @Test
  void noTwoAreTheSame() {
    assertNotEquals(SshKey.make("").authorizedKey(), SshKey.make("").authorizedKey());
  }
}
