package dev.loganalyze.crash;

import static dev.loganalyze.crash.CrashLogs.in;
import static dev.loganalyze.crash.CrashLogs.kernel;
import static dev.loganalyze.crash.CrashLogs.only;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loganalyze.parse.Entries;
import dev.loganalyze.pattern.Expression;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where reports begin and end, who is guilty, and what they are called. */
class CrashReportsTest {

  private static final String KASAN =
      """
      ==================================================================
      BUG: KASAN: slab-use-after-free in acme_read+0x41/0x9d0
      Read of size 4 at addr ffff8801d0c6b080 by task cat/5764

      CPU: 1 PID: 5764 Comm: cat Tainted: G        W          6.1.0-acme #7
      Hardware name: Acme Machine
      Call Trace:
       <TASK>
       dump_stack_lvl+0x41/0x9d
       kasan_report+0xbd/0xe0
       acme_read+0x41/0x9d0 [acme]
       vfs_read+0x155/0x5c0
       do_syscall_64+0x39/0x80
       </TASK>

      Allocated by task 12:
       kasan_save_stack+0x1e/0x40
       acme_alloc+0x10/0x20 [acme]

      Freed by task 13:
       kfree+0x10/0x20
       acme_free+0x10/0x20 [acme]
      ==================================================================
      """;

  @Test
  void aKasanReportIsReadWhole() {
    CrashReport report = only(KASAN);
    assertEquals("kernel.kasan", report.rule());
    assertEquals("KASAN: slab-use-after-free Read in acme_read", report.title());
    assertEquals(List.of("bad-access in acme_read"), report.altTitles());
    assertEquals("acme_read", report.function());
    assertFalse(report.isTruncated(), report.truncated());
    assertEquals(1, report.firstEntry());
    assertEquals(22, report.lastEntry());
    assertEquals(3, report.stacks().size());
    assertEquals("Freed by task 13:", report.stacks().get(2).name());
    assertEquals("acme", report.stacks().get(0).frames().get(2).module());
    CrashReport.Task task = report.task();
    assertEquals(1, task.cpu());
    assertEquals(5764, task.pid());
    assertEquals("cat", task.comm());
    assertEquals("GW", task.taint());
    assertEquals("6.1.0-acme", task.kernel());
    assertEquals("Acme Machine", task.hardware());
  }

  @Test
  void theSameBugHasTheSameSignatureInAnotherRunAndFromAnotherCompiler() {
    String other =
        KASAN
            .replace("acme_read+0x41/0x9d0", "acme_read.constprop.0+0x99/0xa00")
            .replace("ffff8801d0c6b080", "ffff888000112233")
            .replace("cat/5764", "dd/99")
            .replace("5764", "99");
    assertEquals(only(KASAN).signature(), only(other).signature());
    assertTrue(only(KASAN).signature().matches("[0-9a-f]{16}"));
  }

  @Test
  void differentBugsHaveDifferentSignatures() {
    assertNotEquals(
        only(KASAN).signature(), only(KASAN.replace("acme_read", "acme_seek")).signature());
    assertNotEquals(
        only(KASAN).signature(), only(KASAN.replace("Read of", "Write of")).signature());
  }

  @Test
  void helpersAreNeverGuilty() {
    CrashReport report = only(KASAN.replace(" in acme_read+0x41", " in memcpy+0x41"));
    assertEquals("KASAN: slab-use-after-free Read in acme_read", report.title());
  }

  @Test
  void bothLayoutsOfAWarningHaveOneTitle() {
    String stack =
        """
        Modules linked in: acme
        Call Trace:
         acme_probe+0x1/0x2 [acme]
         do_one_initcall+0x1/0x2
        ---[ end trace 0000000000000000 ]---
        """;
    CrashReport old =
        only("WARNING: CPU: 0 PID: 8 at drivers/acme/core.c:14 acme_check+0x20/0x30\n" + stack);
    CrashReport fresh =
        only("WARNING: drivers/acme/core.c:99 at acme_check+0x28/0x30, CPU#1: init/1\n" + stack);
    assertEquals("WARNING in acme_check", old.title());
    assertEquals("WARNING in acme_check", fresh.title());
    assertEquals(old.signature(), fresh.signature());
    assertEquals("kernel.warning", old.rule());
    assertEquals(5, old.lastEntry());
  }

