#!/usr/bin/env bash
# Why: the rules of the house (docs/architecture.md) that no linter knows. One line per finding, exit 1 if there is one.
# Looks at files git tracks, and at new ones it does not ignore. Installs nothing.
set -euo pipefail
# shellcheck source=scripts/common.sh
. "$(dirname "$0")/common.sh"
cd "$CONCIERGE_ROOT"

list() { # PATTERN…: existing files
  git ls-files -z --cached --others --exclude-standard -- "$@" | while IFS= read -r -d '' file; do
    [ ! -f "$file" ] || printf '%s\0' "$file"
  done
}
run() { # AWK PATTERN…
  local program=$1
  shift
  list "$@" | xargs -0 -r awk "$program"
}

# shellcheck disable=SC2016 # the quoted programs are awk's, and so are their dollars
findings=$(
  # Rust. A test file may unwrap and needs no header; a line comment may say anything but what is left open.
  run '
    FNR == 1 {
      finish()
      name = FILENAME; header = 0; lines = 0
      test = name ~ /(^|\/)(tests|benches|examples)\// || name ~ /(^|\/|_)tests?\.rs$/ || name ~ /(^|\/)build\.rs$/
    }
    { lines = FNR }
    FNR <= 3 && /^\/\/!/ { header = 1 }
    /(^|[^A-Za-z_])(T[O]DO|F[I]XME|X[X]X)([^A-Za-z_]|$)/ || /[^A-Za-z_](todo|unimplemented)!\(/ { say(FNR, "left open: finish it, or write an issue") }
    # A helper module of several test binaries is used in parts: there an expectation would fail somewhere.
    FILENAME ~ /\/tests\// && /^#!\[allow\(/ { next }
    /#!?\[allow\(/ { say(FNR, "#[allow]: use #[expect(…, reason = …)], or mend the cause") }
    !test {
      code = $0
      sub(/(^|[[:space:]])\/\/.*$/, "", code)
      if (code ~ /\.unwrap\(\)/) say(FNR, ".unwrap() outside tests: return an error, or expect() with the reason it cannot fail")
    }
    function say(line, text) { printf "%s:%d: %s\n", name, line, text }
    function finish() {
      if (name == "") return
      if (lines > 500) printf "%s: %d lines, 500 is the most\n", name, lines
      if (!header && !test && lines > 0) printf "%s: does not begin with //! saying why the module exists\n", name
    }
    END { finish() }
  ' '*.rs'

  # Other sources: their length, and what is left open.
  run '
    FNR == 501 { printf "%s: more than 500 lines\n", FILENAME }
    /(^|[^A-Za-z_])(T[O]DO|F[I]XME)([^A-Za-z_]|$)/ { printf "%s:%d: left open: finish it, or write an issue\n", FILENAME, FNR }
  ' '*.ts' '*.css' '*.sh' '.ci/*' 'Makefile'

  # Only storage, and the store.rs and sql.rs of a feature, know SeaORM; only the vault destroys what is sealed.
  list 'crates/engine/src/*.rs' | xargs -0 -r grep -nE 'sea_orm' | grep -vE '^crates/engine/src/(storage/|(.*/)?(store|sql)\.rs:)' |
    sed -E 's/^([^:]*:[0-9]+):.*/\1: names SeaORM outside storage, store.rs and sql.rs/' || true
  list 'crates/engine/src/*.rs' | xargs -0 -r grep -nE 'DELETE FROM sealed_values|sealed_values::Entity::delete' |
    grep -vE '^crates/engine/src/(vault|storage/erase)/' | sed -E 's/^([^:]*:[0-9]+):.*/\1: destroys what is sealed outside the vault/' || true

  # What is quoted letter by letter is not translated: names, keywords, texts of messages, keys.
  run '
    /<(bdi|q|kbd|code)[ >]/ && !/<(bdi|q|kbd|code) translate="no"/ {
      printf "%s:%d: quotes letter by letter and needs translate=\"no\"\n", FILENAME, FNR
    }
  ' 'app/src/*.rs'

  # Tests wait for a state, never for time, and none is focused or skipped.
  run '
    /waitForTimeout|networkidle|setTimeout\(/ { printf "%s:%d: waits for time: wait for a state\n", FILENAME, FNR }
    /(test|describe)\.(only|skip|fixme)\(/ { printf "%s:%d: skipped or focused test\n", FILENAME, FNR }
  ' 'end2end/*.ts'

  # Documents and comments name files and folders that exist, by their path or the end of it (`engine/src/jobs/`, `store.rs`).
  run '
    BEGIN {
      folder = "^(docs|scripts|end2end|style|((crates/)?(app|domain|engine|frontend|migrations|sandbox|server)/(src|tests|benches)))/"
      while (("git ls-files --cached --others --exclude-standard" | getline path) > 0)
        for (; path != ""; path = parent(path)) for (end = path; end != ""; end = rest(end)) known[end] = 1
    }
    {
      if (FILENAME ~ /\.rs$/ && !match($0, /(^|[[:space:]])\/\/.*/)) next
      text = FILENAME ~ /\.rs$/ ? substr($0, RSTART) : $0
      gsub(/https?:[^[:space:])>]*/, "", text)
      for (; match(text, /[A-Za-z0-9_.\/-]+/); text = substr(text, RSTART + RLENGTH)) {
        name = substr(text, RSTART, RLENGTH)
        gsub(/^(\.\.?\/)+|[.\/-]+$/, "", name)
        if (name in known || name ~ /^\//) continue
        if (name ~ /[a-z0-9_]\.(rs|md|sh|ts)$/ || name ~ folder) printf "%s:%d: there is no %s\n", FILENAME, FNR, name
      }
    }
    function parent(path) { return path ~ /\// ? substr(path, 1, length(path) - length(last(path)) - 1) : "" }
    function last(path) { sub(/.*\//, "", path); return path }
    function rest(path) { return sub(/^[^\/]*\//, "", path) ? path : "" }
  ' 'README.md' 'docs/*.md' '*.rs'

  # A host that is right here is wrong elsewhere: registries and mirrors are the settings of cargo, npm and apt.
  hosts='index[.]crates[.]io|static[.]crates[.]io|registry[.]npmjs[.]org|registry[.]yarnpkg[.]com|deb[.]debian[.]org'
  hosts+='|archive[.]ubuntu[.]com|files[.]pythonhosted[.]org|static[.]rust-lang[.]org|/artif[a]ctory/|[.]pkg[.]dev/'
  list | xargs -0 -r grep -InE "$hosts" 2>/dev/null | sed -E 's/^([^:]*:[0-9]+):.*/\1: names the host of a registry or mirror/' || true
)

if [ -n "$findings" ]; then
  sort -u <<<"$findings" >&2
  exit 1
fi
echo "$(list '*.rs' | tr -cd '\0' | wc -c) Rust files keep the rules of the house"
