package dev.loganalyze.crash;

import static dev.loganalyze.crash.CrashLogs.only;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loganalyze.crash.CrashReport.Stack;
import dev.loganalyze.crash.CrashReport.Task;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a report holds, as each architecture prints it. */
class ReportContentTest {

  /** Each stack as {@code context: functions}. */
  private static List<String> stacks(CrashReport report) {
    return report.stacks().stream()
        .map(
            stack ->
                stack.context().word()
                    + ": "
                    + String.join(" ", stack.frames().stream().map(Frame::function).toList()))
        .toList();
  }

  /** arch/x86/mm/fault.c, kernel/dumpstack.c, kernel/process_64.c. */
  private static final String X86 =
      """
      BUG: unable to handle page fault for address: ffffc90000e1f000
      #PF: supervisor write access in kernel mode
      #PF: error_code(0x0002) - not-present page
      PGD 100000067 P4D 100000067 PUD 100221067 PMD 0
      Oops: Oops: 0002 [#1] PREEMPT SMP NOPTI
      CPU: 1 UID: 0 PID: 5764 Comm: acme worker Tainted: G        W  O       6.12.0-acme #7
      Tainted: [W]=WARN, [O]=OOT_MODULE
      Hardware name: Acme Machine, BIOS 1.0 04/01/2014
      RIP: 0010:acme_poke.constprop.0+0x12/0x34 [acme]
      Code: 55 48 89 e5 <c6> 07 00 5d c3
      RSP: 0018:ffffc90000a3fd98 EFLAGS: 00010282
      RAX: 0000000000000000 RBX: ffffc90000e1f000 RCX: 0000000000000000
      FS:  00007f1c4b7f1740(0000) GS:ffff88807dd00000(0000) knlGS:0000000000000000
      CS:  0010 DS: 0000 ES: 0000 CR0: 0000000080050033
      CR2: ffffc90000e1f000 CR3: 0000000006a36000 CR4: 00000000000006f0
      Call Trace:
       <IRQ>
       acme_timer+0x10/0x20 [acme]
       call_timer_fn+0x20/0x100
       </IRQ>
       <TASK>
       asm_sysvec_apic_timer_interrupt+0x1a/0x20
       ? lock_acquire+0x1/0x2
       acme_find drivers/acme/core.c:286 [inline]
       acme_ioctl+0x44/0x90 drivers/acme/core.c:1611
       __x64_sys_ioctl+0x88/0xc0
       </TASK>
      Modules linked in: acme(O) loop [last unloaded: other(O)]
      CR2: ffffc90000e1f000
      ---[ end trace 0000000000000000 ]---
      """;

  @Test
  void x86() {
    CrashReport report = only(X86);
    assertEquals("BUG: unable to handle kernel paging request in acme_poke", report.title());
    Task task = report.task();
    assertEquals(1, task.cpu());
    assertEquals(5764, task.pid());
    assertEquals("acme worker", task.comm());
    assertEquals("GWO", task.taint());
    assertEquals("6.12.0-acme", task.kernel());
    assertEquals("Acme Machine, BIOS 1.0 04/01/2014", task.hardware());
    assertEquals(List.of("acme(O)", "loop"), task.modules());
    assertEquals("acme_poke.constprop.0+0x12/0x34", task.place());
    assertEquals("55 48 89 e5 <c6> 07 00 5d c3", task.code());
    assertEquals(7, task.registers().size(), task.registers().toString());
    assertEquals(
        List.of(
            "irq: acme_timer call_timer_fn",
            "task: asm_sysvec_apic_timer_interrupt lock_acquire acme_find acme_ioctl"
                + " __x64_sys_ioctl"),
        stacks(report));
    List<Frame> frames = report.stacks().get(1).frames();
    assertFalse(frames.get(1).reliable());
    assertTrue(frames.get(2).inlined());
    assertEquals("drivers/acme/core.c:286", frames.get(2).source());
    assertEquals(0x44, frames.get(3).offset());
    assertEquals("acme", report.stacks().get(0).frames().get(0).module());
  }

