package dev.loganalyze.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loganalyze.transcript.Transcript;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The shapes of lines, each on a line that a real machine printed. */
class LineParserTest {

  private static Entries parse(String log) {
    return LineParser.parse(Transcript.console(log.getBytes(StandardCharsets.UTF_8)));
  }

  private static Entry one(String line) {
    Entries entries = parse(line + "\n");
    assertEquals(1, entries.size(), line);
    return entries.get(0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "Starting |modprobe@drm.service - Load Kernel Module drm...|JOB_STARTING",
        "Mounting |data.mount - /data...|JOB_STARTING",
        "Activating swap |swapfile.swap - /swapfile...|JOB_STARTING",
        "Expecting device |dev-vdz.device - /dev/vdz...|JOB_STARTING",
        "Started |cron.service - Regular background program processing daemon.|JOB_DONE",
        "Finished |systemd-sysusers.service - Create System Users.|JOB_DONE",
        "Mounted |data.mount - /data.|JOB_DONE",
        "Activated swap |swapfile.swap - /swapfile.|JOB_DONE",
        "Found device |dev-vda1.device - /dev/vda1.|JOB_DONE",
        "Listening on |dbus.socket - D-Bus System Message Bus Socket.|JOB_DONE",
        "Reached target |network.target - Network.|JOB_DONE",
        "Created slice |system-getty.slice - Slice /system/getty.|JOB_DONE",
        "Set up automount |boot.automount.|JOB_DONE",
        "Failed to start |broken.service - Unit that exits 1.|JOB_FAILED",
        "Failed to mount |data.mount - /data.|JOB_FAILED",
        "Failed to activate swap |swapfile.swap - /swapfile.|JOB_FAILED",
        "Failed to listen on |x.socket - X.|JOB_FAILED",
        "Failed to set up automount |boot.automount.|JOB_FAILED",
        "Timed out starting |hang.service - A service that hangs.|JOB_TIMEOUT",
        "Timed out mounting |data.mount - /data.|JOB_TIMEOUT",
        "Timed out activating swap |swapfile.swap - /swapfile.|JOB_TIMEOUT",
        "Timed out waiting for device |dev-vdz.device - /dev/vdz.|DEVICE_TIMEOUT",
        "Dependency failed for |data.mount - /data.|JOB_DEPENDENCY",
        "Assertion failed for |x.service - X.|JOB_REFUSED",
        "Stopping |x.service - X...|JOB_STOPPING",
        "Stopped |x.service - X.|JOB_STOPPING",
        "Stopped target |graphical.target - Graphical Interface.|JOB_STOPPING",
        "Stopped (with error) |x.service - X.|JOB_STOPPING",
        "Unmounting |data.mount - /data...|JOB_STOPPING",
        "Unmounted |data.mount - /data.|JOB_STOPPING",
        "Failed unmounting |data.mount - /data.|JOB_STOPPING",
        "Closed |x.socket - X.|JOB_STOPPING",
        "Removed slice |x.slice - X.|JOB_STOPPING",
        "Unset automount |boot.automount.|JOB_STOPPING",
        "Timed out stopping |x.service - X.|JOB_STOPPING",
        "Ordering cycle found, skipping |cycle-a.service|ORDERING_CYCLE",
      })
  void whatSystemdSaysOfAJobIsTheSameWhereverItSaysIt(String verb, String unit, Shape shape) {
    String named = unit.replaceFirst("\\.+$", "");
    for (String before :
        new String[] {
          "         ",
          "systemd[1]: ",
          "[   22.033160] systemd[1]: ",
          "Oct 08 06:07:35 nixos systemd[1]: "
        }) {
      Entry entry = one(before + verb + unit);
      assertEquals(shape, entry.shape(), before + verb + unit);
      assertEquals(Origin.MANAGER, entry.origin(), before);
      assertEquals(named, entry.unit(), before);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "[  OK  ] Reached target network.target - Network.|JOB_DONE|network.target - Network",
        "[FAILED] Failed to start broken.service - X.|JOB_FAILED|broken.service - X",
        "[ TIME ] Timed out waiting for device dev-vdz.device - /dev/vdz.|DEVICE_TIMEOUT"
            + "|dev-vdz.device - /dev/vdz",
        "[DEPEND] Dependency failed for data.mount - /data.|JOB_DEPENDENCY|data.mount - /data",
        "[ SKIP ] Ordering cycle found, skipping cycle-a.service|ORDERING_CYCLE|cycle-a.service",
        "[ASSERT] Assertion failed for X.|JOB_REFUSED|X",
        "[UNSUPP] Starting of X unsupported.|JOB_REFUSED|X",
        "[  OK  ] Started A service that crashes.|JOB_DONE|A service that crashes",
        "[  OK  ] Finished systemd-tmpfiles-\u2026reate Static Device Nodes in /dev.|JOB_DONE"
            + "|systemd-tmpfiles-\u2026reate Static Device Nodes in /dev",
        "[ ***  ] (1 of 2) A start job is running for Network (57s / 2min 22s)|JOB_RUNNING|Network",
        "[*     ] Job dev-vdz.device/start running (16s / 48s)|JOB_RUNNING|dev-vdz.device",
        "[    **] A start job is running for X (55s / no limit)|JOB_RUNNING|X",
        "See 'systemctl status x.service' for details.|SEE_STATUS|x.service",
        "systemd[1]: x.service: Failed with result 'exit-code'.|UNIT_MESSAGE|x.service",
        "systemd[1]: x.service - X was skipped because of an unmet condition check (a=b)."
            + "|JOB_SKIPPED|x.service - X",
        "systemd[1]: Condition check resulted in X being skipped.|JOB_SKIPPED|X",
        "systemd[1]: Queued start job for default target graphical.target.|DEFAULT_TARGET"
            + "|graphical.target",
      })
  void statusLines(String line, Shape shape, String unit) {
    Entry entry = one(line);
    assertEquals(shape, entry.shape());
    assertEquals(unit, entry.unit());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "SeaBIOS (version 1.16.2-debian-1.16.2-1)|FIRMWARE_BANNER|FIRMWARE",
        "coreboot-4.22 Mon Sep 12 14:38:59 UTC 2022 bootblock starting|FIRMWARE_BANNER|FIRMWARE",
        "[NOTE ]  coreboot-v1.9308 Mon Sep 12 14:38:59 UTC 2022 ramstage|FIRMWARE_BANNER|FIRMWARE",
        "coreboot-4.22 Mon Sep 12 14:38:59 UTC 2022 smm starting (log level: 8)...|TEXT|CONSOLE",
        "NOTICE:  BL1: v2.10.0(release):v2.10|FIRMWARE_BANNER|FIRMWARE",
        "OpenSBI v1.5|FIRMWARE_BANNER|FIRMWARE",
        "Booting from Hard Disk...|FIRMWARE_HANDOVER|FIRMWARE",
        "BdsDxe: starting Boot0002 \"UEFI Misc Device\" from PciRoot(0x0)"
            + "|FIRMWARE_HANDOVER|FIRMWARE",
        "  PXE-E16: No valid offer received.|FIRMWARE|FIRMWARE",
        "iPXE (http://ipxe.org) 00:02.0 C000 PCI2.10 PnP PMM|FIRMWARE|FIRMWARE",
        "BdsDxe: loading Boot0002 \"UEFI Misc Device\" from PciRoot(0x0)|FIRMWARE|FIRMWARE",
        "!!!! X64 Exception Type - 0D(#GP - General Protection)|FIRMWARE|FIRMWARE",
        "full_reset() called!|REBOOT|FIRMWARE",
        "resetting ...|REBOOT|FIRMWARE",
        "Welcome to GRUB!|LOADER_BANNER|LOADER",
        "ISOLINUX 6.04 20200816 ETCD Copyright (C) 1994-2015|LOADER_BANNER|LOADER",
        "U-Boot 2023.01+dfsg-2 (Jun 22 2026 - 00:00:00 +0000)|LOADER_BANNER|LOADER",
        "Loading initial ramdisk ...|LOADER|LOADER",
        "Hit any key to stop autoboot:  2|LOADER|LOADER",
        "Starting kernel ...|HANDOVER|LOADER",
        "Missing operating system.|LOADER|LOADER",
        "Error loading \\EFI\\nixos\\bzImage.efi: Not Found|LOADER|LOADER",
        "grub rescue> ls|LOADER_PROMPT|SHELL",
        "=> printenv|LOADER_PROMPT|SHELL",
        "[    0.000000] Linux version 6.1.0-56-cloud-amd64 (x@y) #1 SMP|KERNEL_BANNER|KERNEL",
        "[    0.000000] Command line: console=ttyS0|KERNEL_COMMAND_LINE|KERNEL",
        "[    1.000000] Kernel command line: console=ttyS0|KERNEL_COMMAND_LINE|KERNEL",
        "[    4.232430] Run /init as init process|KERNEL_INIT|KERNEL",
        "[    4.232430] Kernel panic - not syncing: Attempted to kill init!|PANIC|KERNEL",
        "[   97.259425] reboot: Power down|POWER_OFF|KERNEL",
        "[   97.259425] reboot: Restarting system|REBOOT|KERNEL",
        "[   88.100000] kexec_core: Starting new kernel|REBOOT|KERNEL",
        "[   61.204801] sysrq: Resetting|REBOOT|KERNEL",
        "[   61.204801] sysrq: SysRq : Resetting|REBOOT|KERNEL",
        "** 17 printk messages dropped **|MESSAGES_DROPPED|KERNEL",
        "Begin: Mounting root file system ... Begin: Running /scripts/local-top ... done."
            + "|INITRD|MANAGER",
        "initramfs emergency recovery shell launched. Type 'exit' to continue boot"
            + "|INITRD|MANAGER",
        "You are now being dropped into an emergency shell.|INITRD|MANAGER",
        "(initramfs) cat /proc/cmdline|INITRD_PROMPT|SHELL",
        "[rootfs ~]# ls|INITRD_PROMPT|SHELL",
        "<<< NixOS Stage 1 >>>|INITRD|MANAGER",
        "<<< NixOS Stage 2 >>>|WELCOME|MANAGER",
        "[    8.339008] dracut: Debian GNU/Linux-12|INITRD|MANAGER",
        "[    3.1] systemd 252|TEXT|CONSOLE",
        "[    3.100000] systemd[1]: systemd 252.39-1~deb12u2 running in system mode (+PAM +AUDIT)"
            + "|MANAGER_BANNER|MANAGER",
        "Welcome to Debian GNU/Linux 12 (bookworm)!|WELCOME|MANAGER",
        "You are in emergency mode. After logging in, type \"journalctl -xb\" to view|EMERGENCY"
            + "|MANAGER",
        "Welcome to emergency mode! After logging in, type \"journalctl -xb\" to view|EMERGENCY"
            + "|MANAGER",
        "[  138.043898] systemd-shutdown[1]: Syncing filesystems and block devices.|SHUTDOWN|MANAGER",
        "debvm login: |LOGIN_PROMPT|SHELL",
        "Please press Enter to activate this console. |LOGIN_PROMPT|SHELL",
        "nixos login: nixos (automatic login)|SESSION_OPENED|CONSOLE",
        "Last login: Mon Nov 23 12:00:00 UTC 2026 on ttyS0|SESSION_OPENED|CONSOLE",
        "Password: |PASSWORD_PROMPT|SHELL",
        "Please enter passphrase for disk vault:|PASSWORD_PROMPT|SHELL",
        "\ud83d\udd10 Please enter passphrase for disk vault: |PASSWORD_PROMPT|SHELL",
        "Begin: Running /scripts/local-top ... Please unlock disk vda5_crypt: "
            + "|PASSWORD_PROMPT|SHELL",
        "root@debvm:~# poweroff|SHELL_PROMPT|SHELL",
        "[nixos@nixos:~]$ id|SHELL_PROMPT|SHELL",
        "-bash-5.2# ls|SHELL_PROMPT|SHELL",
        "avahi-daemon[312]: started|TEXT|SERVICE",
        "'   '|BLANK|CONSOLE",
        "some output of a program|TEXT|CONSOLE",
      })
  void whoSpeaksAndHow(String line, Shape shape, Origin origin) {
    Entry entry = one(line);
    assertEquals(shape, entry.shape());
    assertEquals(origin, entry.origin());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[    0.000000] text|0",
        "[    1.234567] text|1234567",
        "[12345.000001] text|12345000001",
        "[123456.654321] EXT4-fs (vda): re-mounted.|123456654321",
        "<5>[    0.000001] text|1",
        "[   12.000001][   C3] rcu: stall|12000001",
        "[    1.234567][    T1] usb|1234567",
        "Nov 23 12:03:05 host kernel: [    1.234567] usb 1-1|1234567",
        "[17.960915] no kernel pads so|-1",
        "[    1.23456] too short|-1",
      })
  void theKernelsClock(String line, long micros) {
    assertEquals(micros, one(line).micros());
  }

  @Test
  void aStampTooLargeForAnyClockIsNoTime() {
    assertEquals(Entry.NO_TIME, one("[99999999999999999999.000000] x").micros());
  }

  @Test
  void aJournalLineKnowsWhoSpoke() {
    Entry entry = one("Oct 08 06:07:35 nixos pre-nixos[812]: Provisioning failed");
    assertEquals(Origin.SERVICE, entry.origin());
    assertEquals("pre-nixos", entry.identifier());
    assertEquals(812, entry.pid());
    assertEquals("Provisioning failed", entry.message());
    assertTrue(entry.logged());
  }

  @Test
  void theKernelMayPrintIntoALineThatIsNotEnded() {
    Entries entries = parse("vmtest login: [   55.419140] kvm: Nested Virtualization enabled\n");
    assertEquals(2, entries.size());
    assertEquals(Shape.LOGIN_PROMPT, entries.get(0).shape());
    assertTrue(entries.get(0).interrupted());
    assertEquals(55_419_140, entries.get(1).micros());
    assertEquals("kvm: Nested Virtualization enabled", entries.get(1).message());
    assertEquals(14, entries.get(1).rawStart());
    assertEquals(1, entries.get(1).line());
  }

  @Test
  void alineTheKernelPrintsTwiceIsMarkedOnceAsRepeated() {
    String line = "[    1.000001] hub 1-0:1.0: USB hub found\n";
    Entries entries = parse(line + line + line);
    assertFalse(entries.get(0).repeated());
    assertTrue(entries.get(1).repeated());
    assertFalse(entries.get(2).repeated());
  }

  @Test
  void onlyReadlineSwitchesBracketedPasteOn() {
    Entries entries = parse("\u001b[?2004hprompt of any kind: ls\n");
    assertEquals(Shape.SHELL_PROMPT, entries.get(0).shape());
  }

  @Test
  void aPromptKnowsWhatWasTypedAtIt() {
    assertEquals("systemctl --failed", one("root@debvm:~# systemctl --failed").unit());
    assertEquals("", one("root@debvm:~# ").unit());
  }

  @Test
  void linesAreCountedAsTheFileHasThem() {
    Entries entries = parse("a\rb\nc\n\nd");
    assertEquals(java.util.List.of(1, 1, 2, 3, 4), entries.stream().map(Entry::line).toList());
  }
}
