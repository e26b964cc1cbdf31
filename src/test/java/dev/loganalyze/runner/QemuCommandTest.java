package dev.loganalyze.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QemuCommandTest {
  @TempDir Path temp;

  private static String line(Machine machine, String credential) {
    return QemuCommand.line(
        QemuCommand.of(machine.executable(), machine, "tcg", Path.of("/t/qmp"), credential));
  }

  @Test
  void aKernelWithAnInitramfs() {
    Machine machine =
        new Machine(
            "x86_64",
            null,
            null,
            Path.of("k"),
            Path.of("i"),
            "console=ttyS0 a='b'",
            false,
            512,
            1,
            List.of("4G"),
            true,
            2222,
            List.of("-device", "nvme"));
    assertEquals(
        "qemu-system-x86_64 -machine q35 -accel tcg -m 512 -smp 1 -nodefaults -display none -vga std"
            + " -no-reboot -S -chardev stdio,id=console,mux=off,signal=off -serial chardev:console"
            + " -chardev socket,id=qmp,path=/t/qmp -mon chardev=qmp,mode=control -kernel k -initrd i"
            + " -append 'console=ttyS0 a='\\''b'\\'''"
            + " -drive if=virtio,snapshot=on,driver=null-co,read-zeroes=on,size=4G"
            + " -device isa-fdc -device floppy,drive-type=288 -device virtio-rng-pci"
            + " -netdev user,id=net0,hostfwd=tcp:127.0.0.1:2222-:22 -device virtio-net-pci,netdev=net0"
            + " -smbios type=11,value=io.systemd.credential.binary:name=QQ== -device nvme",
        line(machine, "name=QQ=="));
  }

  @Test
  void anImageIsNeverWrittenToAndItsCommasAreNoOptions() throws Exception {
    Path disk =
        Files.write(temp.resolve("a,b.img"), new byte[] {'Q', 'F', 'I', (byte) 0xfb, 0, 0, 0, 3});
    Machine machine =
        new Machine(
            "x86_64",
            Path.of("cd.iso"),
            disk,
            null,
            null,
            "",
            false,
            2048,
            2,
            List.of(),
            false,
            0,
            List.of());
    String line = line(machine, "");
    assertTrue(
        line.contains(
            "if=none,id=cd0,format=raw,readonly=on,file=cd.iso -device ide-cd,drive=cd0,bootindex=0"),
        line);
    assertTrue(
        line.contains("if=virtio,snapshot=on,format=qcow2,file=" + temp + "/a,,b.img"), line);
    assertEquals("raw", QemuCommand.format(temp.resolve("missing")));
  }

  @Test
  void otherArchitecturesHaveTheirOwnMachine() {
    Machine machine =
        new Machine(
            "aarch64",
            Path.of("cd.iso"),
            null,
            null,
            null,
            "",
            false,
            512,
            1,
            List.of(),
            false,
            0,
            List.of());
    String line = line(machine, "");
    assertTrue(
        line.startsWith("qemu-system-aarch64 -machine virt -accel tcg -cpu max -m 512"), line);
    assertTrue(
        line.contains("-device virtio-scsi-pci -device scsi-cd,drive=cd0,bootindex=0"), line);
  }
}
