# Sourced by run, test and .ci/run: sees that the tools they need are there, and installs the missing ones, saying so.

fail() {
    printf '%s\n' "$@" >&2
    exit 1
}

need_dotnet() {
    export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
    # A build server left running would hold this script's output open.
    export DOTNET_CLI_USE_MSBUILD_SERVER=0 MSBUILDDISABLENODEREUSE=1
    dotnet --list-sdks 2>/dev/null | grep -q '^10\.' || fail \
        "Cần .NET SDK 10: hãy cài từ https://dotnet.microsoft.com/download/dotnet/10.0 rồi chạy lại." \
        "The .NET 10 SDK is needed: install it from https://dotnet.microsoft.com/download/dotnet/10.0 and run this again."
}

# need_packages COMMAND:PACKAGE... installs the Debian package of every command that is missing.
need_packages() {
    local missing=() pair
    for pair in "$@"; do
        command -v "${pair%%:*}" >/dev/null || missing+=("${pair#*:}")
    done
    [ ${#missing[@]} -gt 0 ] || return 0

    command -v apt-get >/dev/null || fail \
        "Máy này không có apt-get. Hãy cài các gói sau rồi chạy lại: ${missing[*]}" \
        "There is no apt-get here. Please install these packages and run this again: ${missing[*]}"
    local sudo=()
    if [ "$(id -u)" -ne 0 ]; then
        sudo=(sudo -n)
        "${sudo[@]}" true 2>/dev/null || fail \
            "Thiếu: ${missing[*]}. Hãy chạy: sudo apt-get install ${missing[*]}" \
            "Missing: ${missing[*]}. Please run: sudo apt-get install ${missing[*]}"
    fi

    echo "Đang cài / installing: ${missing[*]}"
    local log
    log=$(mktemp)
    if ! { "${sudo[@]}" apt-get update -qq \
        && "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"; } >"$log" 2>&1; then
        tail -n 5 "$log" >&2
        rm -f "$log"
        fail "Không cài được ${missing[*]} (xem lỗi của apt ở trên)." "Could not install ${missing[*]} (apt's message is above)."
    fi
    rm -f "$log"
}