  @Test
  void aWarningOfALibraryIsItsCallersFault() {
    CrashReport report =
        only(
            """
            WARNING: CPU: 1 PID: 6 at lib/refcount.c:25 refcount_warn_saturate+0x13d/0x1a0
            RIP: 0010:refcount_warn_saturate+0x13d/0x1a0
            Call Trace:
             __x64_sys_acme+0x182/0x1e0
             do_syscall_64+0x35/0xb0
            """);
    assertEquals("WARNING: refcount bug in sys_acme", report.title());
    assertEquals(List.of("WARNING: refcount bug in __x64_sys_acme"), report.altTitles());
  }

  @Test
  void aDeviceInAWrongStateIsItsDriversFault() {
    CrashReport report =
        only(
            """
            WARNING: CPU: 0 PID: 101 at net/core/dev.c:8167 rollback_registered_many+0x41/0x1bc
            Call Trace:
             rollback_registered_many+0x41/0x1bc
             rollback_registered+0xf2/0x1c0
             unregister_netdevice_queue+0x1d7/0x2b0
             unregister_netdev+0x18/0x20
             acme_disconnect+0xe2/0x180
            """);
    assertEquals("WARNING in acme_disconnect", report.title());
  }

  @Test
  void theTagThatClosesAStackBelongsToTheReport() {
    CrashReport report =
        only(
            """
            watchdog: BUG: soft lockup - CPU#1 stuck for 23s! [acme:17]
            Call Trace:
             <TASK>
             acme_spin+0x1/0x2
             </TASK>
            usb 1-1: new device
            """);
    assertEquals(4, report.lastEntry());
  }

  @Test
  void theInstructionPointerIsFoundOnEveryArchitecture() {
    for (String ip :
        new String[] {
          "RIP: 0010:acme_poke+0x12/0x34",
          "RIP: 0010:[<ffffffffb3e68c04>]  [<ffffffffb3e68c04>] acme_poke+0xc/0x63",
          "EIP: acme_poke+0x59/0xb0",
          "EIP is at acme_poke+0x59/0xb0",
          "PC is at acme_poke+0x30/0xa8",
          "pc : acme_poke+0x74/0x110",
          "epc : acme_poke+0x74/0x110",
          "epc   : 80109fb0 acme_poke+0x70/0x8c",
          "NIP [c0000000000d8e0c] acme_poke+0x1c/0x60",
          "Krnl PSW : 0704e00180000000 000003e0004c6a4a (acme_poke+0x3e/0x1b4)",
        }) {
      CrashReport report =
          only(
              "BUG: unable to handle page fault for address: ffffc90000e1f000\n"
                  + ip
                  + "\nCall Trace:\n acme_caller+0x1/0x2\n");
      assertEquals("BUG: unable to handle kernel paging request in acme_poke", report.title(), ip);
      assertEquals("kernel.oops", report.rule());
    }
  }

