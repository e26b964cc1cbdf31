package dev.loganalyze.runner;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What is to be booted.
 *
 * @param arch as QEMU calls it: {@code x86_64}, {@code aarch64}, {@code riscv64}
 * @param iso a CD image to boot from, or null
 * @param disk a disk image, which is never written to, or null
 * @param kernel to be started without a boot loader, or null
 * @param initrd for that kernel, or null
 * @param append that kernel's command line; may be empty
 * @param uefi whether the firmware is UEFI; else it is the one QEMU has for the machine
 * @param memory MiB
 * @param cpus how many
 * @param extraDisks more disks: an image each, which is not written to, or a size such as {@code
 *     4G} of an empty one
 * @param floppy whether it has a floppy drive, with nothing in it
 * @param port of the host, at which port 22 of the guest is reached; 0 lets QEMU choose
 * @param qemuArgs further arguments of QEMU
 */
public record Machine(
    String arch,
    Path iso,
    Path disk,
    Path kernel,
    Path initrd,
    String append,
    boolean uefi,
    int memory,
    int cpus,
    List<String> extraDisks,
    boolean floppy,
    int port,
    List<String> qemuArgs) {

  /** A size of an empty disk, as QEMU reads it. */
  static final String SIZE = "\\d{1,9}[KMGT]?";

  /** The program that is this machine. */
  public String executable() {
    return "qemu-system-" + arch;
  }

  /** The files that it is made of. */
  public List<Path> images() {
    List<Path> images = new ArrayList<>();
    for (Path image : new Path[] {iso, disk, kernel, initrd}) {
      if (image != null) {
        images.add(image);
      }
    }
    extraDisks.stream().filter(d -> !d.matches(SIZE)).map(Path::of).forEach(images::add);
    return images;
  }

  /** What it boots from: the image that a run is known by; null where there is none. */
  public Path image() {
    return iso != null ? iso : disk != null ? disk : kernel;
  }

  /** The same machine booted from {@code image}: an ISO by its name, else a disk. */
  public Machine from(Path image) {
    Objects.requireNonNull(image);
    boolean cd = image.toString().endsWith(".iso");
    return new Machine(
        arch,
        cd ? image : iso,
        cd ? disk : image,
        kernel,
        initrd,
        append,
        uefi,
        memory,
        cpus,
        extraDisks,
        floppy,
        port,
        qemuArgs);
  }
}