  /** arch/x86/kernel/dumpstack_64.c, exception stacks; before 4.10 an end tag stood in line. */
  @Test
  void x86ExceptionStacks() {
    CrashReport report =
        only(
            """
            PANIC: double fault, error_code: 0x0
            Call Trace:
             <#DF>  [<ffffffff810a376f>] acme_deep+0x1f/0x280
             [<ffffffff810a3770>] acme_deeper+0x1f/0x280
             <<EOE>>  <IRQ>  [<ffffffff810a3771>] acme_irq+0x1f/0x280
             <EOI>  [<ffffffff810a3772>] acme_task+0x1f/0x280
             <NMI>
             nmi_one+0x1/0x2
             </NMI>
             acme_last+0x1/0x2
            """);
    assertEquals(
        List.of(
            "exception: acme_deep acme_deeper",
            "irq: acme_irq",
            "task: acme_task",
            "nmi: nmi_one",
            "task: acme_last"),
        stacks(report));
  }

  /** arch/arm/mm/fault.c, kernel/process.c (__show_regs), kernel/traps.c (dump_backtrace_entry). */
  @Test
  void arm() {
    CrashReport report =
        only(
            """
            8<--- cut here ---
            Unable to handle kernel NULL pointer dereference at virtual address 00000008 when read
            [00000008] *pgd=00000000
            Internal error: Oops: 5 [#1] SMP ARM
            Modules linked in: acme
            CPU: 3 PID: 120 Comm: insmod Tainted: G           O      5.15.0 #1
            Hardware name: Generic DT based system
            PC is at acme_poke+0x58/0xa8 [acme]
            LR is at acme_call+0x20/0x30 [acme]
            pc : [<bf000058>]    lr : [<bf000020>]    psr: 60000013
            sp : c1a01e80  ip : 00000000  fp : c1a01e9c
            r10: 00000000  r9 : 00000000  r8 : 00000000
            Flags: nZCv  IRQs on  FIQs on  Mode SVC_32  ISA ARM  Segment none
            Control: 10c5387d  Table: 4000406a  DAC: 00000051
            Process insmod (pid: 120, stack limit = 0xc1a00218)
            Stack: (0xc1a01e80 to 0xc1a02000)
            1e80: 00000000 c0a00000 00000000 00000000
            [<bf000058>] (acme_poke [acme]) from [<c0181a40>] (handle_irq_event+0x38/0x60)
            [<c0181a40>] (handle_irq_event) from [<c0101a0c>] (__irq_svc+0x6c/0x90)
            Exception stack(0xc1a01f20 to 0xc1a01f68)
            1f20: 00000000 00000000 00000000 00000000
            [<c0101a0c>] (__irq_svc) from [<c0108434>] (acme_task+0x48/0x54)
            [<c0108434>] (acme_task) from [<c0100090>] (ret_fast_syscall+0x0/0x58)
            Code: e1a0c00d e92dd800 (e5933008)
            ---[ end trace 5b3c1a2d ]---
            """);
    assertEquals(
        "BUG: unable to handle kernel NULL pointer dereference in acme_poke", report.title());
    Task task = report.task();
    assertEquals("acme_poke+0x58/0xa8", task.place());
    assertEquals(3, task.cpu());
    assertEquals("insmod", task.comm());
    assertEquals("Generic DT based system", task.hardware());
    assertEquals("e1a0c00d e92dd800 (e5933008)", task.code());
    assertEquals(7, task.registers().size(), task.registers().toString());
    assertEquals(
        List.of("irq: acme_poke handle_irq_event", "task: __irq_svc acme_task"), stacks(report));
    assertFalse(report.isTruncated(), report.truncated());
  }

