// `tincanjs`: what content made since 2012 carries. Its newest version of xAPI is 1.0.2.
import TinCan from "tincanjs";
import { print, server, step } from "./steps.mjs";

const { endpoint, key, secret, extended = null } = server();
const lrs = new TinCan.LRS({ endpoint, username: key, password: secret, allowFail: false, extended });
const agent = new TinCan.Agent({ mbox: "mailto:noor@example.org", name: "Noor" });
const activity = new TinCan.Activity({ id: "https://example.org/activities/fractions" });
const registration = "5f0b2c0a-7a41-4f6c-9d0b-1c2d3e4f5a6b";
const contentType = "application/json";
const COMPLETED = "http://adlnet.gov/expapi/verbs/completed";
const ids = [1, 2, 3, 4].map((n) => `71000000-0000-4000-8000-00000000000${n}`);

/** One call by its name as a promise; the last thing given is the object of its options. */
function call(method, ...given) {
  const options = given.pop();
  return new Promise((resolve, reject) => {
    const failed = (status, xhr) =>
      Object.assign(new Error(`status ${status}`), { response: { data: xhr?.responseText } });
    const callback = (error, result) => (error === null ? resolve(result) : reject(failed(error, result)));
    lrs[method](...given, { ...options, callback });
  });
}

const tell = (name, shown, method, ...given) => step(name, call(method, ...given), shown);
const status = (xhr) => xhr.status;
const page = (result) => ({ ids: result.statements.map((s) => s.id), more: result.more });
const found = (kept) => kept && { contents: kept.contents, type: kept.contentType, etag: kept.etag };

const statement = (id, verb, more) =>
  new TinCan.Statement({
    id,
    actor: agent,
    verb: { id: `http://adlnet.gov/expapi/verbs/${verb}`, display: { "en-US": verb } },
    target: activity,
    timestamp: "2026-09-01T08:00:00.000Z",
    ...more,
  });

async function statements() {
  await tell("one", status, "saveStatement", statement(ids[0], "completed"), {});
  const several = [
    statement(ids[1], "attempted", { context: { registration } }),
    statement(ids[2], "completed"),
    statement(ids[3], "passed", { result: { score: { scaled: 0.85 }, duration: "PT12M" } }),
  ];
  await tell("several", status, "saveStatements", several, {});
  await tell("by id", (kept) => kept.asVersion("1.0.2"), "retrieveStatement", ids[3], {});
  const wanted = { agent, verb: COMPLETED, activity, ascending: true };
  await tell("by filters", page, "queryStatements", { params: wanted });
  const since = "2020-01-01T00:00:00Z";
  await tell("by registration", page, "queryStatements", { params: { registration, since } });
  const first = await tell("first page", page, "queryStatements", { params: { limit: 3, ascending: true } });
  await tell("second page", page, "moreStatements", { url: first.more });
}

async function voiding() {
  const target = { objectType: "StatementRef", id: ids[1] };
  await tell("void", status, "saveStatement", statement(TinCan.Utils.getUUID(), "voided", { target }), {});
  await tell("voided", (kept) => kept.id, "retrieveVoidedStatement", ids[1], {});
  await tell("voided by id", status, "retrieveStatement", ids[1], {});
}

async function state() {
  const where = { activity, agent, registration };
  await tell("state put", status, "saveState", "bookmark", { page: 3, read: true }, { ...where, contentType });
  const merge = { ...where, contentType, method: "POST" };
  await tell("state merged", status, "saveState", "bookmark", { page: 4 }, merge);
  const kept = await tell("state", found, "retrieveState", "bookmark", where);
  const known = { ...where, contentType, lastSHA1: kept.etag };
  await tell("state changed", status, "saveState", "bookmark", { page: 5 }, known);
  await tell("state stale", status, "saveState", "bookmark", { page: 6 }, { ...known });
  await tell("state text", status, "saveState", "note", "twee woorden: één, twee", { activity, agent });
  await tell("state as text", found, "retrieveState", "note", { activity, agent });
  await tell("state ids", undefined, "retrieveStateIds", { activity, agent });
  await tell("state deleted", status, "dropState", "bookmark", where);
  await tell("state gone", found, "retrieveState", "bookmark", where);
  await tell("states deleted", status, "dropState", null, { activity, agent });
}

async function profile(kind, where) {
  const save = (name, value, more) =>
    tell(`${kind} profile ${name}`, status, `save${kind}Profile`, "p", value, { ...where, contentType, ...more });
  const read = (name) => tell(`${kind} profile ${name}`, found, `retrieve${kind}Profile`, "p", where);
  await save("put", { level: 2, theme: "dark" });
  await save("exists", { level: 1 });
  const kept = await read("read");
  await save("merged", { level: 3 }, { lastSHA1: kept.etag, method: "POST" });
  await save("stale", { level: 9 }, { lastSHA1: kept.etag });
  await read("then");
  await tell(`${kind} profile ids`, undefined, `retrieve${kind}ProfileIds`, where);
  await tell(`${kind} profile deleted`, status, `drop${kind}Profile`, "p", where);
  await read("gone");
}

await tell("about", (about) => about.version, "about", { params: {} });
await statements();
await voiding();
await tell("activity", (known) => known.asVersion("1.0.2"), "retrieveActivity", activity.id, {});
await state();
await profile("Activity", { activity });
await profile("Agent", { agent });
print();
