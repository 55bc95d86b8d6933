#!/usr/bin/env bash
# Builds the programs of a Kubernetes control plane from the Go modules pinned beside this file, and prints the
# directory that holds them. What is already built is kept; what KUBEBUILDER_ASSETS has is not built at all.
#
#   ./build.sh           builds what is missing
#   ./build.sh --where   only prints the directory
#
# The directory carries a hash of this file, go.mod and go.sum, so that a changed version is a new directory.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

key=$(cat go.mod go.sum build.sh | { sha256sum 2>/dev/null || shasum -a 256; } | cut -c1-12)
directory=${XDG_CACHE_HOME:-$HOME/.cache}/jamie-scarlet/control-plane-$key
if [ "${1:-}" = --where ]; then
  echo "$directory"
  exit
fi

command -v go >/dev/null || PATH=$PATH:/usr/local/go/bin
if ! command -v go >/dev/null; then
  echo 'build.sh: there is no Go tool chain. Install Go 1.26 or newer, or point KUBEBUILDER_ASSETS at a directory' >&2
  echo 'with etcd, kube-apiserver, kube-controller-manager, kube-scheduler, kubectl and kwok.' >&2
  exit 1
fi
mkdir -p "$directory"
if command -v flock >/dev/null; then
  exec 9>"$directory/.building"
  flock 9
fi

# Static programs: they run wherever the tests run, whatever the C library.
export CGO_ENABLED=0 GOTOOLCHAIN=local
export GOFLAGS=${GOFLAGS:--buildvcs=false}
kubernetes=$(go list -m -f '{{.Version}}' k8s.io/kubernetes)
minor=${kubernetes#v*.}
stamp="-X sigs.k8s.io/kwok/pkg/consts.Version=$(go list -m -f '{{.Version}}' sigs.k8s.io/kwok)"
for package in k8s.io/component-base/version k8s.io/client-go/pkg/version; do
  stamp+=" -X $package.gitVersion=$kubernetes -X $package.gitMajor=1 -X $package.gitMinor=${minor%%.*}"
  stamp+=" -X $package.gitTreeState=clean -X $package.gitCommit=unknown -X $package.buildDate=1970-01-01T00:00:00Z"
done

build() { # name, Go package
  [ -x "$directory/$1" ] && return
  [ -n "${KUBEBUILDER_ASSETS:-}" ] && [ -x "$KUBEBUILDER_ASSETS/$1" ] && return
  local began=$SECONDS
  echo "build.sh: building $1 (minutes when the Go build cache is cold)" >&2
  go build -trimpath -tags grpcnotrace -ldflags "-s -w $stamp" -o "$directory/$1.unfinished" "$2"
  mv "$directory/$1.unfinished" "$directory/$1"
  echo "build.sh: $1 took $((SECONDS - began)) s" >&2
}
build etcd go.etcd.io/etcd/server/v3
build kube-apiserver k8s.io/kubernetes/cmd/kube-apiserver
build kube-controller-manager k8s.io/kubernetes/cmd/kube-controller-manager
build kube-scheduler k8s.io/kubernetes/cmd/kube-scheduler
build kubectl k8s.io/kubernetes/cmd/kubectl
build kwok sigs.k8s.io/kwok/cmd/kwok
echo "$directory"
