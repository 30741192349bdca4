# What the machine needs, and how to install it on Debian and Ubuntu; sourced by portal.
# shellcheck shell=bash

has_sdk() { [[ $(dotnet --list-sdks 2>/dev/null) =~ (^|$'\n')10\. ]]; }
has_chromium() { command -v chromium >/dev/null; }
has_mail_server() { /usr/bin/python3 -c 'import aiosmtpd' 2>/dev/null; }
has_zip() { command -v zip >/dev/null; }
has_unzip() { command -v unzip >/dev/null; }
has_postgresql() {
    [[ -n ${ConnectionStrings__Portal:-}${PG_BIN:-} ]] || command -v initdb >/dev/null ||
        compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null
}

declare -A package=([sdk]=dotnet-sdk-10.0 [postgresql]=postgresql [chromium]=chromium [zip]=zip [unzip]=unzip [mail_server]=python3-aiosmtpd)
declare -A title=([sdk]='the .NET SDK 10 (https://dotnet.microsoft.com/download/dotnet/10.0)'
    [postgresql]='PostgreSQL 15 or later' [chromium]='Chromium, for the tests in a browser'
    [zip]='zip, for the benchmarks' [unzip]='unzip, for tests and benchmarks'
    [mail_server]='aiosmtpd, for the tests of mail')

as_root() { if ((EUID == 0)); then "$@"; else sudo "$@"; fi; }

# install_missing NEED … installs those needs that the machine lacks, or names all of them and gives up.
install_missing() {
    local need packages=() titles=() unavailable=()
    for need in "$@"; do
        "has_$need" || { packages+=("${package[$need]}") titles+=("  ${title[$need]}"); }
    done
    ((${#packages[@]})) || return 0
    local missing
    missing=$(printf '\n%s' "${titles[@]}")
    command -v apt-get >/dev/null || die "Please install, then try again:$missing"
    ((EUID == 0)) || command -v sudo >/dev/null || die "Please install as root, or with sudo here, then try again:$missing"

    say "Installing: ${packages[*]}"
    as_root apt-get update -qq >&2 || say "The package lists could not be refreshed; trying with those at hand."
    for need in "${packages[@]}"; do
        apt-cache show "$need" &>/dev/null || unavailable+=("$need")
    done
    ((${#unavailable[@]} == 0)) || die "This system has no package ${unavailable[*]}. Please install, then try again:$missing"
    install_packages "${packages[@]}"
}

# Debian's PostgreSQL makes and starts a cluster of its own when it is installed; the portal has no use for that one.
install_packages() {
    local own=/etc/postgresql-common/createcluster.d/adminportal.conf
    as_root mkdir -p "${own%/*}"
    as_root tee "$own" >/dev/null <<<'create_main_cluster = false'
    local ended=0
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >&2 || ended=$?
    as_root rm -f "$own"
    ((ended == 0)) || die "The packages could not be installed; apt-get says why above."
}
