package dev.loganalyze.runner;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The command line of QEMU for a machine.
 *
 * <p>The console is QEMU's own standard input and output, the only transport that loses nothing to
 * a slow reader; nothing multiplexes it, so that no byte of it steers QEMU. The machine waits until
 * it is told by QMP to go. Everything that it writes to its disks goes into files that QEMU has
 * deleted already.
 */
public final class QemuCommand {
  /** Where distributions put UEFI for virtual machines: code, then variables. */
  private static final String[][] UEFI = {
    {"x86_64", "/usr/share/OVMF/OVMF_CODE_4M.fd", "/usr/share/OVMF/OVMF_VARS_4M.fd"},
    {"x86_64", "/usr/share/OVMF/OVMF_CODE.fd", "/usr/share/OVMF/OVMF_VARS.fd"},
    {"x86_64", "/usr/share/edk2/ovmf/OVMF_CODE.fd", "/usr/share/edk2/ovmf/OVMF_VARS.fd"},
    {"x86_64", "/usr/share/edk2/x64/OVMF_CODE.4m.fd", "/usr/share/edk2/x64/OVMF_VARS.4m.fd"},
    {"aarch64", "/usr/share/AAVMF/AAVMF_CODE.fd", "/usr/share/AAVMF/AAVMF_VARS.fd"},
    {"aarch64", "/usr/share/edk2/aarch64/QEMU_EFI.fd", "/usr/share/edk2/aarch64/QEMU_VARS.fd"},
    {
      "riscv64",
      "/usr/share/qemu-efi-riscv64/RISCV_VIRT_CODE.fd",
      "/usr/share/qemu-efi-riscv64/RISCV_VIRT_VARS.fd"
    },
  };

  private final Machine machine;
  private final List<String> command = new ArrayList<>();

  private QemuCommand(Machine machine) {
    this.machine = machine;
  }

  /**
   * The command line.
   *
   * @param program QEMU
   * @param accelerator {@code kvm} or {@code tcg}
   * @param qmp the socket at which somebody listens for QEMU's QMP
   * @param credential of systemd, {@code name=base64}, which SMBIOS tells the guest; may be empty
   */
  public static List<String> of(
      String program, Machine machine, String accelerator, Path qmp, String credential) {
    QemuCommand command = new QemuCommand(machine);
    command.add(program);
    command.machine(accelerator);
    command.add("-no-reboot", "-S");
    command.add("-chardev", "stdio,id=console,mux=off,signal=off", "-serial", "chardev:console");
    command.add("-chardev", "socket,id=qmp,path=" + escaped(qmp));
    command.add("-mon", "chardev=qmp,mode=control");
    command.boot();
    command.disks();
    command.add("-device", "virtio-rng-pci");
    command.add("-netdev", "user,id=net0,hostfwd=tcp:127.0.0.1:" + machine.port() + "-:22");
    command.add("-device", "virtio-net-pci,netdev=net0");
    if (!credential.isEmpty()) {
      command.add("-smbios", "type=11,value=io.systemd.credential.binary:" + credential);
    }
    command.command.addAll(machine.qemuArgs());
    return List.copyOf(command.command);
  }

  /** {@code command} as a line for a shell. */
  public static String line(List<String> command) {
    List<String> words = new ArrayList<>();
    for (String word : command) {
      words.add(
          word.matches("[A-Za-z0-9_@%+=:,./-]+") ? word : "'" + word.replace("'", "'\\''") + "'");
    }
    return String.join(" ", words);
  }

  /** The firmware image for UEFI and its variables; null when none is installed. */
  static List<String> uefi(String arch) {
    for (String[] firmware : UEFI) {
      if (firmware[0].equals(arch) && Files.exists(Path.of(firmware[1]))) {
        return List.of(firmware[1], firmware[2]);
      }
    }
    return null;
  }

  private void add(String... words) {
    command.addAll(List.of(words));
  }

  private void machine(String accelerator) {
    boolean pc = machine.arch().equals("x86_64");
    add("-machine", pc ? "q35" : "virt", "-accel", accelerator);
    if (!pc) {
      add(
          "-cpu",
          accelerator.equals("kvm") ? "host" : machine.arch().equals("aarch64") ? "max" : "rv64");
    }
    add("-m", Integer.toString(machine.memory()), "-smp", Integer.toString(machine.cpus()));
    add("-nodefaults", "-display", "none");
    if (pc) {
      add("-vga", "std");
    }
    if (machine.uefi()) {
      List<String> firmware = uefi(machine.arch());
      add("-drive", "if=pflash,unit=0,format=raw,readonly=on,file=" + firmware.get(0));
      add("-drive", "if=pflash,unit=1,format=raw,snapshot=on,file=" + firmware.get(1));
    }
  }

  private void boot() {
    if (machine.kernel() != null) {
      add("-kernel", machine.kernel().toString());
    }
    if (machine.initrd() != null) {
      add("-initrd", machine.initrd().toString());
    }
    if (!machine.append().isEmpty()) {
      add("-append", machine.append());
    }
    if (machine.iso() != null) {
      add("-drive", "if=none,id=cd0,format=raw,readonly=on,file=" + escaped(machine.iso()));
      if (machine.arch().equals("x86_64")) {
        add("-device", "ide-cd,drive=cd0,bootindex=0");
      } else {
        add("-device", "virtio-scsi-pci", "-device", "scsi-cd,drive=cd0,bootindex=0");
      }
    }
  }

  private void disks() {
    if (machine.disk() != null) {
      disk(machine.disk());
    }
    for (String disk : machine.extraDisks()) {
      if (disk.matches(Machine.SIZE)) {
        add("-drive", "if=virtio,snapshot=on,driver=null-co,read-zeroes=on,size=" + disk);
      } else {
        disk(Path.of(disk));
      }
    }
    if (machine.floppy()) {
      add("-device", "isa-fdc", "-device", "floppy,drive-type=288");
    }
  }

  private void disk(Path image) {
    add("-drive", "if=virtio,snapshot=on,format=" + format(image) + ",file=" + escaped(image));
  }

  /** QEMU's name for the format of a disk image, told by its first bytes. */
  static String format(Path image) {
    try (InputStream in = Files.newInputStream(image)) {
      String magic = new String(in.readNBytes(8), StandardCharsets.ISO_8859_1);
      return magic.startsWith("QFI\u00fb")
          ? "qcow2"
          : magic.startsWith("KDMV") ? "vmdk" : magic.equals("vhdxfile") ? "vhdx" : "raw";
    } catch (IOException e) {
      // QEMU says why it cannot be read.
      return "raw";
    }
  }

  /** In QEMU's option lists a comma ends a value and two are one. */
  private static String escaped(Path file) {
    return file.toString().replace(",", ",,");
  }
}
