// A keystroke in wasm, as the browser has it, and natively: in turns, so that both see the same machine.
// Usage: node side_by_side.mjs FOLDER-OF-WASM NATIVE-PROGRAM
import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";

const [wasmFolder, native] = process.argv.slice(2);
const { Designer } = createRequire(import.meta.url)(`${wasmFolder}/keystroke.js`);
const turns = 8;
const sizes = [[10, 200], [100, 100], [500, 60], [5000, 8]];
const wanted = { 500: 1000, 5000: 10000 };

const child = spawn(native, { stdio: ["pipe", "pipe", "inherit"] });
const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();

async function natively(fields, keystrokes) {
  child.stdin.write(`${fields} ${keystrokes}\n`);
  return (await answers.next()).value.split(" ").map(Number);
}

function inWasm(designer, keystrokes) {
  return Array.from({ length: keystrokes }, () => {
    const began = performance.now();
    if (designer.press() === 0) throw new Error("the edit was refused");
    return (performance.now() - began) * 1000;
  });
}

const quantile = (times, share) => times.toSorted((a, b) => a - b)[Math.floor((times.length - 1) * share)];
const told = (micros) => (micros < 1000 ? `${micros.toFixed(0)} µs` : `${(micros / 1000).toFixed(2)} ms`).padStart(9);

console.log("a keystroke   wasm p50       p95  native p50      p95   ratio");
for (const [fields, keystrokes] of sizes) {
  const designer = Designer.of(fields);
  const times = { wasm: [], native: [] };
  inWasm(designer, keystrokes); // What the engine compiles meanwhile is no keystroke's time.
  for (let turn = 0; turn < turns; turn++) {
    times.wasm.push(...inWasm(designer, keystrokes));
    times.native.push(...(await natively(fields, keystrokes)));
  }
  designer.free();
  const [wasm, native] = [quantile(times.wasm, 0.5), quantile(times.native, 0.5)];
  const goal = wanted[fields];
  const verdict = goal === undefined ? "" : wasm <= goal ? `  (at most ${told(goal).trim()} wanted)` : `  MORE than the ${told(goal).trim()} wanted`;
  console.log(
    `${String(fields).padStart(6)} fields ${told(wasm)} ${told(quantile(times.wasm, 0.95))}   ${told(native)} ${told(quantile(times.native, 0.95))}   ${(wasm / native).toFixed(1).padStart(5)}${verdict}`,
  );
}
child.stdin.end();
