package dev.loganalyze.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loganalyze.report.DoctorFormat;
import dev.loganalyze.runner.Check.State;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorTest {
  @TempDir Path temp;

  private static Machine machine(Path iso, int memory, int port) {
    return new Machine(
        "x86_64", iso, null, null, null, "", false, memory, 1, List.of(), false, port, List.of());
  }

  private static Check check(List<Check> checks, String name) {
    return checks.stream().filter(c -> c.name().equals(name)).findFirst().orElseThrow();
  }

  @Test
  void whatIsMissingIsNamedWithTheCommandThatMendsIt() {
    List<Check> checks =
        Doctor.needed(new Host(""), machine(temp.resolve("no.iso"), 64, 0), true, temp);
    Check qemu = check(checks, "QEMU");
    assertTrue(qemu.stops());
    assertEquals(
        "QEMU: qemu-system-x86_64 is missing; apt-get install -y qemu-system-x86", qemu.sentence());
    assertTrue(check(checks, "image").sentence().contains("no.iso does not exist; build it"));
    assertTrue(check(checks, "ssh").stops());
    assertFalse(
        check(Doctor.needed(new Host(""), machine(null, 64, 0), false, temp), "ssh").stops());
    assertEquals(State.PASS, check(checks, "run folder").state());
  }

  @Test
  void memoryAndPortsThatNobodyHasAreMissing() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      List<Check> checks =
          Doctor.needed(
              new Host(""), machine(null, Integer.MAX_VALUE, taken.getLocalPort()), false, temp);
      assertTrue(check(checks, "memory").stops());
      assertTrue(check(checks, "port").stops());
    }
    assertEquals(
        State.PASS,
        check(Doctor.needed(new Host(""), machine(null, 64, 0), false, temp), "port").state());
  }

  @Test
  void anImageIsSearchedForItsConsoleAndItsKey() throws Exception {
    String key = SshKey.make("build@host").authorizedKey();
    byte[] image = new byte[3 << 20];
    put(image, (1 << 20) - 5, "APPEND quiet console=ttyS0,115200n8 root=x");
    put(image, (2 << 20) + 100, key + "\n");
    Path iso = Files.write(temp.resolve("a.iso"), image);
    List<Check> checks = Doctor.all(new Host(""), machine(iso, 64, 0), "tcg", false, temp);
    assertEquals(iso + " has console=ttyS0,115200n8", check(checks, "console").found());
    assertEquals("the image holds ssh-ed25519 build@host", check(checks, "root key").found());
    Files.write(iso, new byte[5000]);
    checks = Doctor.all(new Host(""), machine(iso, 64, 0), "tcg", false, temp);
    assertEquals(State.WARN, check(checks, "console").state());
    assertEquals(State.WARN, check(checks, "root key").state());
  }

  private static void put(byte[] image, int at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(bytes, 0, image, at, bytes.length);
  }

  @Test
  void aProgramThatOnlyLooksLikeKvmIsNotTaken() throws Exception {
    // Whatever /dev/kvm is here, this QEMU boots no firmware.
    Path program = FakeQemu.install(temp).resolve("qemu-system-x86_64");
    assertEquals("tcg", Accelerator.of("auto", program, "x86_64").name());
    assertEquals("kvm", Accelerator.of("kvm", program, "x86_64").name());
    assertEquals(
        "KVM runs no riscv64 on this machine", Accelerator.of("auto", program, "riscv64").why());
  }

  @Test
  void theAnswerInEachFormat() throws Exception {
    List<Check> checks =
        List.of(
            new Check("QEMU", State.PASS, true, "version 7", "it is the machine", ""),
            new Check("a|b", State.FAIL, true, "gone \u001b[2J", "it matters", "mend it"));
    String text = new String(DoctorFormat.TEXT.bytes(checks), StandardCharsets.UTF_8);
    assertEquals(
        "pass  QEMU          version 7\n"
            + "fail  a|b           gone \\x1b[2J\n"
            + "                    why: it matters\n"
            + "                    do: mend it\n",
        text);
    String json = new String(DoctorFormat.JSON.bytes(checks), StandardCharsets.UTF_8);
    assertTrue(json.startsWith("{\n  \"ready\" : false,"), json);
    String markdown = new String(DoctorFormat.MARKDOWN.bytes(checks), StandardCharsets.UTF_8);
    assertEquals(4, markdown.lines().count(), markdown);
    assertTrue(markdown.contains("| fail | a\\|b (needed) |"), markdown);
  }
}
