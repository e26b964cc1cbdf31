# Builds src/packaging/nix without nixpkgs: what it takes of nixpkgs is stood in for by the machine's tools.
{ tarball }:
let
  tree = import ../../packaging/nix {
    inherit tarball;
    lib = {
      makeBinPath = builtins.concatStringsSep ":";
      licenses = { asl20 = 0; bsd0 = 0; bsd2 = 0; bsd3 = 0; boost = 0; mit = 0; };
      sourceTypes = { binaryBytecode = 0; binaryNativeCode = 0; };
      platforms.unix = [ builtins.currentSystem ];
    };
    makeWrapper = null;
    installShellFiles = null;
    jre_headless = "/usr/bin";
    coreutils = "/bin";
    findutils = "/usr/bin";
    util-linux = "/usr/bin";
    stdenvNoCC.mkDerivation = given: derivation {
      name = "${given.pname}-${given.version}";
      system = builtins.currentSystem;
      builder = "/bin/bash";
      inherit (given) src installPhase;
      license = builtins.toJSON given.meta.license;
      args = [ "-euc" ''
        PATH=/usr/bin:/bin
        runHook() { :; }
        makeWrapper() {
          mkdir -p "$(dirname "$2")"
          printf '#!/bin/sh\nPATH=%s exec %s "$@"\n' "$6" "$1" >"$2"
          chmod +x "$2"
        }
        installManPage() { mkdir -p "$out/share/man/man1"; cp "$@" "$out/share/man/man1"; }
        installShellCompletion() { mkdir -p "$out/share$1"; cp "$2" "$out/share$1"; }
        tar xf "$src"
        cd loganalyze-*
        eval "$installPhase"
      '' ];
    };
  };
in tree