  @Test
  void everyArchitectureHasItsOwnWordsForATrap() {
    String end = "RIP: 0010:acme_poke+0x1/0x2\nCall Trace:\n acme_call+0x1/0x2\n";
    String[][] traps = {
      {"Oops: divide error: 0000 [#1] PREEMPT SMP KASAN", "divide error in acme_poke"},
      {"stack segment: 0000 [#1] SMP", "stack segment fault in acme_poke"},
      {
        "Oops: general protection fault, probably for non-canonical address 0xdffffc0000000003:"
            + " 0000 [#1] SMP",
        "general protection fault in acme_poke"
      },
      {"PANIC: double fault, error_code: 0x0", "PANIC: double fault in acme_poke"},
      {"Kernel bug detected[#1]:", "kernel BUG in acme_poke"},
      {"illegal operation: 0001 ilc:1 [#1] SMP", "illegal operation in acme_poke"},
      {
        "Internal error: synchronous external abort: 96000010 [#1] SMP",
        "Internal error in acme_poke"
      },
      {"Unhandled fault: page domain fault (0x01b) at 0x00000008", "Unhandled fault in acme_poke"},
      {
        "BUG: Kernel NULL pointer dereference on read at 0x00000008",
        "BUG: unable to handle kernel NULL pointer dereference in acme_poke"
      },
      // arch/mips/kernel/traps.c, die()
      {
        "Reserved instruction in kernel code[#1]:",
        "Reserved instruction in kernel code in acme_poke"
      },
      // arch/riscv/kernel/traps.c
      {"Oops - illegal instruction [#1]", "Oops in acme_poke"},
      {"Oops [#1]", "Oops in acme_poke"},
      // arch/arm64/kernel/entry-common.c
      {
        "Unhandled 64-bit el1h sync exception on CPU0, ESR 0x0000000002000000 -- BTI",
        "Unhandled exception in acme_poke"
      },
      // arch/powerpc/kernel/traps.c
      {"Unrecoverable exception 4100 at c0000000000d8e0c", "Unrecoverable exception in acme_poke"},
      // kernel/cfi.c
      {
        "CFI failure at acme_poke+0x1/0x2 (target: acme_x+0x0/0x8; expected type: 0x8e21b8a5)",
        "CFI failure in acme_poke"
      },
      // arch/powerpc/kernel/watchdog.c
      {
        "watchdog: CPU 3 self-detected hard LOCKUP @ acme_poke+0x1/0x2",
        "BUG: hard lockup in acme_poke"
      },
    };
    for (String[] trap : traps) {
      assertEquals(trap[1], only(trap[0] + "\n" + end).title());
    }
  }

  @Test
  void oopsLinesGoOnWithTheReportTheyStandIn() {
    CrashReport report =
        only(
            """
            Unable to handle kernel NULL pointer dereference at virtual address 00000008
            Internal error: Oops: 5 [#1] SMP ARM
            PC is at acme_poke+0x58/0xa8
            [<8015df40>] (acme_poke) from [<801559ec>] (acme_caller+0x4c/0xf8)
            """);
    assertEquals(
        "BUG: unable to handle kernel NULL pointer dereference in acme_poke", report.title());
  }

  /** How BUG() reaches die() on x86, arm, arm64, s390, powerpc and riscv: lib/bug.c, arch/*. */
  @Test
  void theTrapOfABugBelongsToIt() {
    for (String trap :
        new String[] {
          "invalid opcode: 0000 [#1] SMP",
          "Oops: invalid opcode: 0000 [#1] PREEMPT SMP",
          "Internal error: Oops - BUG: 0 [#1] SMP ARM",
          "Internal error: Oops - BUG: 00000000f2000800 [#1] SMP",
          "monitor event: 0040 ilc:2 [#1] SMP",
          "Oops: Exception in kernel mode, sig: 5 [#1]",
          "Kernel BUG [#1]",
        }) {
      CrashReport report =
          only("kernel BUG at fs/acme.c:7!\n" + trap + "\nCall Trace:\n acme_call+0x1/0x2\n");
      assertEquals("kernel BUG in acme_call", report.title(), trap);
    }
  }

  @Test
  void theSeverityOfAHardwareErrorMayStandInALaterLine() {
    String text =
        """
        Linux version 6.1.0
        usb 1-1: new device
        usb 1-2: new device
        usb 1-3: new device
        {1}[Hardware Error]: Hardware error from APEI Generic Hardware Error Source: 0
        {1}[Hardware Error]: event severity: %s
        """;
    assertEquals("kernel.hardware-error", only(text.formatted("fatal")).rule());
    assertEquals("kernel.info", only(text.formatted("corrected")).rule());
  }

  @Test
  void theCpusOfMixedReportsAreTakenApart() {
    String one = kernel("    T7", "kernel BUG at fs/acme.c:7!\nCall Trace:\n acme_one+0x1/0x2\n");
    String other = kernel("   T12", "kernel BUG at fs/acme.c:9!\nCall Trace:\n acme_two+0x1/0x2\n");
    StringBuilder mixed = new StringBuilder();
    for (int i = 0; i < 3; i++) {
      mixed.append(one.split("\n")[i]).append('\n').append(other.split("\n")[i]).append('\n');
    }
    List<CrashReport> reports = in(mixed.toString());
    assertEquals(
        List.of("kernel BUG in acme_one", "kernel BUG in acme_two"),
        reports.stream().map(CrashReport::title).toList());
    assertEquals(List.of(0, 1), reports.stream().map(CrashReport::firstEntry).toList());
    assertEquals(List.of(4, 5), reports.stream().map(CrashReport::lastEntry).toList());
  }

