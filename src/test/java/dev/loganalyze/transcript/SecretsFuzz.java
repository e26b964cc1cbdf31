package dev.loganalyze.transcript;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.loganalyze.Fuzz;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Masking loses no line, says the same twice, and leaves nothing that it would mask again. */
public final class SecretsFuzz {
  private SecretsFuzz() {}

  public static List<byte[]> seeds() {
    List<byte[]> seeds = new ArrayList<>(Fuzz.logs(600));
    for (String secret :
        List.of(
            "PASSWORD=hunter2 --password=x\nPassword: abc\n",
            "-----BEGIN RSA PRIVATE KEY-----\r\nAAAAB3NzaC1yc2EAAAADAQABAAABgQ\r\n",
            "Authorization: Bearer abc.def-123\nhttps://bob:hunter2@h/x ghp_0123456789abcdefghij",
            "eyJhbGciOiJI.eyJzdWIiOiIx.abcdefghij $y$j9T$abcdefghijkl$mnopqrst")) {
      seeds.add(secret.getBytes(StandardCharsets.UTF_8));
    }
    return seeds;
  }

  public static void fuzzerTestOneInput(byte[] input) {
    SecretsTest.noLineIsLost(input);
    byte[] masked = Secrets.in(input).text();
    assertArrayEquals(masked, Secrets.in(input.clone()).text());
  }
}
