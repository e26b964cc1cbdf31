#!/bin/sh
# A kernel of Debian's with the modules that the guests load: $1 = folder, $2 = package such as
# linux-image-cloud-amd64. Makes $1/vmlinuz, $1/version and $1/modules/*.ko.
set -eu
out=$1
mkdir -p "$out/modules"
cd "$out"
# Debian pins the version; the package that was asked for depends on it.
package=$(apt-cache depends "$2" | awk '/Depends: linux-image/ { print $2; exit }')
apt-get download -q "$package" >/dev/null 2>&1
dpkg-deb --fsys-tarfile linux-image-*.deb | tar -x --wildcards --transform 's,.*/,,' -C modules \
  './boot/vmlinuz-*' '*/virtio.ko' '*/virtio_ring.ko' '*/virtio_pci*.ko' '*/virtio_blk.ko' '*/failover.ko' \
  '*/net_failover.ko' '*/virtio_net.ko' $([ "$2" = linux-image-cloud-amd64 ] || echo '*/floppy.ko')
(cd modules && echo vmlinuz-*) | sed 's/^vmlinuz-//' >version
mv modules/vmlinuz-* vmlinuz
rm linux-image-*.deb