  @Test
  void aPanicBelongsToTheReportItEndsAndIsTold() {
    List<CrashReport> reports =
        in(
            kernel(
                "",
                """
                BUG: scheduling while atomic: init/1/0x00000002
                Kernel panic - not syncing: scheduling while atomic
                Call Trace:
                 dump_stack+0x1/0x2
                 panic+0x1/0x2
                 __schedule_bug+0x1/0x2
                 acme_linger+0x1/0x2
                ---[ end Kernel panic - not syncing: scheduling while atomic ]---
                """));
    assertEquals(2, reports.size());
    assertEquals("BUG: scheduling while atomic in acme_linger", reports.get(0).title());
    assertEquals(7, reports.get(0).lastEntry());
    assertEquals("kernel.panic", reports.get(1).rule());
    assertEquals("scheduling while atomic", reports.get(1).subject());
    assertFalse(reports.get(1).isTruncated());
  }

  @Test
  void aReportWithoutItsStackIsKeptAndTheReasonTold() {
    List<CrashReport> reports =
        in(
            kernel(
                "",
                """
                INFO: task df:1177 blocked for more than 120 seconds.
                      Not tainted 6.1.0 #1
                INFO: task dd:1178 blocked for more than 120 seconds.
                Call Trace:
                 __schedule+0x1/0x2
                 schedule+0x1/0x2
                 acme_write+0x1/0x2
                """));
    assertEquals("INFO: task hung in corrupted", reports.get(0).title());
    assertEquals("its stack is missing: another report begins", reports.get(0).truncated());
    assertEquals("df", reports.get(0).subject());
    assertEquals("INFO: task hung in acme_write", reports.get(1).title());
    assertFalse(reports.get(1).isTruncated());
  }

  @Test
  void whyAReportIsNotWhole() {
    String begin = kernel("", "INFO: task df:1177 blocked for more than 120 seconds.\n");
    assertEquals("its stack is missing: the log ends", in(begin).get(0).truncated());
    var reset = CrashLogs.entries(begin + "U-Boot SPL 2023.01 (Feb 01 2023 - 10:00:00 +0000)\n");
    assertEquals(
        "its stack is missing: another boot begins", CrashLogs.in(reset, 1).get(0).truncated());
    assertEquals(
        "its stack is missing: the kernel dropped messages",
        in(begin + "[   13.000001] ** 32 printk messages dropped **\n").get(0).truncated());
    String idle = begin + kernel("", "usb 1-1: new device\n".repeat(80));
    assertEquals("its stack is missing", in(idle).get(0).truncated());
  }

  @Test
  void manyWaysToWaitForAGracePeriodAreOneBug() {
    CrashReport report =
        only(
            """
            INFO: task init:1 blocked for more than 143 seconds.
            Call Trace:
             __schedule+0x755/0x1580
             schedule+0xd9/0x260
             synchronize_rcu_expedited+0x544/0x5b0
             acme_close+0x3b/0x60
            """);
    assertEquals("INFO: task hung in synchronize_rcu", report.title());
    assertEquals(
        List.of(
            "INFO: task hung in synchronize_rcu_expedited",
            "hang in synchronize_rcu",
            "hang in synchronize_rcu_expedited"),
        report.altTitles());
  }

  @Test
  void aStallIsTheHandlersThatTheTimerInterrupted() {
    CrashReport report =
        only(
            """
            rcu: INFO: rcu_preempt self-detected stall on CPU
            rcu: RCU grace-period kthread stack dump:
            Call Trace:
             __schedule+0x1/0x2
             schedule+0x1/0x2
             rcu_gp_kthread+0x1/0x2
             kthread+0x1/0x2
             ret_from_fork+0x1/0x2
            NMI backtrace for cpu 1
            Call Trace:
             <IRQ>
             dump_stack+0x1/0x2
             nmi_cpu_backtrace+0x1/0x2
             rcu_dump_cpu_stacks+0x1/0x2
             update_process_times+0x1/0x2
             __hrtimer_run_queues+0x1/0x2
             smp_apic_timer_interrupt+0x1/0x2
             apic_timer_interrupt+0x1/0x2
             </IRQ>
             acme_spin+0x1/0x2
             acme_ioctl+0x1/0x2
             do_vfs_ioctl+0x1/0x2
             do_syscall_64+0x1/0x2
            """);
    assertEquals("INFO: rcu detected stall in acme_ioctl", report.title());
  }

