package dev.loganalyze.transcript;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.loganalyze.Noise;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is masked, and what only looks like it. No secret here was ever one. */
class SecretsTest {
  private static String masked(String text) {
    return new String(
        Secrets.in(text.getBytes(StandardCharsets.UTF_8)).text(), StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "mysqld --password=hunter2 --x | mysqld --password=[masked: password] --x",
        "rd.luks.passphrase='a b' | rd.luks.passphrase='a b'",
        "MYSQL_PASSWORD=\"hunter2\" | MYSQL_PASSWORD=\"[masked: password]\"",
        "wpa psk=12345678 | wpa psk=[masked: password]",
        "{\"db_password\": \"x1y2z3\"} | {\"db_password\": \"[masked: password]\"}",
        "Password: hunter2 | Password: [masked: password]",
        "[sudo] password for bob: hunter2 | [sudo] password for bob: [masked: password]",
        "echo hunter2 | sudo -S id",
        "$ sshpass -p hunter2 ssh x | $ sshpass -p [masked: password] ssh x",
        "curl -u bob:hunter2 x | curl -u bob:[masked: password] x",
        "git https://bob:hunter2@h/x | git https://bob:[masked: password in an address]@h/x",
        "$y$j9T$abcdefghijkl$mnopqrst | [masked: password hash]",
        "Authorization: Bearer abc.def-123 | Authorization: Bearer [masked: token]",
        "CI_JOB_TOKEN=abcdefghijkl1234 | CI_JOB_TOKEN=[masked: token]",
        "{\"access_token\": \"abcdefghijkl1234\"} | {\"access_token\": \"[masked: token]\"}",
        "id AKIAABCDEFGHIJKLMNOP. | id [masked: key of AWS].",
        "x ghp_0123456789abcdefghijABCDEFGHIJ012345 | x [masked: token of GitHub]",
        "glpat-abcdefghij0123456789 | [masked: token of GitLab]",
        "xoxb-123456789012-abc | [masked: token of Slack]",
        "AIza00000000000000000000000000000000000 | [masked: key of Google]",
        "npm_abcdefghijklmnopqrstuvwxyz0123456789 | [masked: token of npm]",
        "eyJhbGciOiJI.eyJzdWIiOiIx.abcdefghij | [masked: JSON web token]",
      })
  void masksWhatAnIssuerOrAProgramWouldTakeForASecret(String line, String masked) {
    if (line.startsWith("echo")) {
      assertEquals("echo [masked: password] | sudo -S id", masked("echo hunter2 | sudo -S id"));
    } else {
      assertEquals(masked, masked(line));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Password:",
        "Password: [    4.000000] usb 1-1: new device",
        "debvm login: root",
        "sshd[1]: Failed password for root from 10.0.0.1",
        "nsswitch: passwd: files systemd",
        "cfg: password=******** given",
        "PASSWORD=$SECRET ./run",
        "audit: key=(null)",
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGZvb2Jhcg root@x",
        "-----BEGIN CERTIFICATE-----",
        "https://cache.nixos.org:443/nar/x",
        "systemd[1]: ask-password-console.path: ok",
        "token=short",
      })
  void leavesAloneWhatIsNone(String line) {
    byte[] text = line.getBytes(StandardCharsets.UTF_8);
    assertSame(text, Secrets.in(text).text());
  }

  @Test
  void aPrivateKeyIsMaskedLineByLineThoughOthersSpeakInBetween() {
    String body = "b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQAAAAAAAAABAAAAMwAAAAtz";
    Secrets.Masked masked =
        Secrets.in(
            ("-----BEGIN RSA PRIVATE KEY-----\r\n"
                    + body
                    + "\r\n[    9.000000] usb 1-1: new device\n"
                    + body
                    + "==\n-----END RSA PRIVATE KEY-----\n"
                    + body
                    + "\n")
                .getBytes(StandardCharsets.UTF_8));
    assertEquals(
        "-----BEGIN RSA PRIVATE KEY-----\r\n"
            + "[masked: private key]\r\n"
            + "[    9.000000] usb 1-1: new device\n"
            + "[masked: private key]\n"
            + "-----END RSA PRIVATE KEY-----\n"
            + body
            + "\n",
        new String(masked.text(), StandardCharsets.UTF_8));
    assertEquals("[2, 4]", masked.secrets().stream().map(Secret::line).toList().toString());
  }

  @Test
  void whatOverlapsIsMaskedOnceAndWhole() {
    assertEquals(
        "PASSWORD=[masked: password] x",
        masked("PASSWORD=ghp_0123456789abcdefghijABCDEFGHIJ012345 x"));
    assertEquals(
        "a_password=[masked: password] b_password=[masked: password]",
        masked("a_password=first b_password=second"));
  }

  @Test
  void noLineIsLostOrAdded() {
    Noise.forEach(SecretsTest::noLineIsLost);
  }

  static void noLineIsLost(byte[] raw) {
    assertEquals(lines(raw), lines(Secrets.in(raw).text()));
  }

  private static long lines(byte[] text) {
    long lines = 0;
    for (byte b : text) {
      lines += b == '\n' ? 1 : 0;
    }
    return lines;
  }
}