  /** arch/arm64/mm/fault.c, kernel/process.c (__show_regs), kernel/entry-common.c. */
  @Test
  void arm64() {
    CrashReport report =
        only(
            """
            Unable to handle kernel paging request at virtual address ffff800012345000
            Mem abort info:
              ESR = 0x0000000096000007
            Internal error: Oops: 0000000096000007 [#1] PREEMPT SMP
            Modules linked in:
            CPU: 2 PID: 0 Comm: swapper/2 Not tainted 6.6.1 #1
            Hardware name: linux,dummy-virt (DT)
            pstate: 60400009 (nZCv daif +PAN -UAO -TCO -DIT -SSBS BTYPE=--)
            pc : acme_poke+0x74/0x110
            lr : acme_call+0x20/0x30
            sp : ffff80000801be30
            x29: ffff80000801be30 x28: 0000000000000000 x27: 0000000000000000
            Call trace:
             acme_poke+0x74/0x110
             handle_percpu_devid_irq+0x84/0x130
             el1_interrupt+0x34/0x68
             el1h_64_irq_handler+0x18/0x24
             el1h_64_irq+0x64/0x68
             default_idle_call+0x28/0x3c
             do_idle+0x214/0x264
            Code: aa0003e0 d503201f (f9400000)
            ---[ end trace 0000000000000000 ]---
            """);
    assertEquals("BUG: unable to handle kernel paging request in acme_poke", report.title());
    assertEquals("acme_poke+0x74/0x110", report.task().place());
    assertEquals("swapper/2", report.task().comm());
    assertEquals(0, report.task().pid());
    assertEquals("linux,dummy-virt (DT)", report.task().hardware());
    assertEquals("aa0003e0 d503201f (f9400000)", report.task().code());
    assertEquals(5, report.task().registers().size(), report.task().registers().toString());
    assertEquals(
        List.of(
            "irq: acme_poke handle_percpu_devid_irq el1_interrupt el1h_64_irq_handler el1h_64_irq",
            "task: default_idle_call do_idle"),
        stacks(report));
  }

  /** arch/riscv/mm/fault.c, kernel/process.c (__show_regs), kernel/stacktrace.c. */
  @Test
  void riscv() {
    CrashReport report =
        only(
            """
            Unable to handle kernel NULL pointer dereference at virtual address 0000000000000008
            Oops [#1]
            Modules linked in: acme(O)
            CPU: 0 PID: 81 Comm: cat Tainted: G           O       6.5.0 #3
            Hardware name: riscv-virtio,qemu (DT)
            epc : acme_poke+0x1a/0x30 [acme]
             ra : acme_call+0x10/0x20 [acme]
            epc : ffffffff01a5401a ra : ffffffff01a54040 sp : ff20000000233d50
             gp : ffffffff81a1c0a8 tp : ff6000000242a400 t0 : 0000000000000000
             s5 : 0000000000000000 a1 : 0000000000000001 s11: 0000000000000000
            status: 0000000200000120 badaddr: 0000000000000008 cause: 000000000000000d
            [<ffffffff01a5401a>] acme_poke+0x1a/0x30 [acme]
            [<ffffffff80003a4c>] ret_from_exception+0x0/0x64
            [<ffffffff8012a4d2>] acme_read+0x98/0x1f0
            Code: 4501 8082 1141 e422 (651c) 0800
            ---[ end trace 0000000000000000 ]---
            """);
    assertEquals(
        "BUG: unable to handle kernel NULL pointer dereference in acme_poke", report.title());
    assertEquals("acme_poke+0x1a/0x30", report.task().place());
    assertEquals("4501 8082 1141 e422 (651c) 0800", report.task().code());
    assertEquals(6, report.task().registers().size(), report.task().registers().toString());
    assertEquals(
        List.of("exception: acme_poke ret_from_exception", "task: acme_read"), stacks(report));
  }

  /** arch/mips/mm/fault.c, kernel/traps.c (__show_regs, show_code). */
  @Test
  void mips() {
    CrashReport report =
        only(
            """
            CPU 0 Unable to handle kernel paging request at virtual address 00000008, epc == 80109fb0, ra == 80109f00
            Oops[#1]:
            CPU: 0 PID: 44 Comm: modprobe Not tainted 5.10.0 #2
            $ 0   : 00000000 00000001 00000000 00000000
            $ 4   : 80a50000 00000001 8085fd30 00000000
            Hi    : 00000000
            Lo    : 00000000
            epc   : 80109fb0 acme_poke+0x70/0x8c
            ra    : 80109f00 acme_call+0x10/0x20
            Status: 1000a403	KERNEL EXL IE
            Cause : 00800008 (ExcCode 02)
            BadVA : 00000008
            PrId  : 00019374 (MIPS 24Kc)
            Modules linked in: acme
            Process modprobe (pid: 44, threadinfo=(ptrval), task=(ptrval), tls=00000000)
            Call Trace:
            [<80109fb0>] acme_poke+0x70/0x8c
            [<8010a000>] handle_int+0x140/0x14c
            [<8010b000>] acme_init+0x18/0x40
            Code: 8fbf0014  03e00008  27bd0018 <8c420008> 00000000

            ---[ end trace 0000000000000000 ]---
            """);
    assertEquals("BUG: unable to handle kernel paging request in acme_poke", report.title());
    assertEquals("acme_poke+0x70/0x8c", report.task().place());
    assertEquals("8fbf0014  03e00008  27bd0018 <8c420008> 00000000", report.task().code());
    assertEquals(10, report.task().registers().size(), report.task().registers().toString());
    assertEquals(List.of("irq: acme_poke handle_int", "task: acme_init"), stacks(report));
  }

