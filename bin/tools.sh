# Finds what the launchers need: a JDK 25 or newer and Maven 3.8 or newer. Sourced, not run.

say() { printf '%s\n' "$*" >&2; }

is_jdk_25() {
  [ -x "$1/bin/javac" ] && grep -qE '^JAVA_VERSION="(2[5-9]|[3-9][0-9])' "$1/release" 2>/dev/null
}

may_install() { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; }

install_packages() {
  say "Installing $* …"
  apt-get -qq update >/dev/null || true
  DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 apt-get -qq install -y --no-install-recommends "$@" >/dev/null
}

find_jdk() {
  if [ -n "${JAVA_HOME-}" ] && is_jdk_25 "$JAVA_HOME"; then export JAVA_HOME; return; fi
  for home in /usr/lib/jvm/*25* /usr/lib/jvm/* /opt/java/* /opt/jdk-* "$HOME"/.sdkman/candidates/java/* \
              /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    if is_jdk_25 "$home"; then JAVA_HOME=$home; export JAVA_HOME; return; fi
  done
  if may_install && install_packages openjdk-25-jdk-headless 2>/dev/null; then
    for home in /usr/lib/jvm/*25*; do
      if is_jdk_25 "$home"; then JAVA_HOME=$home; export JAVA_HOME; return; fi
    done
  fi
  say "Stackwright needs a JDK 25 or newer, and none was found."
  say "Install one (for example Eclipse Temurin 25) or set JAVA_HOME to where it is, and try again."
  exit 1
}

find_maven() {
  if ! command -v mvn >/dev/null 2>&1 && may_install; then install_packages maven; fi
  if ! command -v mvn >/dev/null 2>&1; then
    say "Stackwright is built with Maven 3.8 or newer, and no mvn was found."
    say "Install it (Debian and Ubuntu: apt-get install maven; macOS: brew install maven) and try again."
    exit 1
  fi
}
