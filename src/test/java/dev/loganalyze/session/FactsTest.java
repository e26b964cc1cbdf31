package dev.loganalyze.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loganalyze.Noise;
import dev.loganalyze.boot.Boots;
import dev.loganalyze.parse.Entries;
import dev.loganalyze.parse.LineParser;
import dev.loganalyze.transcript.Transcript;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FactsTest {
  private static final String ROOT = "Welcome to Debian GNU/Linux 12 (bookworm)!\nroot@debvm:~# ";

  // ---- units and jobs ---------------------------------------------------------------------------

  @Test
  void theStatusOfAUnitIsRead() throws IOException {
    byte[] log = Files.readAllBytes(Path.of("sample-logs/20-coloured-prompt-bracketed-paste.log"));
    assertTrue(
        of(log).contains("unit pid=147 state=active sub=exited unit=labtool.service"),
        () -> of(log).toString());
    says(
        "systemctl status x",
        """
        × x.service - What it is
             Loaded: loaded (/etc/systemd/system/x.service; static)
             Active: failed (Result: exit-code) since Mon 2026-11-23 12:32:39 UTC
           Main PID: 12 (code=exited, status=1/FAILURE)
        """,
        "unit pid=12 result=exit-code state=failed sub=failed unit=x.service");
  }

  @Test
  void theProcessesOfAUnitAreRead() {
    says(
        "systemctl status setup --no-pager",
        """
        ● setup.service - Sets things up
             Active: activating (start) since Sun 2025-10-12 17:25:02 UTC; 32s ago
             CGroup: /system.slice/setup.service
                     ├─701 /bin/sh /usr/bin/setup
                     └─901 systemctl start sshd
        Oct 12 17:25:21 nixos setup[831]: hello
        """,
        "unit state=activating sub=start unit=setup.service",
        "unit-process command=/bin/sh /usr/bin/setup pid=701 unit=setup.service",
        "unit-process command=systemctl start sshd pid=901 unit=setup.service");
    says(
        "systemd-cgls",
        """
        -.slice
        ├─init.scope
        │ └─1 /sbin/init
        └─system.slice
          └─setup.service
            └─701 /bin/sh /usr/bin/setup
        """,
        "unit-process command=/sbin/init pid=1 unit=init.scope",
        "unit-process command=/bin/sh /usr/bin/setup pid=701 unit=setup.service");
  }

  @Test
  void aListOfUnitsIsReadRowByRow() {
    says(
        "systemctl --failed",
        """
          UNIT      LOAD   ACTIVE SUB    DESCRIPTION
        ● x.service loaded failed failed What it is
        ● y.mount   loaded failed failed /y
        2 loaded units listed.
        """,
        "unit state=failed sub=failed unit=x.service",
        "unit state=failed sub=failed unit=y.mount");
    says(
        "systemctl list-unit-files --no-legend",
        "ssh.service enabled enabled\nold.service masked -\n",
        "unit-file preset=enabled state=enabled unit=ssh.service",
        "unit-file preset=- state=masked unit=old.service");
  }

  @Test
  void oneWordAnswersAreAboutTheUnitThatWasNamed() {
    says(
        "systemctl is-active x y.socket 2>/dev/null || true",
        "inactive\nactive\n",
        "unit state=inactive sub=inactive unit=x.service",
        "unit state=active sub=active unit=y.socket");
  }

  @Test
  void jobsAndWhatTheyWaitForAreRead() {
    says(
        "systemctl list-jobs --after",
        """
        JOB UNIT              TYPE  STATE
        500 sshd.service      start waiting
        └─      waiting for job 69 (setup.service/start)   -     -
        69  setup.service     start running
        2 jobs listed.
        """,
        "job job=500 state=waiting type=start unit=sshd.service",
        "job-waits for=setup.service unit=sshd.service",
        "job job=69 state=running type=start unit=setup.service");
    says(
        "systemctl show -p After sshd",
        "After=setup.service basic.target\n",
        "unit-property property=After unit=sshd.service value=setup.service basic.target");
  }

  @Test
  void whatSystemdAnalyzePrintsIsRead() {
    says(
        "systemd-analyze",
        "Startup finished in 3.245s (kernel) + 1min 4s (userspace) = 1min 7.245s\n",
        "startup part=kernel took=3.245s",
        "startup part=userspace took=1min 4s",
        "startup part=total took=1min 7.245s");
    says(
        "systemd-analyze blame --no-pager | head -5",
        "1min 30.100s slow.service\n       512ms fast.service\n",
        "unit-time took=1min 30.100s unit=slow.service",
        "unit-time took=512ms unit=fast.service");
    says(
        "systemd-analyze critical-chain",
        "multi-user.target @6.1s\n└─ssh.service @5.9s +120ms\n",
        "unit-time at=6.1s unit=multi-user.target",
        "unit-time at=5.9s took=120ms unit=ssh.service");
  }

  // ---- the network ------------------------------------------------------------------------------

  @Test
  void addressesAreReadInEveryForm() {
    String lan = "address address=10.0.2.15/24 device=lan family=inet";
    String line = "2: lan    inet 10.0.2.15/24 brd 10.0.2.255 scope global dynamic lan\\ ";
    says("ip -o -4 addr show dev lan", line + "      valid_lft 5sec\n", lan + " scope=global");
    says(
        "ip a",
        """
        2: lan: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc fq_codel state UP group default
            link/ether 52:54:00:12:34:56 brd ff:ff:ff:ff:ff:ff
            inet 10.0.2.15/24 metric 1024 brd 10.0.2.255 scope global dynamic lan
               valid_lft 86379sec preferred_lft 86379sec
        """,
        "link asked=no carrier=yes device=lan state=up",
        lan + " scope=global");
    says(
        "ip -br addr",
        "lo  UNKNOWN  127.0.0.1/8 ::1/128 \nlan UP 10.0.2.15/24 fe80::1/64 \n",
        "link asked=no device=lo state=unknown",
        "address address=127.0.0.1/8 device=lo family=inet",
        "address address=::1/128 device=lo family=inet6",
        "link asked=no device=lan state=up",
        lan,
        "address address=fe80::1/64 device=lan family=inet6 scope=link");
    says(
        "ip -j addr show lan",
        "[{\"ifindex\":2,\"ifname\":\"lan\",\"flags\":[\"UP\",\"LOWER_UP\"],\"operstate\":\"UP\","
            + "\"addr_info\":[{\"family\":\"inet\",\"local\":\"10.0.2.15\",\"prefixlen\":24,"
            + "\"scope\":\"global\"}]}]\n",
        "link asked=yes carrier=yes device=lan state=up",
        lan + " scope=global");
  }

  @Test
  void anInterfaceThatWasNamedAndHasNoAddressIsAFact() {
    String none = "address device=lan";
    says("ip -o -4 addr show dev lan 2>/dev/null || true", "", none + " family=inet");
    says(
        "ip addr show lan",
        """
        2: lan: <NO-CARRIER,BROADCAST,UP> mtu 1500 qdisc fq_codel state DOWN group default
            inet6 fe80::1/64 scope link
        """,
        none,
        "link asked=yes carrier=no device=lan state=down",
        "address address=fe80::1/64 device=lan family=inet6 scope=link");
    says("ip addr show dev lan", "Device \"lan\" does not exist.\n");
    says("ip addr add 10.0.0.1/24 dev lan", "");
  }

  @Test
  void linksAndRoutesAreRead() {
    says(
        "networkctl",
        """
        IDX LINK TYPE     OPERATIONAL SETUP
          1 lo   loopback carrier     unmanaged
          2 lan  ether    no-carrier  configuring
        """,
        "link asked=no carrier=yes device=lo setup=unmanaged state=carrier",
        "link asked=no carrier=no device=lan setup=configuring state=no-carrier");
    says(
        "networkctl status lan",
        """
        ● 2: lan
                       State: routable (configured)
                     Address: 10.0.2.15 (DHCP4 via 10.0.2.2)
                              fe80::5054:ff:fe12:3456
                     Gateway: 10.0.2.2
        """,
        "link asked=yes carrier=yes device=lan setup=configured state=routable",
        "address address=10.0.2.15 device=lan family=inet",
        "address address=fe80::5054:ff:fe12:3456 device=lan family=inet6 scope=link");
    says(
        "ip route",
        "default via 10.0.2.2 dev lan proto dhcp\n10.0.2.0/24 dev lan proto kernel scope link\n",
        "route destination=default device=lan via=10.0.2.2",
        "route destination=10.0.2.0/24 device=lan");
  }

  // ---- disks ------------------------------------------------------------------------------------

  @Test
  void blockDevicesAreReadInEveryForm() {
    says(
        "lsblk",
        """
        NAME   MAJ:MIN RM SIZE RO TYPE MOUNTPOINTS
        vda    254:0    0   2G  0 disk
        └─vda1 254:1    0   1G  0 part /
        """,
        "block-device device=vda size=2G type=disk",
        "block-device device=vda1 mountpoint=/ size=1G type=part");
    String part = "block-device device=vda1 fstype=ext4";
    says("lsblk -P -o NAME,FSTYPE", "NAME=\"vda1\" FSTYPE=\"ext4\"\n", part);
    says("lsblk -no NAME,FSTYPE", "vda1 ext4\n", part);
    says(
        "lsblk -J",
        "{\n\"blockdevices\": [\n{\"name\": \"vda\", \"children\": [\n"
            + "{\"name\": \"vda1\", \"fstype\": \"ext4\"}]}]}\n",
        "block-device device=vda",
        part);
    says(
        "blkid",
        "/dev/vda1: LABEL=\"root\" UUID=\"3255-683F\" TYPE=\"vfat\" PARTUUID=\"x\"\n",
        "block-device device=/dev/vda1 fstype=vfat label=root uuid=3255-683F");
    says(
        "blkid -o export /dev/vda1",
        "DEVNAME=/dev/vda1\nUUID=3255-683F\nTYPE=vfat\n",
        "block-device device=/dev/vda1 fstype=vfat uuid=3255-683F");
  }

  @Test
  void mountsAndTheirSpaceAreRead() {
    String root = "mount fstype=ext4 options=rw source=/dev/vda1 target=/";
    says("mount", "/dev/vda1 on / type ext4 (rw)\n", root);
    says("findmnt", "TARGET SOURCE    FSTYPE OPTIONS\n/      /dev/vda1 ext4   rw\n", root);
    says("findmnt -n -o SOURCE /", "/dev/vda1\n", "mount source=/dev/vda1 target=/");
    says("findmnt /mnt", "", "mount target=/mnt");
    says("mountpoint /mnt", "/mnt is not a mountpoint\n", "mount target=/mnt");
    says(
        "df -h /boot",
        "Filesystem      Size  Used Avail Use% Mounted on\n/dev/vda2       8.0M  8.0M     0 100% /boot\n",
        "file-system available=0 counts=blocks percent=100 size=8.0M source=/dev/vda2 target=/boot"
            + " used=8.0M");
  }

  @Test
  void volumesAndArraysAreRead() {
    says(
        "vgs --noheadings --separator '|' -o vg_name",
        "  main\n  swap\n",
        "volume-group vg=main",
        "volume-group vg=swap");
    says(
        "lvs --noheadings --separator '|' -o lv_name,vg_name",
        "  slash|main\n",
        "logical-volume lv=slash vg=main");
    says(
        "vgs",
        "  VG   #PV #LV #SN Attr   VSize VFree\n  main   2   1   0 wz-pn- 1.99g    0\n",
        "volume-group attributes=wz-pn- free=0 size=1.99g vg=main");
    says(
        "cat /proc/mdstat",
        """
        Personalities : [raid1]
        md0 : active raid1 vdc[1] vdb[0](F)
              1046528 blocks super 1.2 [2/1] [_U]
        unused devices: <none>
        """,
        "array array=md0 degraded=yes devices=2 level=raid1 state=active working=1");
    says(
        "mdadm --detail /dev/md0",
        """
        /dev/md0:
                Raid Level : raid1
              Raid Devices : 2
                     State : clean
           Working Devices : 2
        """,
        "array array=/dev/md0 degraded=no devices=2 level=raid1 state=clean working=2");
  }

  // ---- the system -------------------------------------------------------------------------------

  @Test
  void processesMemoryUsersAndKernelsAreRead() {
    says(
        "ps -ef --forest",
        "UID  PID  PPID  C STIME TTY      TIME CMD\nroot  12     1  0 Nov23 ?    00:00:00  \\_ sh x\n",
        "process command=sh x pid=12 ppid=1 user=root");
    says(
        "free -m",
        "       total  used  free  shared  buff/cache  available\nMem:   1983   86   1700   0   197   1800\n",
        "memory available=1800 free=1700 row=mem total=1983 used=86");
    says("id -u", "0\n", "user uid=0 user=root");
    says("id", "uid=1000(mira) gid=1000(mira)\n", "user uid=1000 user=mira");
    says("whoami", "mira\n", "user user=mira");
    says("uname -r", "6.1.0-56\n", "kernel release=6.1.0-56 text=6.1.0-56");
    says(
        "cat /proc/cmdline",
        "console=ttyS0 root=/dev/vda\n",
        "command-line commandline=console=ttyS0 root=/dev/vda");
  }

  @Test
  void programsThatWereLookedForAreFoundOrMissing() {
    says(
        "command -v disko",
        "/run/current-system/sw/bin/disko\n",
        "program found=yes path=/run/current-system/sw/bin/disko program=disko");
    says(
        "command -v disko >/dev/null 2>&1 && echo OK || echo MISSING",
        "MISSING\n",
        "program found=no program=disko");
    says("which disko", "", "program found=no program=disko");
    says(
        "which disko",
        "/usr/bin/which: no disko in (/usr/bin:/bin)\n",
        "program found=no program=disko");
    says("command -v disko >/dev/null 2>&1 || exit", "");
  }

  @Test
  void statusFilesAreReadKeyByKey() {
    says(
        "cat /run/pre-nixos/storage-status 2>/dev/null || true",
        "STATE=failed\nDETAIL=auto-applied\n",
        "status-file detail=auto-applied file=/run/pre-nixos/storage-status state=failed");
    says("cat /etc/os-release", "NAME=Debian\n");
  }

  @Test
  void aShownStatusIsAFactWithTheLastWords() {
    says(
        "ls /nowhere; echo rc=$?",
        "ls: cannot access '/nowhere'\nrc=2\n",
        "command answer=ls: cannot access '/nowhere' command=ls /nowhere; echo rc=$? status=2");
  }

  // ---- what the command was ---------------------------------------------------------------------

  @ParameterizedTest
  @ValueSource(
      strings = {
        "id -u",
        "sudo id -u",
        "sudo -n -u root id -u",
        "env LANG=C id -u",
        "LANG=C SYSTEMD_PAGER='cat' id -u",
        "/run/current-system/sw/bin/id -u",
        "timeout 5 id -u",
        "timeout -s KILL 5s id -u",
        "id -u | head -1",
        "sh -c 'id -u'",
        "cd /; id -u 2>&1 || true",
        "( id -u )",
        "{ id -u; }",
      })
  void theProgramIsFoundBehindWhatRunsIt(String command) {
    says(command, "0\n", "user uid=0 user=root");
  }

  @ParameterizedTest
  @ValueSource(strings = {"id -u | wc -l", "id -u > /tmp/x", "echo id -u", "id -u; echo 0"})
  void whatIsNotTheOutputOfAProgramIsNotRead(String command) {
    says(command, "0\n");
  }

  @Test
  void hostileAnswersTakeLinearTime() {
    StringBuilder log = new StringBuilder(ROOT);
    for (int i = 0; i < 60_000; i++) {
      log.append("ps; df | cat; lsblk; ip a; systemctl status x; cat /proc/mdstat x-status\n");
      log.append(
          "  PID UNIT USE% FILESYSTEM MOUNTED ON NAME ● x.service - x ├─901 systemctl start x\n");
      log.append("JOB UNIT x.service start waiting 2: x: <UP> [2/1] A=b /dev/x: X=\"y\"\n");
      log.append("root@debvm:~# ");
    }
    assertTimeoutPreemptively(Duration.ofSeconds(60), () -> of(log.toString()));
  }

  @Test
  void whateverIsAnsweredFactsStandInTheirLog() {
    String asked =
        "systemctl list-jobs; systemctl status; ip a; ip -j r; lsblk; df; ps; cat /proc/mdstat";
    String others = "lsblk -J; blkid -o export; findmnt; vgs; mdadm --detail x; free; networkctl";
    Noise.forEach(
        bytes -> {
          for (String commands : List.of(asked, others)) {
            ByteArrayOutputStream log = new ByteArrayOutputStream();
            log.writeBytes((ROOT + commands + "\n").getBytes(StandardCharsets.UTF_8));
            log.writeBytes(bytes);
            Entries entries = LineParser.parse(Transcript.console(log.toByteArray()));
            List<Fact> facts = new ArrayList<>(Facts.of(Sessions.of(entries, Boots.of(entries))));
            facts.addAll(TracesTest.in(entries));
            for (Fact fact : facts) {
              int first = fact.entries().get(0);
              int last = fact.entries().get(fact.entries().size() - 1);
              assertTrue(first >= 0 && first <= last && last < entries.size());
              assertEquals(entries.line(first), fact.line());
            }
          }
        });
  }

  private static void says(String command, String answer, String... facts) {
    List<String> expected = List.of(facts);
    List<String> actual = of(ROOT + command + "\n" + answer + "root@debvm:~# ");
    assertEquals(expected, actual);
  }

  private static List<String> of(String log) {
    return of(log.getBytes(StandardCharsets.UTF_8));
  }

  /** Each fact as its kind and its fields, without those that are empty. */
  private static List<String> of(byte[] log) {
    Entries entries = LineParser.parse(Transcript.console(log));
    return Facts.of(Sessions.of(entries, Boots.of(entries))).stream()
        .map(fact -> fact.kind().word() + " " + fields(fact.fields()))
        .toList();
  }

  private static String fields(Map<String, String> fields) {
    return new TreeMap<>(fields)
        .entrySet().stream()
            .filter(field -> !field.getValue().isEmpty())
            .map(field -> field.getKey() + "=" + field.getValue())
            .collect(Collectors.joining(" "));
  }
}
