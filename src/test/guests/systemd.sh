#!/bin/sh
# A guest with systemd, journald, agetty, bash, sudo and sshd, of Debian's packages without their
# maintainer scripts, that runs from memory: $1 = folder, $2… = what kernel.sh made for each kernel.
# Makes $1/initrd. root's password is `root`; `op` (password `op`) may become root by sudo.
# The kernel command line chooses what else runs: systemd.wants=labfail.service fails;
# systemd.wants=pre-nixos.service looks for storage as the boot image of that name does, floppy and all.
set -eu
out=$1
shift
root=$out/root
mkdir -p "$root"
packages=systemd,systemd-sysv,udev,openssh-server,util-linux,login,passwd,sudo,libpam-modules
packages=$packages,libpam-runtime,base-files,base-passwd,bash,dash,coreutils,iproute2,procps,grep
packages=$packages,sed,gzip,tar,findutils,hostname,ncurses-base,kmod
cat /etc/apt/sources.list /etc/apt/sources.list.d/*.sources 2>/dev/null |
  mmdebstrap --quiet --variant=extract --include=$packages --aptopt='Acquire::Languages "none"' \
    --aptopt='APT::Install-Recommends "false"' bookworm "$root" -
cd "$root"
rm -rf usr/share/doc usr/share/man usr/share/locale usr/share/info usr/share/zoneinfo \
  usr/share/perl* usr/lib/x86_64-linux-gnu/perl* var/cache/apt var/lib/apt/lists usr/lib/udev/hwdb.d

cp usr/share/base-passwd/passwd.master etc/passwd
cp usr/share/base-passwd/group.master etc/group
cat >>etc/passwd <<'FILE'
sshd:x:101:65534::/run/sshd:/usr/sbin/nologin
messagebus:x:102:102::/nonexistent:/usr/sbin/nologin
op:x:1000:1000::/home/op:/bin/bash
FILE
printf 'messagebus:x:102:\nop:x:1000:\n' >>etc/group
sed -i 's/^root:\*:/root:x:/' etc/passwd
hash() { openssl passwd -6 -salt ab "$1"; }
awk -F: -v root="$(hash root)" -v op="$(hash op)" \
  '{ print $1 ":" ($1 == "root" ? root : $1 == "op" ? op : "*") ":19000:0:99999:7:::" }' \
  etc/passwd >etc/shadow
chmod 640 etc/shadow
mkdir -p home/op etc/sudoers.d
chown 1000:1000 home/op
echo 'op ALL=(ALL) NOPASSWD: ALL' >etc/sudoers.d/op
chmod 440 etc/sudoers.d/op
[ -e bin/sh ] || ln -s dash bin/sh
ln -sf /lib/systemd/systemd init

echo 'auth required pam_unix.so nullok' >etc/pam.d/common-auth
echo 'account required pam_unix.so' >etc/pam.d/common-account
echo 'password required pam_unix.so' >etc/pam.d/common-password
echo 'session required pam_unix.so' >etc/pam.d/common-session
cp etc/pam.d/common-session etc/pam.d/common-session-noninteractive
mkdir -p etc/ssh etc/security var/log/journal
sed 's/^UsePAM.*/UsePAM no/' usr/share/openssh/sshd_config >etc/ssh/sshd_config
printf 'HostKey /etc/ssh/ssh_host_ed25519_key\nUseDNS no\n' >>etc/ssh/sshd_config
ssh-keygen -q -t ed25519 -N '' -f etc/ssh/ssh_host_ed25519_key
echo lean >etc/hostname
echo '127.0.0.1 localhost lean' >etc/hosts
printf 'passwd: files\ngroup: files\nshadow: files\nhosts: files\n' >etc/nsswitch.conf
echo 0123456789abcdef0123456789abcdee >etc/machine-id
echo /bin/bash >etc/shells
: >etc/environment
: >etc/fstab
printf 'UMASK 022\nENV_PATH PATH=/bin:/usr/bin\nENV_SUPATH PATH=/sbin:/bin:/usr/sbin:/usr/bin\n' >etc/login.defs
# The prompt of NixOS: coloured, with a window title, drawn by readline.
printf 'PS1="\\[\\033[1;31m\\][\\[\\033]0;\\u@\\h: \\w\\007\\]\\u@\\h:\\w]\\\\$\\[\\033[0m\\] "\n' >etc/bash.bashrc
cp etc/bash.bashrc root/.bashrc
cp etc/bash.bashrc home/op/.bashrc