  @Test
  void lockdepNamesWhoAsksForTheLock() {
    String text =
        """
        WARNING: possible circular locking dependency detected
        6.1.0 #1 Not tainted
        ------------------------------------------------------
        mount/81 is trying to acquire lock:
        ffff8880 (&acme->lock){+.+.}-{3:3}, at: %s+0x21/0x90

        but task is already holding lock:
        ffff8881 (&other->lock){+.+.}-{3:3}, at: acme_close+0x21/0x90

        stack backtrace:
        Call Trace:
         dump_stack+0x1/0x2
         acme_open+0x21/0x90
        """;
    assertEquals("possible deadlock in acme_open", only(text.formatted("acme_open")).title());
    assertEquals("possible deadlock in acme_close", only(text.formatted("mutex_lock")).title());
  }

  @Test
  void whoAllocatedWhatLeakedIsGuilty() {
    CrashReport report =
        only(
            """
            BUG: memory leak
            unreferenced object 0xffff88810d5a1c00 (size 512):
              comm "init", pid 1, jiffies 4294942688
              backtrace:
                [<00000000a1b2c3d4>] kmalloc_trace+0x1/0x2
                [<00000000a1b2c3d5>] acme_setup+0x1/0x2
            """);
    assertEquals("memory leak in acme_setup", report.title());
    assertEquals("kernel.memory-leak", report.rule());
  }

  @Test
  void anInjectedFailureInTheMidstHidesTheStack() {
    CrashReport report =
        only(
            """
            WARNING: CPU: 0 PID: 8 at mm/slab_common.c:14 kmalloc_slab+0x5d/0x70
            Call Trace:
             dump_stack+0x1/0x2
             should_fail+0x1/0x2
             acme_send+0x1/0x2
            """);
    assertEquals("WARNING: kmalloc bug in corrupted", report.title());
    assertTrue(report.isTruncated());
  }

  @Test
  void textOfOthersInAStampedLogIsNoReport() {
    String stamped = kernel("", "Linux version 6.1.0\nusb 1-1: new device\n");
    for (String line :
        new String[] {
          "WARNING: CPU: 0 PID: 8 at fs/acme.c:14 acme_check+0x20/0x30",
          "BUG: KASAN: use-after-free in acme_read+0x41/0x9d0",
          "Kernel panic is what this program talks about",
          "kernel BUG at fs/acme.c:7!",
        }) {
      assertEquals(List.of(), in(stamped + line + "\n"), line);
    }
  }

  @Test
  void whatAProgramWroteToKmsgIsNoReport() {
    String line = "[   12.000001] BUG: the test begins\n";
    assertEquals(1, in("<1>" + line).size());
    assertEquals(List.of(), in("<9>" + line));
    assertEquals(
        1, in(("kern  :alert : " + line).repeat(1) + "kern  :info  : [   13.000001] x\n").size());
    assertEquals(List.of(), in("user  :alert : " + line + "kern  :info  : [   13.000001] x\n"));
  }

  @Test
  void whatIsTypedOrTracedAtAShellIsNoReport() {
    String stamped = kernel("", "Linux version 6.1.0\nusb 1-1: new device\n");
    for (String line :
        new String[] {
          "+ printf 'INFO: rcu_preempt self-detected stall on CPU\\n'",
          "root@debvm:~# echo 'kernel BUG at fs/acme.c:7!' > /tmp/x",
          "root@debvm:~# grep -c 'BUG: KASAN: use-after-free in acme' serial.log",
          "> Kernel panic - not syncing: typed at a here-document",
          "acmed[312]: BUG: unable to handle page fault for address: 12",
          "acmed[312]: WARNING: CPU: 0 PID: 8 at fs/acme.c:14 acme_check+0x20/0x30",
          "WARNING: bl31: no image, trying the next",
          "INFO:    BL31: Preparing for EL3 exit to normal world",
          "Warning: general protection fault handlers are not tested",
        }) {
      assertEquals(List.of(), in(stamped + line + "\n"), line);
    }
  }

