#!/usr/bin/env bash
# npm test: installs what is missing, builds, starts a Neo4j and a Redis of its own, runs every check, stops them.
# Arguments go to vitest: npm test -- tests/ingest
# The last line is always "N passed, N failed"; the exit code is 0 only when nothing failed.
set -uo pipefail
cd "$(dirname "$0")/.." || exit 1

passed=0 failed=0 work="$(mktemp -d)" redis_pid=''
say() { printf '\n== %s\n' "$*"; }
give_up() { printf '%s\n' "$*" >&2; failed=$((failed + 1)); exit 1; }

finish() {
  trap - EXIT INT TERM HUP
  [ -n "$redis_pid" ] && kill "$redis_pid" 2>/dev/null && wait "$redis_pid" 2>/dev/null
  if [ -d "$work/neo4j/run" ]; then
    node -e "import('./dist/cli/neo4j/index.js').then(({ stopNeo4j }) => stopNeo4j(process.argv[1]))" "$work/neo4j"
  fi
  rm -rf "$work"
  printf '%d passed, %d failed\n' "$passed" "$failed"
  [ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
  exit $?
}
trap finish EXIT
trap 'failed=$((failed + 1)); finish' INT TERM HUP

check() { # NAME COMMAND...: one check that counts as one test
  local name="$1"; shift
  say "$name"
  if "$@"; then passed=$((passed + 1)); else failed=$((failed + 1)); return 1; fi
}

install() { # WHAT PACKAGES...: the first of the packages that this system has
  local what="$1"; shift
  if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
    give_up "The tests need $what. Install it (Debian, Ubuntu: sudo apt-get install $1) and run npm test again."
  fi
  say "Installing $what"
  [ -e "$work/apt-updated" ] || apt-get update -qq || give_up "apt-get update failed; the tests need $what."
  : > "$work/apt-updated"
  local package
  for package in "$@"; do
    apt-cache show "$package" >/dev/null 2>&1 || continue
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$package" >/dev/null && return
  done
  give_up "apt-get could not install $what ($*)."
}

free_port() { node -e "const s = require('node:net').createServer().listen(0, '127.0.0.1', () => { console.log(s.address().port); s.close() })"; }

command -v node >/dev/null || give_up 'The tests need Node 20.19 or newer: https://nodejs.org'
node -e "const [a, b] = process.versions.node.split('.').map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)" ||
  give_up "The tests need Node 20.19 or newer; this is $(node --version)."

if [ ! -d node_modules ] || ! npm ls --depth=0 >/dev/null 2>&1; then
  say 'Installing packages'
  npm ci --ignore-scripts || give_up 'npm ci failed.'
fi
check 'Build' npm run --silent build
[ -e dist/cli/neo4j/index.js ] || give_up 'Nothing was built.'

find_java() { node -e "import('./dist/cli/neo4j/index.js').then(({ findJava }) => findJava()).catch(() => process.exit(1))"; }
find_java || install 'Java 17 or 21' openjdk-21-jre-headless openjdk-17-jre-headless
command -v mvn >/dev/null || install Maven maven
command -v redis-server >/dev/null && command -v redis-cli >/dev/null || install Redis redis-server
if grep -rqil --include='*.test.ts' chromium tests && ! command -v chromium >/dev/null; then install Chromium chromium; fi

say 'Starting Neo4j and Redis'
redis_port="$(free_port)"
mkdir "$work/redis"
redis-server --bind 127.0.0.1 --port "$redis_port" --dir "$work/redis" --save '' --appendonly no --daemonize no >"$work/redis.log" 2>&1 &
redis_pid=$!
node -e "
  import('./dist/cli/neo4j/index.js').then(async ({ startNeo4j }) => {
    const [home, boltPort, httpPort] = process.argv.slice(1)
    const { boltUri, password } = await startNeo4j({ home, boltPort: Number(boltPort), httpPort: Number(httpPort), heap: 512, onProgress: console.error })
    console.log(boltUri + ' ' + password)
  }).catch((error) => { console.error(error.message); process.exit(1) })
" "$work/neo4j" "$(free_port)" "$(free_port)" >"$work/address" || give_up 'Neo4j did not start.'
read -r GRAPHLOOM_TEST_NEO4J NEO4J_PASSWORD <"$work/address"
GRAPHLOOM_TEST_REDIS="redis://127.0.0.1:$redis_port"
export GRAPHLOOM_TEST_NEO4J NEO4J_PASSWORD GRAPHLOOM_TEST_REDIS
for _ in $(seq 50); do redis-cli -p "$redis_port" ping >/dev/null 2>&1 && break; sleep 0.1; done
redis-cli -p "$redis_port" ping >/dev/null 2>&1 || give_up "Redis did not start: $(tail -5 "$work/redis.log")"

check 'Types' node_modules/.bin/tsc -p tsconfig.json --noEmit
check 'Types of the web page' node_modules/.bin/tsc -p web/tsconfig.json --noEmit
check 'Lint' node_modules/.bin/biome check --error-on-warnings .

say 'Tests'
node_modules/.bin/vitest run --reporter=default --reporter=json --outputFile.json="$work/vitest.json" "$@"
vitest_exit=$?
read -r tests_passed tests_failed tests_skipped < <(node -e "
  const { numPassedTests, numFailedTests, numPendingTests, testResults } = JSON.parse(require('node:fs').readFileSync(process.argv[1], 'utf8'))
  const unloaded = testResults.filter(({ status, assertionResults }) => status === 'failed' && assertionResults.every(({ status }) => status !== 'failed')).length
  console.log(numPassedTests, numFailedTests + unloaded, numPendingTests)
" "$work/vitest.json" 2>/dev/null || echo '0 1 0')
# An error outside of any test fails the run, too.
if [ "$vitest_exit" -ne 0 ] && [ "$tests_failed" -eq 0 ]; then tests_failed=1; fi
passed=$((passed + tests_passed)) failed=$((failed + tests_failed))
say "$tests_skipped skipped"
