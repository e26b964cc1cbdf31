#!/bin/sh
# A clean Debian with a Java to run programs, and nothing that builds them; to be entered with chroot:
# $1 = folder. Makes $1/root.
set -eu
cat /etc/apt/sources.list /etc/apt/sources.list.d/*.sources 2>/dev/null |
  mmdebstrap --quiet --variant=apt --include=default-jre-headless,bash-completion,zsh,man-db \
    --aptopt='Acquire::Languages "none"' --aptopt='APT::Install-Recommends "false"' bookworm "$1/root" -