units=etc/systemd/system
mkdir -p $units/multi-user.target.wants usr/local/sbin m
cat >$units/network.service <<'FILE'
[Unit]
Description=Static network
Before=ssh.service
[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/usr/local/sbin/network-up
FILE
cat >usr/local/sbin/network-up <<'FILE'
#!/bin/sh
for module in virtio_ring virtio virtio_pci_modern_dev virtio_pci_legacy_dev virtio_pci failover net_failover virtio_net; do
  insmod "/m/$(uname -r)/$module.ko" || exit 1
done
for try in 1 2 3 4 5 6 7 8 9; do
  for device in /sys/class/net/e*; do
    [ -e "$device" ] && ip link set "${device##*/}" up && ip addr add 10.0.2.15/24 dev "${device##*/}" && exit 0
  done
  sleep 1
done
exit 1
FILE
cat >$units/labfail.service <<'FILE'
[Unit]
Description=Lab array
[Service]
Type=oneshot
ExecStart=/bin/sh -c 'echo assembling /dev/md7; echo "mdadm: cannot open device /dev/nvme9n1: No such file or directory" >&2; exit 3'
FILE
cat >$units/pre-nixos.service <<'FILE'
[Unit]
Description=Provision disks before the installation
Before=getty.target serial-getty@ttyS0.service
[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/usr/local/sbin/pre-nixos
FILE
cat >usr/local/sbin/pre-nixos <<'FILE'
#!/bin/sh
insmod "/m/$(uname -r)/floppy.ko"
udevadm settle
mkdir -p /run/pre-nixos
state=applied
for disk in $(lsblk -dnpo NAME); do
  wipefs -n "$disk" || state=plan-only
done
echo "STATE=$state" >/run/pre-nixos/storage-status
[ $state = plan-only ] || exit 0
echo 'DETAIL=storage-detection-error' >>/run/pre-nixos/storage-status
cat >/etc/profile.d/pre-nixos.sh <<'BANNER'
echo 'pre-nixos: Storage detection encountered an error; provisioning ran in plan-only mode.'
echo "             Check 'journalctl -u pre-nixos' for details before continuing."
BANNER
exit 0
FILE
chmod 755 usr/local/sbin/*
cat >etc/profile <<'FILE'
[ -r /etc/bash.bashrc ] && . /etc/bash.bashrc
for file in /etc/profile.d/*.sh; do [ -r "$file" ] && . "$file"; done
FILE
ln -s ../network.service /lib/systemd/system/ssh.service $units/multi-user.target.wants/
ln -sf /lib/systemd/system/multi-user.target $units/default.target
for unit in systemd-logind.service e2scrub_reap.service apt-daily.timer apt-daily-upgrade.timer \
  dpkg-db-backup.timer fstrim.timer e2scrub_all.timer systemd-update-utmp.service \
  systemd-pstore.service modprobe@.service kmod-static-nodes.service sys-kernel-debug.mount \
  sys-kernel-tracing.mount dev-hugepages.mount dev-mqueue.mount systemd-sysctl.service \
  systemd-random-seed.service systemd-hwdb-update.service systemd-firstboot.service \
  systemd-sysusers.service systemd-timesyncd.service systemd-tmpfiles-clean.timer \
  systemd-update-utmp-runlevel.service systemd-binfmt.service ldconfig.service \
  systemd-journal-catalog-update.service systemd-update-done.service; do
  ln -sf /dev/null $units/"$unit"
done
for kernel in "$@"; do
  version=$(cat "$kernel/version")
  mkdir -p "m/$version" "lib/modules/$version"
  cp "$kernel"/modules/*.ko "m/$version"
done
find . | cpio -o -H newc --quiet >../initrd
rm -rf "$root"