  @Test
  void aLogWithoutAnyStampIsTakenAsItIs() {
    List<CrashReport> reports = in("kernel BUG at fs/acme.c:7!\nCall Trace:\n acme_one+0x1/0x2\n");
    assertEquals("kernel BUG in acme_one", reports.get(0).title());
  }

  @Test
  void aReportThatIsPrintedAgainIsTheSameReport() {
    String log = kernel("", "kernel BUG at fs/acme.c:7!\nCall Trace:\n acme_one+0x1/0x2\n");
    assertEquals(1, in(log + "root@debvm:~# dmesg\n" + log).size());
  }

  @Test
  void stampsOfOtherLayoutsAreStamps() {
    List<CrashReport> reports =
        in(
            """
            [    0.043841 ][    T0 ] kernel BUG at fs/acme.c:7!
            [    0.043842 ][    T0 ] Call Trace:
            [    0.043843 ][    T0 ]  acme_one+0x1/0x2
            """);
    assertEquals("kernel BUG in acme_one", reports.get(0).title());
  }

  @Test
  void nearMissesStaySilent() {
    for (String line :
        new String[] {
          "INFO: lockdep is turned off.",
          "INFO: NMI handler (perf_event_nmi_handler) took too long to run: 1.403 msecs",
          "rcu: INFO: Stall ended before state dump start",
          "ODEBUG: Out of memory. ODEBUG disabled",
          "WARNING: /etc/ssh/moduli does not exist, using fixed modulus",
          "Boot_DEBUG: level 3",
          "[BIN_INFO::0x0008]",
          "evtlog_status: enable:0, panic:1",
          "Spectre V2 : WARNING: Unprivileged eBPF is enabled with eIBRS on",
          "traps: x[3615] general protection fault ip:7feb96eb56a1 sp:20000fd0 error:0",
          "WARNING: RO_VPD is uninitialized or empty.",
          "INFO: [DEVAPC] dump",
          "EXT4-fs (loop1): INFO: recovery required on readonly filesystem",
          "Oops: efitime: can't read time!",
          "kernel msg: ebtables bug: please report to author: Valid hook without chain",
          "XFS (loop4): WARNING: Reset corrupted AGFL on AG 0. 1 blocks leaked.",
          "panic=10 oops=panic are on the command line",
          "WARNING: The mand mount option has been deprecated and",
          "watchdog: soft lockup detector enabled",
          "kmemleak: Kernel memory leak detector initialized",
          "mce: Machine check injector initialized",
        }) {
      assertEquals(List.of(), in(kernel("", "Linux version 6.1.0\n" + line)), line);
    }
  }

  @Test
  void whatATestOfTheKernelProvokedIsKnownAsSuch() {
    assertFalse(only(KASAN).selfTest());
    for (String[] mark :
        new String[][] {
          {" [acme]", " [kasan_test]"},
          {" [acme]", " [lkdtm]"},
          {"vfs_read+", "lkdtm_do_action+"},
          {"vfs_read+", "kunit_try_run_case+"},
          {"Comm: cat ", "Comm: kunit_try_catch "},
        }) {
      assertTrue(KASAN.contains(mark[0]), mark[0]);
      assertTrue(only(KASAN.replace(mark[0], mark[1])).selfTest(), mark[1]);
    }
  }

  // ---- bounds -----------------------------------------------------------------------------------