  /** arch/powerpc/mm/fault.c, kernel/traps.c, kernel/process.c (__show_regs, show_stack). */
  @Test
  void powerpc() {
    CrashReport report =
        only(
            """
            BUG: Kernel NULL pointer dereference on read at 0x00000008
            Faulting instruction address: 0xc0000000000d8e0c
            Oops: Kernel access of bad area, sig: 11 [#1]
            LE PAGE_SIZE=64K MMU=Radix SMP NR_CPUS=2048 NUMA pSeries
            Modules linked in: acme
            CPU: 5 PID: 1 Comm: swapper/5 Not tainted 6.4.0 #1
            Hardware name: IBM pSeries (emulated by qemu) POWER9 (raw) 0x4e1202 0xf000005 of:SLOF,HEAD pSeries
            NIP:  c0000000000d8e0c LR: c0000000000d8e00 CTR: 0000000000000000
            REGS: c0000000fffb3970 TRAP: 0300   Not tainted  (6.4.0)
            MSR:  8000000000009033 <SF,EE,ME,IR,DR,RI,LE>  CR: 28000482  XER: 20040000
            CFAR: c0000000000d8dfc DAR: 0000000000000008 DSISR: 40000000 IRQMASK: 0
            GPR00: c0000000000d8e00 c0000000fffb3c10 c000000001a5e400 0000000000000000
            NIP [c0000000000d8e0c] acme_poke+0x1c/0x60
            LR [c0000000000d8e00] acme_poke+0x10/0x60
            Call Trace:
            [c0000000fffb3c10] [c0000000000d8e00] acme_poke+0x10/0x60 (unreliable)
            [c0000000fffb3c40] [c00000000001f0d4] timer_interrupt+0x154/0x420
            --- interrupt: 900 at plpar_hcall_norets+0x1c/0x28
            [c0000000fffb3d00] [c0000000000a1b2c] acme_idle+0x50/0xd0
            Instruction dump:
            60000000 60000000 7c0802a6 f8010010
            f821ffd1 <e9230008> 38210030 4e800020
            ---[ end trace 0000000000000000 ]---
            """);
    assertEquals(
        "BUG: unable to handle kernel NULL pointer dereference in acme_poke", report.title());
    Task task = report.task();
    assertEquals(5, task.cpu());
    assertEquals("6.4.0", task.kernel());
    assertEquals("acme_poke+0x1c/0x60", task.place());
    assertEquals(
        "60000000 60000000 7c0802a6 f8010010 f821ffd1 <e9230008> 38210030 4e800020", task.code());
    assertEquals(7, task.registers().size(), task.registers().toString());
    assertEquals(List.of("irq: acme_poke timer_interrupt", "task: acme_idle"), stacks(report));
    assertFalse(report.stacks().get(0).frames().get(0).reliable());
  }

