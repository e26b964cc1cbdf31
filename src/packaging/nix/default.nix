# loganalyze out of its tarball, for nixpkgs' callPackage:
#   pkgs.callPackage ./src/packaging/nix { tarball = ./target/loganalyze.tar.gz; }
{ lib, stdenvNoCC, makeWrapper, installShellFiles, jre_headless, coreutils, findutils, util-linux, tarball }:

stdenvNoCC.mkDerivation {
  pname = "loganalyze";
  version = "0.1.0-SNAPSHOT";
  src = tarball;

  nativeBuildInputs = [ makeWrapper installShellFiles ];

  dontConfigure = true;
  dontBuild = true;

  installPhase = ''
    runHook preInstall
    home=$out/share/loganalyze
    mkdir -p "$home"
    cp -r loganalyze loganalyze.jar loganalyze.cdx.json sample-logs LICENSE THIRD-PARTY "$home"
    # A path of the store stays as it is: the archive of classes goes to the user's cache.
    touch "$home/cache"
    makeWrapper "$home/loganalyze" "$out/bin/loganalyze" \
      --prefix PATH : ${lib.makeBinPath [ jre_headless coreutils findutils util-linux ]}
    installManPage share/man/man1/*
    installShellCompletion --bash share/bash-completion/completions/loganalyze
    installShellCompletion --zsh share/zsh/site-functions/_loganalyze
    runHook postInstall
  '';

  meta = {
    description = "Explains boot logs offline";
    license = with lib.licenses; [ asl20 bsd3 bsd2 bsd0 mit boost ];
    sourceProvenance = [ lib.sourceTypes.binaryBytecode lib.sourceTypes.binaryNativeCode ];
    mainProgram = "loganalyze";
    platforms = lib.platforms.unix;
  };
}
