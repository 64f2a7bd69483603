#!/usr/bin/env bash
# npm run demo: from a fresh clone to facts with evidence, on the documents under examples/documents.
set -euo pipefail
cd "$(dirname "$0")/.."

node -e "const [a, b] = process.versions.node.split('.').map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)" || {
  echo "Graphloom needs Node 20.19 or newer; this is $(node --version). https://nodejs.org" >&2
  exit 3
}
if [ ! -d node_modules ] || ! npm ls --depth=0 >/dev/null 2>&1; then
  echo 'Installing packages …'
  npm ci --ignore-scripts --loglevel=error
fi
echo 'Building …'
npm run --silent build

store=sqlite:.graphloom/demo.db
mkdir -p .graphloom
rm -f .graphloom/demo.db .graphloom/demo.db-wal .graphloom/demo.db-shm # each demo shows the whole job

echo 'Reading examples/documents under examples/ontology.yaml …'
node dist/cli/main.js ingest examples/documents --ontology examples/ontology.yaml --store "$store" --report .graphloom/demo-report.json
node dist/cli/main.js show --store "$store"

cat <<END

The same graph in Neo4j Browser (needs Java 17 or 21 and Maven):
  npx graphloom neo4j start
  npx graphloom push --from $store --to neo4j://127.0.0.1:7687
  then open http://127.0.0.1:7474/browser/?dbms=bolt://neo4j@127.0.0.1:7687 with the password that the first command printed.
  npx graphloom neo4j stop
What the run did, in counts: .graphloom/demo-report.json
END
