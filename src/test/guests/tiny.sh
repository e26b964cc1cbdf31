#!/bin/sh
# A guest of busybox and dropbear that boots in seconds: $1 = folder, $2 = what kernel.sh made.
# Makes $1/initrd, and $1/no-init.initrd
# whose init cannot be run. root's password is `root`; a disk may begin with the key that lets root in. The kernel command line chooses what it does:
# guest=hang says something and goes silent, guest=burst prints 4000 numbered lines, guest=ticks
# prints its clock, guest=colour has a prompt like NixOS's.
set -eu
out=$1
kernel=$2
mkdir -p "$out/debs" "$out/files" "$out/root"
cd "$out/debs"
apt-get download -q busybox-static dropbear-bin libtomcrypt1 libtommath1 libgmp10 zlib1g libcrypt1 \
  libc6 >/dev/null 2>&1
for deb in *.deb; do dpkg-deb -x "$deb" ../files; done
cd "$out/root"
mkdir -p bin sbin dev proc sys etc root tmp run lib64 lib/x86_64-linux-gnu m
cp ../files/bin/busybox ../files/usr/sbin/dropbear ../files/usr/bin/dropbearkey bin/
for lib in libtomcrypt.so.1 libtommath.so.1 libgmp.so.10 libz.so.1 libcrypt.so.1 libc.so.6 \
  ld-linux-x86-64.so.2; do
  cp -L "$(find ../files -name "$lib" | head -1)" lib/x86_64-linux-gnu/
done
cp -L lib/x86_64-linux-gnu/ld-linux-x86-64.so.2 lib64/
cp "$kernel"/modules/*.ko m/
openssl passwd -1 -salt ab root | tr -d '\n' >etc/hash
cat >init <<'INIT'
#!/bin/busybox sh
/bin/busybox --install -s /bin
export PATH=/sbin:/bin
mount -t proc proc /proc
mount -t sysfs sys /sys
mount -t devtmpfs dev /dev
mkdir -p /dev/pts
mount -t devpts pts /dev/pts
hostname tiny
case $(cat /proc/cmdline) in
  *guest=hang*)
    dmesg -n 1
    echo "init: waiting for the disk array"
    while :; do sleep 1000; done ;;
  *guest=burst*)
    dmesg -n 1
    echo "burst begins"
    i=0
    while [ $i -lt 4000 ]; do
      echo "line $i abcdefghijklmnopqrstuvwxyz0123456789"
      i=$((i + 1))
    done
    echo "burst ends"
    poweroff -f ;;
  *guest=ticks*)
    dmesg -n 1
    i=0
    while [ $i -lt 40 ]; do
      read -r up rest </proc/uptime
      echo "tick $up"
      usleep 50000
      i=$((i + 1))
    done
    poweroff -f ;;
  *guest=colour*)
    printf 'export PS1="\\033[1;31m[\\033]0;root@tiny\\007root@tiny:~]#\\033[0m "\n' >/etc/profile ;;
esac
for module in virtio_ring virtio virtio_pci_modern_dev virtio_pci_legacy_dev virtio_pci virtio_blk \
  failover net_failover virtio_net; do
  insmod /m/$module.ko
done
echo "root:$(cat /etc/hash):0:0:root:/root:/bin/sh" >/etc/passwd
echo 'root:x:0:' >/etc/group
echo /bin/sh >/etc/shells
chmod 700 /root
if [ -b /dev/vda ]; then
  mkdir -m 700 /root/.ssh
  head -n 1 /dev/vda >/root/.ssh/authorized_keys
fi
printf 'Tiny guest \\n \\l\n\n' >/etc/issue
ip link set lo up
ip link set eth0 up
ip addr add 10.0.2.15/24 dev eth0
mkdir -p /etc/dropbear
dropbear -R -s -E -p 22 2>/run/dropbear.log
echo "init: network and dropbear up"
# The poweroff of busybox only asks PID 1.
trap 'sync; poweroff -f' USR2
while :; do
  getty -L 115200 ttyS0 vt100 &
  wait $!
done
INIT
chmod 755 init
find . | cpio -o -H newc --quiet | gzip -1 >../initrd
mkdir "$out/none"
cd "$out/none"
printf '#!/missing\n' >init
chmod 755 init
find . | cpio -o -H newc --quiet >../no-init.initrd
rm -r ../debs ../files ../none ../root