  private static String warningsWithoutEnd(int n) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < n; i++) {
      text.append("------------[ cut here ]------------\n")
          .append("WARNING: CPU: 0 PID: 8 at fs/acme.c:")
          .append(i)
          .append(" acme_check+0x20/0x30\nModules linked in: acme\nCall Trace:\n");
      for (int f = 0; f < 16; f++) {
        text.append(" acme_frame").append(f).append("+0x1/0x2\n");
      }
    }
    return kernel("", text.toString());
  }

  /** Bytes this thread allocates while the reports of {@code log} are read. */
  private static long work(String log) {
    Entries entries = CrashLogs.entries(log);
    var thread = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = thread.getCurrentThreadAllocatedBytes();
    int found = CrashLogs.in(entries, entries.size()).size();
    long after = thread.getCurrentThreadAllocatedBytes();
    assertTrue(found > 0);
    return after - before;
  }

  @Test
  void reportsWithoutEndAreAllFoundInLinearWork() {
    String half = warningsWithoutEnd(400);
    String whole = warningsWithoutEnd(800);
    assertEquals(800, in(whole).size());
    work(half);
    double ratio = (double) work(whole) / work(half);
    assertTrue(ratio > 1.8 && ratio < 2.3, "twice as much takes " + ratio + " times the work");
  }

  @Test
  void aStackWithoutEndIsCutAndTheWorkStaysLinear() {
    String endless = "kernel BUG at fs/acme.c:7!\nCall Trace:\n" + " f+0x1/0x2\n".repeat(50_000);
    CrashReport report = only(endless);
    assertTrue(report.stacks().get(0).frames().size() <= Block.MAX_LINES);
  }

  @Test
  void panicsOverAndOverTakeLinearWork() {
    String half = kernel("", "Kernel panic - not syncing: again\n".repeat(2_000));
    String whole = kernel("", "Kernel panic - not syncing: again\n".repeat(4_000));
    work(half);
    double ratio = (double) work(whole) / work(half);
    assertTrue(ratio > 1.8 && ratio < 2.3, "twice as much takes " + ratio + " times the work");
  }

  @Test
  void oneReportForEachOfManyCallersIsBounded() {
    StringBuilder log = new StringBuilder();
    for (int i = 0; i < 500; i++) {
      log.append(kernel("T" + i, "kernel BUG at fs/acme.c:7!\n"));
    }
    assertEquals(500, in(log.toString()).size());
  }

  @Test
  void aReportThatOthersBreakIntoBeganAtItsCutHereLine() {
    List<CrashReport> reports =
        in(
            """
            [   38.698988][   T12] ------------[ cut here ]------------
            [   38.709812][ T5638] usb 6-1: Direct firmware load for acme.fw failed with error -2
            [   38.720996][   T12] usb 5-1: BOGUS urb xfer, pipe 3 != type 1
            [   38.738500][   T12] WARNING: CPU: 0 PID: 12 at drivers/usb/core/urb.c:494 usb_submit_urb+0x14/0x20
            [   38.748500][   T12] Call Trace:
            [   38.758500][   T12]  acme_probe+0x14/0x20
            """);
    assertEquals(1, reports.size(), reports.toString());
    assertEquals(0, reports.get(0).opened());
    assertEquals(3, reports.get(0).firstEntry());
  }

  @Test
  void aReportInOnePieceBeginsWhereItNamesTheFault() {
    CrashReport report =
        only(
            """
            ------------[ cut here ]------------
            usb 5-1: BOGUS urb xfer, pipe 3 != type 1
            WARNING: CPU: 0 PID: 12 at drivers/usb/core/urb.c:494 usb_submit_urb+0x14/0x20
            Call Trace:
             acme_probe+0x14/0x20
            """);
    assertEquals(2, report.opened());
    assertEquals(2, report.firstEntry());
  }

  @Test
  void everyExpressionOfEveryKindIsOne() {
    for (ReportKind kind : ReportKinds.builtIn().kinds()) {
      assertCompiles(kind.begins());
      assertCompiles(kind.unless());
      assertCompiles(kind.joins());
      for (ReportKind.Form form : kind.forms()) {
        assertCompiles(form.line());
        assertCompiles(form.skip());
        form.more().forEach(CrashReportsTest::assertCompiles);
      }
    }
  }

  private static void assertCompiles(Expression expression) {
    if (expression != null) {
      assertDoesNotThrow(expression::names, expression::toString);
      assertDoesNotThrow(() -> expression.occursIn(""), expression::toString);
      // The automaton answers for an empty text; this is RE2/J's.
      assertDoesNotThrow(() -> expression.indexIn(""), expression::toString);
    }
  }
}
