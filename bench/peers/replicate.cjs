// Measures PouchDB as a peer: documents from an express-pouchdb server on this
// machine into a fresh database on disk, over HTTP.
//
//   node replicate.cjs FILE FOLDER    FILE has a JSON document in each line
//
// It prints {"docs", "seconds"}: the time of the replication alone. Both ends keep
// their data in LevelDB below FOLDER, as PouchDB does by itself; the batches are
// ten times those it takes by itself, for it is quicker so.
const { readFileSync } = require("node:fs");
const { join } = require("node:path");
const express = require("express");
const PouchDB = require("pouchdb");

const [file, folder] = process.argv.slice(2);
const batch = 1000;

async function main() {
  const Served = PouchDB.defaults({ prefix: join(folder, "server-") });
  const source = new Served("desk");
  const docs = readFileSync(file, "utf8").trimEnd().split("\n").map((line) => JSON.parse(line));
  for (let at = 0; at < docs.length; at += batch) await source.bulkDocs(docs.slice(at, at + batch));

  const app = express();
  app.use("/db", require("express-pouchdb")(Served, { mode: "minimumForPouchDB", inMemoryConfig: true, logPath: join(folder, "log.txt") }));
  const server = await new Promise((resolve) => {
    const listening = app.listen(0, "127.0.0.1", () => resolve(listening));
  });
  const target = new PouchDB(join(folder, "laptop"));
  const begun = process.hrtime.bigint();
  const told = await target.replicate.from(`http://127.0.0.1:${server.address().port}/db/desk`, { batch_size: batch });
  const seconds = Number(process.hrtime.bigint() - begun) / 1e9;
  const { doc_count: count } = await target.info();
  if (count !== docs.length || told.doc_write_failures > 0) throw new Error(`${count} of ${docs.length} documents arrived`);
  console.log(JSON.stringify({ docs: count, seconds }));
  process.exit(0);
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
