package dev.loganalyze.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loganalyze.Noise;
import dev.loganalyze.parse.Entries;
import dev.loganalyze.parse.LineParser;
import dev.loganalyze.transcript.Transcript;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class BootsTest {
  private static final String KERNEL =
      "[    0.000000] Linux version 6.1.0 (x@y) #1 SMP\n"
          + "[    0.000000] Command line: console=ttyS0 root=/dev/vda\n"
          + "[    0.543211] pci 0000:00:01.0: enabled\n";
  private static final String USERSPACE =
      "[    2.000001] systemd[1]: systemd 252 running in system mode (+PAM)\n"
          + "Welcome to Debian GNU/Linux 12 (bookworm)!\n"
          + "[  OK  ] Reached target network.target - Network.\n";
  private static final String LOGIN = "debvm login: \n";

  private static List<Boot> boots(String log) {
    return Boots.of(LineParser.parse(Transcript.console(log.getBytes(StandardCharsets.UTF_8))));
  }

  private static Boot one(String log) {
    List<Boot> boots = boots(log);
    assertEquals(1, boots.size());
    return boots.get(0);
  }

  private static String phases(Boot boot) {
    return boot.phases().stream()
        .map(p -> p.kind().word() + " " + p.firstLine() + "-" + p.lastLine())
        .collect(Collectors.joining(", "));
  }

  @Test
  void textThatTellsOfNoBootHasNone() {
    assertEquals(List.of(), boots(""));
    assertEquals(List.of(), boots("make: Nothing to be done for 'all'.\n"));
  }

  @Test
  void whatABootSaysOfItself() {
    Boot boot = one(KERNEL + USERSPACE + LOGIN);
    assertEquals("6.1.0", boot.kernelVersion());
    assertEquals("console=ttyS0 root=/dev/vda", boot.commandLine());
    assertEquals("Debian GNU/Linux 12 (bookworm)", boot.os());
    assertEquals(Reached.LOGIN, boot.reached());
    assertEquals(Ended.RUNNING, boot.ended());
    assertEquals("kernel 1-3, userspace 4-6, login 7-7", phases(boot));
    assertEquals(
        List.of("kernel", "manager", "network.target", "login"),
        boot.milestones().stream().map(Milestone::name).toList());
  }

  @Test
  void wordsBeforeTheFirstSignOfABootBelongToIt() {
    assertEquals(1, one("noise\n" + KERNEL).firstLine());
  }

  @Test
  void aLogCutOffAnywhereIsABootThatCameSoFar() {
    assertEquals(Reached.FIRMWARE, one("SeaBIOS (version 1.16)\n").reached());
    assertEquals(Reached.BOOTLOADER, one("SeaBIOS (version 1)\nWelcome to GRUB!\n").reached());
    assertEquals(Reached.KERNEL, one(KERNEL).reached());
    assertEquals(Ended.CUT_OFF, one(KERNEL).ended());
    assertEquals(
        Reached.INITRD, one(KERNEL + "Begin: Running /scripts/init-top ... done.\n").reached());
    assertEquals(Reached.USERSPACE, one(KERNEL + USERSPACE).reached());
    assertEquals(Reached.SHELL, one(KERNEL + USERSPACE + LOGIN + "root@debvm:~# id\n").reached());
  }

  @Test
  void anInitWithoutABannerBeginsItsPhaseWithItsFirstWords() {
    String said = "Starting syslogd: OK\n";
    String run = "[    2.775064] Run %s as init process\n";
    assertEquals(
        Reached.USERSPACE, one(KERNEL + String.format(run, "/sbin/init") + said).reached());
    assertEquals(Reached.INITRD, one(KERNEL + String.format(run, "/init") + said).reached());
    String failed =
        "[    2.800000] Starting init: /sbin/init exists but couldn't execute it (error -8)\n";
    assertEquals(Reached.KERNEL, one(KERNEL + String.format(run, "/sbin/init") + failed).reached());
    assertEquals(
        Reached.USERSPACE, one(KERNEL + "- runit: $Id: 25da3b86f7be $: booting.\n").reached());
    assertEquals(
        Reached.USERSPACE,
        one(KERNEL + "   OpenRC 0.45.2 is starting up Linux 6.1.0 (x86_64)\n").reached());
  }

  @Test
  void aShellOfTheInitramfsIsNoSessionOfTheSystem() {
    Boot boot = one(KERNEL + "Begin: Mounting root file system ...\n(initramfs) ls\n");
    assertEquals(Reached.INITRD, boot.reached());
    assertEquals(Ended.RUNNING, boot.ended());
  }

  @Test
  void aShellOfAnInitramfsWithoutABannerIsNoSessionWhereMountRefusedTheRoot() {
    String run = "[    2.775064] Run /init as init process\nlab init\n";
    String refused = "mount: mounting /dev/vda%s on /mnt failed: No such file or directory\n";
    String kernel = KERNEL + "[    0.000001] Command line: console=ttyS0 root=/dev/vda1 ro\n" + run;
    assertEquals(Reached.SHELL, one(kernel + "/ # ls\n").reached());
    assertEquals(Reached.INITRD, one(kernel + String.format(refused, 1) + "/ # ls\n").reached());
    assertEquals(Reached.SHELL, one(kernel + String.format(refused, 2) + "/ # ls\n").reached());
  }

  @Test
  void aShellOfEmergencyModeIsNoSessionEither() {
    Boot boot = one(KERNEL + USERSPACE + "You are in emergency mode. After\nroot@debvm:~# blkid\n");
    assertEquals(Reached.USERSPACE, boot.reached());
  }

  @Test
  void systemdOfAnInitramfsIsStillInitrdUntilItSwitchesRoot() {
    Boot boot =
        one(
            KERNEL
                + "[    1.000001] systemd[1]: systemd 252 running in system mode (+PAM)\n"
                + "[    1.000002] systemd[1]: Running in initrd.\n"
                + "[  OK  ] Reached target initrd-root-fs.target - Initrd Root File System.\n");
    assertEquals(Reached.INITRD, boot.reached());
  }

  @Test
  void dracutsNameOfTheSystemMeansTheInitramfs() {
    String initramfs =
        "Welcome to Fedora Linux 40 (Forty) dracut-101-1.fc40 (Initramfs)!\n"
            + "[  OK  ] Reached target basic.target - Basic System.\n";
    assertEquals(Reached.INITRD, one(initramfs).reached());
    Boot quiet =
        one(initramfs + "Welcome to Fedora Linux 40 (Forty)!\n[  OK  ] Started a.service.\n");
    assertEquals("initrd 1-2, userspace 3-4", phases(quiet));
  }

  @Test
  void aShellOfAlpinesInitramfsIsNoSession() {
    Boot boot = one(KERNEL + "initramfs emergency recovery shell launched. Type 'exit' to\n~ # \n");
    assertEquals(Reached.INITRD, boot.reached());
  }

  @Test
  void aQuestionInAStepOfTheInitramfsWaits() {
    Boot boot =
        one(
            KERNEL
                + "Loading, please wait...\n"
                + "Begin: Mounting root file system ... Begin: Running /scripts/local-top ... "
                + "Please unlock disk vda5_crypt: ");
    assertEquals(
        "Please unlock disk vda5_crypt:",
        kinds(boot, Observation.Kind.QUESTION_UNANSWERED).get(0).fields().get("waiting"));
  }

  @Test
  void firmwareThatGaveControlAwayIsSilent() {
    String seabios = "SeaBIOS (version 1.16.2)\nBooting from ROM..\n";
    assertEquals(1, kinds(one(seabios), Observation.Kind.SILENT_AFTER_LOADER).size());
    assertEquals(0, kinds(one(seabios + KERNEL), Observation.Kind.SILENT_AFTER_LOADER).size());
  }

  @Test
  void kexecAnnouncesTheNextBoot() {
    List<Boot> boots =
        boots(
            KERNEL
                + USERSPACE
                + LOGIN
                + "[   88.100000] kexec_core: Starting new kernel\n"
                + KERNEL);
    assertEquals(2, boots.size());
    assertEquals(Ended.REBOOT, boots.get(0).ended());
    assertEquals(List.of(), kinds(boots.get(0), Observation.Kind.UNEXPECTED_RESET));
  }

  @Test
  void aRebootBeginsASecondBoot() {
    List<Boot> boots =
        boots(
            KERNEL
                + USERSPACE
                + LOGIN
                + "[   60.1] x\n[   60.123456] reboot: Restarting system\n"
                + KERNEL
                + USERSPACE
                + LOGIN);
    assertEquals(2, boots.size());
    assertEquals(Ended.REBOOT, boots.get(0).ended());
    assertEquals(List.of(), kinds(boots.get(0), Observation.Kind.UNEXPECTED_RESET));
    assertEquals(10, boots.get(1).firstLine());
  }

  @Test
  void aBannerThatNobodyAnnouncedIsAReset() {
    List<Boot> boots = boots(KERNEL + USERSPACE + KERNEL.replace("543211", "543298"));
    assertEquals(2, boots.size());
    assertEquals(Ended.RESET, boots.get(0).ended());
    assertEquals(1, kinds(boots.get(0), Observation.Kind.UNEXPECTED_RESET).size());
  }

  @Test
  void aResetThatFirmwareAnnouncesIsExpected() {
    String firmware = "coreboot-4.19 bootblock starting\nPhase 4\nfull_reset() called!\n";
    List<Boot> boots = boots(firmware + firmware);
    assertEquals(2, boots.size());
    assertEquals(Ended.REBOOT, boots.get(0).ended());
    assertEquals(Reached.FIRMWARE, boots.get(0).reached());
    assertEquals(List.of(), boots.get(0).observations());
  }

  @Test
  void aPanicThatRebootsEndsItsBoot() {
    List<Boot> boots =
        boots(
            KERNEL
                + "[    3.000001] Kernel panic - not syncing: VFS: Unable to mount root fs\n"
                + "[    3.000002] Rebooting in 5 seconds..\n"
                + KERNEL.replace("543211", "543298"));
    assertEquals(2, boots.size());
    assertEquals(Ended.PANIC, boots.get(0).ended());
  }

  @Test
  void aConsoleThatRegistersLateReplaysAndDoesNotReboot() {
    assertEquals(1, boots(KERNEL + KERNEL + USERSPACE).size());
  }

  @Test
  void dmesgInASessionIsNoBoot() {
    Boot boot = one(KERNEL + USERSPACE + LOGIN + "root@debvm:~# dmesg\n" + KERNEL);
    assertEquals(Reached.SHELL, boot.reached());
    assertEquals(Ended.RUNNING, boot.ended());
  }

  @Test
  void threeBootsWithoutLoginAreALoop() {
    String boot = KERNEL + "[    3.000001] Kernel panic - not syncing: x\n";
    List<Boot> boots =
        boots(boot + boot.replace("543211", "543001") + boot.replace("543211", "543002"));
    assertEquals(3, boots.size());
    assertEquals(1, kinds(boots.get(2), Observation.Kind.BOOT_LOOP).size());
  }

  @Test
  void unitsEndAsTheirLastSentenceSays() {
    Boot boot =
        one(
            USERSPACE
                + "         Starting a.service - A...\n"
                + "[FAILED] Failed to start a.service - A.\n"
                + "         Starting b.service - B...\n"
                + "[DEPEND] Dependency failed for c.mount - /c.\n"
                + "[ TIME ] Timed out waiting for device dev-vdz.device - /dev/vdz.\n");
    assertEquals(
        List.of(
            "network.target DONE",
            "a.service FAILED",
            "b.service STARTING",
            "c.mount DEPENDENCY",
            "dev-vdz.device TIMEOUT"),
        boot.units().stream().map(u -> u.name() + " " + u.result()).toList());
  }

  @Test
  void aSoftRebootBootsUserspaceAnew() {
    List<Boot> boots =
        boots(
            USERSPACE
                + "[  OK  ] Reached target soft-reboot.target - Reboot System Userspace.\n"
                + "[  108.304896] systemd[1]: Soft-rebooting.\n"
                + "[  109.436681] systemd[1]: systemd 257.13-1 running in system mode (+PAM)\n"
                + "Welcome to Debian GNU/Linux 13 (trixie)!\n");
    assertEquals(2, boots.size());
    assertEquals(Ended.REBOOT, boots.get(0).ended());
    assertEquals(Reached.USERSPACE, boots.get(1).reached());
  }

  @Test
  void aUnitThatIsStoppedStartsNoMore() {
    Boot boot =
        one(
            USERSPACE
                + "         Starting initrd-switch-root.service - Switch Root...\n"
                + "[  OK  ] Stopped initrd-switch-root.service - Switch Root.\n"
                + "         Starting a.service - A...\n"
                + "         Stopping a.service - A...\n"
                + "[  OK  ] Stopped a.service - A.\n");
    assertEquals(
        List.of("network.target DONE", "initrd-switch-root.service DONE", "a.service CANCELED"),
        boot.units().stream().map(u -> u.name() + " " + u.result()).toList());
  }

  @Test
  void theTerminalOfAGettyIsThere() {
    Boot boot =
        one(
            USERSPACE
                + "         Expecting device dev-ttyS0.device - /dev/ttyS0...\n"
                + "[  OK  ] Started serial-getty@ttyS0.service - Serial Getty on ttyS0.\n");
    assertEquals(Unit.Result.DONE, boot.units().get(1).result());
  }

  @Test
  void aNameThatIsCutWithinItsTypeIsWhole() {
    Boot boot =
        one(
            USERSPACE
                + "[DEPEND] Dependency failed for needs-bad.se\u2026t live without the gateway.\n"
                + "[DEPEND] Dependency failed for needs-bad.s\u2026 - Front end.\n"
                + "         Mounting proc-sys.m\u2026cutable File Formats File System...\n"
                + "[  OK  ] Mounted proc-sys.mo\u2026xecutable File Formats File System.\n");
    assertEquals("needs-bad.service", boot.units().get(1).name());
    assertEquals("needs-bad.s\u2026", boot.units().get(2).name());
    assertEquals("proc-sys.mount", boot.units().get(3).name());
    assertEquals(Unit.Result.DONE, boot.units().get(3).result());
  }

  @Test
  void aShortenedNameIsResolvedWhereTheLogHasItInFull() {
    Boot boot =
        one(
            USERSPACE
                + "[    2.100000] systemd[1]: Starting systemd-udev-trigger.service - Coldplug All"
                + " udev Devices...\n"
                + "         Starting systemd-udev-trig\u2026[0m - Coldplug All udev Devices...\n"
                + "[  OK  ] Finished systemd-udev-trig\u2026e - Coldplug All udev Devices.\n");
    Unit unit = boot.units().get(1);
    assertEquals("systemd-udev-trigger.service", unit.name());
    assertEquals(Unit.Result.DONE, unit.result());
  }

  @Test
  void aUnitThatSystemdShipsIsKnownByItsDescription() {
    Boot boot =
        one(
            "Welcome to Debian GNU/Linux 12!\n"
                + "[DEPEND] Dependency failed for loca\u2026s.target - Local File Systems.\n"
                + "[  OK  ] Reached target Network.\n");
    assertEquals(
        List.of("local-fs.target", "network.target"),
        boot.units().stream().map(Unit::name).toList());
  }

  @Test
  void aUnitIsKnownByTheSentenceThatFollowsItsFailure() {
    Boot boot =
        one(
            "Welcome to Fedora Linux 40 (Forty)!\n"
                + "         Starting The Apache HTTP Server...\n"
                + "[FAILED] Failed to start The Apache HTTP Server.\n"
                + "See 'systemctl status httpd.service' for details.\n"
                + "[DEPEND] Dependency failed for /srv/a-b data.\n"
                + "[DEPEND] Dependency failed for /dev/vdz1.\n");
    assertEquals(
        List.of("httpd.service", "srv-a\\x2db\\x20data.mount", "/dev/vdz1"),
        boot.units().stream().map(Unit::name).toList());
  }

  @Test
  void aUnitIsKnownByTheResultThatIsToldBeforeItsFailure() {
    String welcome = "Welcome to Debian GNU/Linux 11 (bullseye)!\n";
    String failed = "[   26.100000] systemd[1]: Failed to start The daemon.\n";
    String result = "[   26.000002] systemd[1]: a.service: Failed with result 'exit-code'.\n";
    assertEquals("a.service", one(welcome + result + failed).units().get(0).name());
    for (String another :
        List.of(
            "[   26.000000] systemd[1]: a.service: Succeeded.\n",
            "[   26.000000] systemd[1]: a.service: Consumed 1.204s CPU time.\n",
            "[   26.000000] systemd[1]: a.service: Unit entered failed state.\n" + result)) {
      List<Unit> units = one(welcome + another + failed).units();
      assertEquals("The daemon", units.get(units.size() - 1).name());
    }
  }

  @Test
  void aDescriptionThatTwoUnitsShareNamesNeither() {
    Boot boot =
        one(
            "Welcome to Fedora Linux 40 (Forty)!\n"
                + "[FAILED] Failed to start My thing.\n"
                + "See 'systemctl status a.service' for details.\n"
                + "[FAILED] Failed to start My thing.\n"
                + "See 'systemctl status b.service' for details.\n");
    assertEquals(List.of("My thing"), boot.units().stream().map(Unit::name).toList());
  }

  @Test
  void theLogThatStopsUnderTheSpinnerNamesItsJob() {
    Boot boot = one(USERSPACE + "[ ***  ] Job dev-vdz.device/start running (16s / 1min 30s)\n");
    Observation stuck = kinds(boot, Observation.Kind.JOB_NEVER_ENDED).get(0);
    assertEquals("dev-vdz.device", stuck.fields().get("unit"));
    assertEquals("16s", stuck.fields().get("elapsed"));
    assertEquals("1min 30s", stuck.fields().get("limit"));
  }

  @Test
  void theLogThatIsCutUnderAShortSpinnerNamesNoJob() {
    String spinner = "[ ***  ] Job dev-vdz.device/start running (%s / no limit)\n";
    String early = USERSPACE + spinner.formatted("52s") + spinner.formatted("1min 2s");
    assertEquals(List.of(), kinds(one(early), Observation.Kind.JOB_NEVER_ENDED));
    Boot late = one(early + spinner.formatted("1min 8s") + "[**    ] Job dev-vdz.dev");
    Observation stuck = kinds(late, Observation.Kind.JOB_NEVER_ENDED).get(0);
    assertEquals("dev-vdz.device", stuck.fields().get("unit"));
    assertEquals("1min 8s", stuck.fields().get("elapsed"));
  }

  @Test
  void ofAnyBytesBootsAndPhasesTileTheEntriesTheyHold() {
    Noise.forEach(
        raw -> {
          Entries entries = LineParser.parse(Transcript.console(raw));
          List<Boot> boots = Boots.of(entries);
          int next = 0;
          for (Boot boot : boots) {
            assertEquals(next, boot.firstEntry());
            assertTrue(boot.lastEntry() >= boot.firstEntry());
            next = boot.lastEntry() + 1;
            assertEquals(boot, Boots.at(boots, boot.firstEntry()));
            assertEquals(boot, Boots.at(boots, boot.lastEntry()));
            assertEquals(boot.firstLine(), boot.phases().get(0).firstLine());
            for (Phase phase : boot.phases()) {
              assertTrue(phase.firstLine() <= phase.lastLine());
              assertTrue(phase.lastLine() <= boot.lastLine());
            }
          }
          assertTrue(boots.isEmpty() || next == entries.size());
        });
  }

  private static List<Observation> kinds(Boot boot, Observation.Kind kind) {
    return boot.observations().stream().filter(o -> o.kind() == kind).toList();
  }
}
