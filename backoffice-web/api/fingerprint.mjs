// Writes down which document the types were generated from, and what came of it, in the format of sha256sum. A test in
// Java compares both, so that a drift is seen where there is no Node.
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";

const files = ["../../backoffice-api/openapi.json", "src/schema.ts"];
const lines = files.map((file) => `${createHash("sha256").update(readFileSync(file)).digest("hex")}  ${file}\n`);
writeFileSync("generated.sha256", lines.join(""));
