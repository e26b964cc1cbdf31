#!/bin/sh
# A kernel of Debian's with the modules that the guests load: $1 = folder, $2 = package such as
# linux-image-cloud-amd64. Makes $1/vmlinuz, $1/version and $1/modules/*.ko.
set -eu
out=$1
# Debian pins the version; the package that was asked for depends on it.
package=$(apt-cache depends "$2" | awk '/Depends: linux-image/ { print $2; exit }')
modules='virtio virtio_ring virtio_pci virtio_pci_modern_dev virtio_pci_legacy_dev virtio_blk'
modules="$modules failover net_failover virtio_net"
# The kernel for clouds has no driver for floppies.
case $2 in *cloud*) ;; *) modules="$modules floppy" ;; esac
set -- './boot/vmlinuz-*'
for module in $modules; do set -- "$@" "*/$module.ko"; done

mkdir -p "$out/modules"
cd "$out"
apt-get download -q "$package" >/dev/null 2>&1
dpkg-deb --fsys-tarfile linux-image-*.deb |
  tar -x --wildcards --transform 's,.*/,,' -C modules "$@"
(cd modules && echo vmlinuz-*) | sed 's/^vmlinuz-//' >version
mv modules/vmlinuz-* vmlinuz
rm linux-image-*.deb
