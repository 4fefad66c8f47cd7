// Why: the second half of sbom.sh: from what cargo says to CycloneDX 1.5 on standard output.
// https://cyclonedx.org/docs/1.5/json/
import { readFileSync } from "node:fs";
import { join } from "node:path";

const [folder, lockFile] = process.argv.slice(2);
const { SBOM_TARGET: target, SBOM_COMMIT: commit, SBOM_TIME: time } = process.env;
const read = (name) => readFileSync(join(folder, name), "utf8");
const nameAndVersion = (name, version) => `${name}@${version}`;

// Crates that ship a licence file instead of naming the licence; read for check-licences.sh.
const readByHand = { "apalis-postgres": "MIT" };

const linkedInto = (name) =>
  new Set(
    read(name)
      .trim()
      .split("\n")
      .map((line) => line.replace(" v", "@")),
  );
const server = linkedInto("server");
const browser = linkedInto("browser");
const metadata = JSON.parse(read("metadata.json"));

const checksums = new Map(
  readFileSync(lockFile, "utf8")
    .split("[[package]]")
    .map((entry) => ["name", "version", "checksum"].map((field) => entry.match(new RegExp(`^${field} = "(.*)"$`, "m"))?.[1]))
    .map(([name, version, checksum]) => [nameAndVersion(name, version), checksum]),
);

const reference = ({ name, version }) => nameAndVersion(name, version);
const isLinked = (crate) => server.has(reference(crate)) || browser.has(reference(crate));
const ours = metadata.packages.filter((crate) => crate.source === null);
const others = metadata.packages
  .filter((crate) => crate.source !== null && isLinked(crate))
  .sort((one, other) => (reference(one) < reference(other) ? -1 : 1));

function component(crate) {
  const key = reference(crate);
  // The old way to write OR.
  const licence = (crate.license ?? readByHand[crate.name])?.replaceAll(/\s*\/\s*/g, " OR ");
  const checksum = checksums.get(key);
  if (!licence || !checksum) throw new Error(`${key} has no ${licence ? "checksum in Cargo.lock" : "licence"}`);
  const places = [server.has(key) && "server", browser.has(key) && "browser"].filter(Boolean);
  return {
    type: "library",
    "bom-ref": key,
    name: crate.name,
    version: crate.version,
    hashes: [{ alg: "SHA-256", content: checksum }],
    licenses: [{ expression: licence }],
    purl: `pkg:cargo/${crate.name}@${crate.version.replaceAll("+", "%2B")}`,
    ...(crate.repository && { externalReferences: [{ type: "vcs", url: crate.repository }] }),
    properties: [{ name: "concierge:linked-into", value: places.join(", ") }],
  };
}

const product = ours.find((crate) => crate.name === "server");
const root = nameAndVersion("concierge", product.version);
const components = others.map(component);
const known = new Set(components.map((one) => one["bom-ref"]));
const found = new Set([...server, ...browser].filter((key) => !ours.some((crate) => reference(crate) === key)));
const missing = [...found].filter((key) => !known.has(key));
if (missing.length > 0) throw new Error(`cargo metadata does not know ${missing.join(", ")}`);

const crates = new Map(metadata.packages.map((crate) => [crate.id, crate]));
const nodes = new Map(metadata.resolve.nodes.map((node) => [node.id, node]));
const linkedDependencies = (id) =>
  nodes
    .get(id)
    .deps.filter((dependency) => dependency.dep_kinds.some(({ kind }) => kind === null))
    .map((dependency) => reference(crates.get(dependency.pkg)))
    .filter((key) => known.has(key));
const sorted = (keys) => [...new Set(keys)].sort();
const dependencies = [
  // Our own crates are one product.
  { ref: root, dependsOn: sorted(ours.filter(isLinked).flatMap((crate) => linkedDependencies(crate.id))) },
  ...others.map((crate) => ({ ref: reference(crate), dependsOn: sorted(linkedDependencies(crate.id)) })),
];

const properties = [
  { name: "concierge:target", value: target },
  ...(commit ? [{ name: "concierge:commit", value: commit }] : []),
];
const whole = {
  $schema: "http://cyclonedx.org/schema/bom-1.5.schema.json",
  bomFormat: "CycloneDX",
  specVersion: "1.5",
  version: 1,
  metadata: {
    ...(time && { timestamp: time }),
    component: {
      type: "application",
      "bom-ref": root,
      name: "concierge",
      version: product.version,
      licenses: [{ expression: product.license }],
    },
    properties,
  },
  components,
  dependencies,
};
process.stdout.write(`${JSON.stringify(whole, null, 2)}\n`);