  /** arch/s390/mm/fault.c, kernel/dumpstack.c (show_regs, die), kernel/dis.c (show_code). */
  @Test
  void s390() {
    CrashReport report =
        only(
            """
            Unable to handle kernel pointer dereference in virtual kernel address space
            Failing address: 0000000000000000 TEID: 0000000000000483
            Fault in home space mode while using kernel ASCE.
            Oops: 0004 ilc:2 [#1] SMP
            Modules linked in: acme(O)
            CPU: 1 PID: 812 Comm: insmod Tainted: G           O      6.2.0 #1
            Hardware name: IBM 8561 T01 701 (KVM/Linux)
            Krnl PSW : 0704e00180000000 000003ff80084a4a (acme_poke+0x3e/0x1b4 [acme])
                       R:0 T:1 IO:1 EX:1 Key:0 M:1 W:0 P:0 AS:3 CC:2 PM:0 RI:0 EA:3
            Krnl GPRS: 0000000000000000 0000000000000001 0000000000000000 0000000000000000
                       000003ff80084000 0000000000000000 0000000000000000 0000000000000000
            Krnl Code: 000003ff80084a3a: c0e5ffffffd3	brasl	%r14,000003ff800849e0
                       000003ff80084a40: a7290000		lghi	%r2,0
                      >000003ff80084a4a: e32020000004	lg	%r2,0(%r2)
            Call Trace:
             [<000003ff80084a4a>] acme_poke+0x3e/0x1b4 [acme]
            ([<000003ff80084a40>] acme_poke+0x34/0x1b4 [acme])
             [<0000000000c5a1b2>] pgm_check_handler+0x1da/0x240
             [<0000000000103c50>] acme_init+0x40/0x1e0
            Last Breaking-Event-Address:
             [<0000000000c4e000>] _printk+0x0/0x80
            ---[ end trace 0000000000000000 ]---
            """);
    assertEquals("BUG: unable to handle kernel paging request in acme_poke", report.title());
    assertEquals("acme_poke+0x3e/0x1b4", report.task().place());
    assertEquals("IBM 8561 T01 701 (KVM/Linux)", report.task().hardware());
    assertEquals(4, report.task().registers().size(), report.task().registers().toString());
    assertTrue(report.task().code().endsWith(">000003ff80084a4a: e32020000004	lg	%r2,0(%r2)"));
    assertEquals(
        List.of("exception: acme_poke acme_poke pgm_check_handler", "task: acme_init"),
        stacks(report).subList(0, 2));
  }

  /** mm/kasan/report.c, mm/kmemleak.c: whose memory it is. */
  @Test
  void whoAllocatedAndFreed() {
    CrashReport report =
        only(
            """
            BUG: KASAN: slab-use-after-free in acme_read+0x41/0x9d0
            Read of size 4 at addr ffff8801d0c6b080 by task cat me/5764
            Call Trace:
             acme_read+0x41/0x9d0 [acme]
            Allocated by task 12:
             acme_alloc+0x10/0x20 [acme]
            Freed by task 13:
             acme_free+0x10/0x20 [acme]
            Last potentially related work creation:
             acme_queue+0x10/0x20 [acme]
            """);
    assertEquals(
        List.of(
            "task: acme_read", "allocated: acme_alloc", "freed: acme_free", "other: acme_queue"),
        stacks(report));
    assertEquals("Freed by task 13:", report.stacks().get(2).name());
    assertEquals("cat me", report.task().comm());
    assertEquals(5764, report.task().pid());
  }

  @Test
  void theTaskIsNamedInManyWays() {
    String[][] ways = {
      {"INFO: task kworker/0:1:17 blocked for more than 143 seconds.", "kworker/0:1", "17"},
      {"watchdog: BUG: soft lockup - CPU#3 stuck for 22s! [kworker/1:0:17]", "kworker/1:0", "17"},
      {"WARNING: drivers/acme/core.c:99 at acme_check+0x28/0x30, CPU#1: init/1", "init", "1"},
    };
    for (String[] way : ways) {
      CrashReport report = only(way[0] + "\nCall Trace:\n acme_wait+0x1/0x2\n");
      assertEquals(way[1], report.task().comm(), way[0]);
      assertEquals(Integer.parseInt(way[2]), report.task().pid(), way[0]);
    }
  }

  @Test
  void lockdepNamesTheReleaseBeforeTheTaint() {
    Task task =
        only("""
                WARNING: possible recursive locking detected
                6.1.0-acme #1 Tainted: G        W
                --------------------------------------------
                mount/81 is trying to acquire lock:
                ffff8880 (&acme->lock){+.+.}-{3:3}, at: acme_open+0x21/0x90
                stack backtrace:
                Call Trace:
                 acme_open+0x21/0x90
                """)
            .task();
    assertEquals("6.1.0-acme", task.kernel());
    assertEquals("GW", task.taint());
  }

  @Test
  void whatIsNotThereIsEmpty() {
    CrashReport report = only("kernel BUG at fs/acme.c:7!\nCall Trace:\n acme_one+0x1/0x2\n");
    Task task = report.task();
    assertEquals(
        new Task(-1, -1, "", "", "", "", List.of(), "", "", List.of()), task, task.toString());
    assertEquals(
        List.of(
            new Stack(
                CrashReport.Context.TASK,
                "Call Trace:",
                List.of(new Frame("acme_one", 1, "", true, false, "")))),
        report.stacks());
  }
}
