// `@xapi/cmi5`: one launch of an assignable unit, from the token to the end. Its package is made for browsers, so Node
// is given their XMLHttpRequest.
import { createRequire } from "node:module";
import { print, server, step } from "./steps.mjs";

const require = createRequire(import.meta.url);
globalThis.XMLHttpRequest = require("xhr2");
const Cmi5 = require("@xapi/cmi5/dist/Cmi5.umd.js");

const { endpoint, launch } = server();
const unit = new Cmi5({ endpoint, ...launch });
const shown = ({ status, data }) => ({ status, data });
const tell = (name, promise) => step(name, promise, shown);
const now = new Date();
const took = { start: new Date(now - 5000), end: now };

await tell("initialized", unit.initialize());
await step("launch data", Promise.resolve(unit.getLaunchData()));
await step("preferences", Promise.resolve(unit.getLearnerPreferences()));
await tell("progressed", unit.progress(50));
const name = { nl: "Is 1/2 meer dan 1/3?" };
await tell("answered", unit.interactionTrueFalse("toets", "v1", true, true, name, name, true, took));
const pattern = ["een", "twee"];
await tell("matched", unit.interactionFillIn("toets", "v2", pattern, pattern, name, name, true, took));
await step("not passed", (async () => unit.pass(0.5))());
await tell("passed", unit.pass(0.9));
await tell("completed", unit.complete());
await tell("terminated", unit.terminate());
await step("moved on", (async () => unit.moveOn({ score: 0.2 }))());
print();
