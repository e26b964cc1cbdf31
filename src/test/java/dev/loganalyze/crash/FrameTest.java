package dev.loganalyze.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;

/** Lines of stacks, as the architectures print them. */
class FrameTest {

  @Test
  void x86BeforeAndAfterAddressesWereDropped() {
    Frame frame = new Frame("acme_open", 0x1f, "", true, false, "");
    assertEquals(frame, Frame.in(" [<ffffffff810a376f>] acme_open+0x1f/0x280"));
    assertEquals(frame, Frame.in(" acme_open+0x1f/0x280"));
    assertEquals(frame, Frame.in("  <IRQ>  [<ffffffff810a376f>] acme_open+0x1f/0x280"));
  }

  @Test
  void aQuestionMarkSaysThatTheFrameMayBeLeftOver() {
    assertEquals(new Frame("f", 1, "", false, false, ""), Frame.in(" ? f+0x1/0x2"));
    assertEquals(new Frame("f", 1, "", false, false, ""), Frame.in(" [<c0001000>] ? f+0x1/0x2"));
  }

  @Test
  void theModuleIsReadWithAndWithoutItsBuildId() {
    assertEquals("acme", Frame.in(" f+0x1/0x2 [acme]").module());
    assertEquals("acme", Frame.in(" f+0x1/0x2 [acme 1f2e3d4c5b]").module());
  }

  @Test
  void whatCompilersAppendIsNoPartOfTheName() {
    for (String suffix : new String[] {".constprop.0", ".isra.7", ".part.0", ".cold", ".llvm.12"}) {
      assertEquals("f", Frame.in(" f" + suffix + "+0x1/0x2").function());
    }
  }

  @Test
  void armNamesTheFunctionThenItsCaller() {
    String line = "[<80c1e5e8>] (schedule_acme) from [<80c1eb20>] (caller+0x60/0xdc)";
    assertEquals("schedule_acme", Frame.in(line).function());
    assertEquals("caller", Frame.callerIn(line));
    assertEquals("acme", Frame.in(" acme from caller+0x60/0xdc").function());
  }

  @Test
  void powerpcAndS390() {
    assertEquals(
        new Frame("acme", 0x38, "", false, false, ""),
        Frame.in("[c0000000fffb3c50] [c00000000013d6c0] acme+0x38/0x90 (unreliable)"));
    assertEquals("acme", Frame.in("([<000003e0004c6a4a>] acme+0x3e/0x1b4)").function());
  }

  @Test
  void inlinedFramesOfLogsWithSourceLines() {
    Frame frame = Frame.in(" acme_find drivers/acme/core.c:286 [inline]");
    assertEquals(new Frame("acme_find", -1, "", true, true, "drivers/acme/core.c:286"), frame);
    assertEquals(
        new Frame("f", 0x34, "", true, false, "drivers/acme/core.c:1611"),
        Frame.in(" f+0x34/0x10c drivers/acme/core.c:1611"));
  }

  @Test
  void registersCodeAndProseAreNoFrames() {
    for (String line :
        new String[] {
          "RAX: 0000000000000000 RBX: ffff88006209791c",
          "Code: 48 89 e5 41 57",
          "RIP: 0010:acme_open+0x1f/0x280",
          "CPU: 0 PID: 1 Comm: init Not tainted 6.1.0 #1",
          "Modules linked in: acme",
          " 0xffffffffc04f9000",
          "[   12.000001]",
          "[<",
          "(",
          ""
        }) {
      assertNull(Frame.in(line), line);
    }
  }
}
