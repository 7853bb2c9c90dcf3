// `adl-xapiwrapper`: callbacks over an old `request`; it offers no voiding or deleting of its own.
import adl from "adl-xapiwrapper";
import { print, server, step } from "./steps.mjs";

const { endpoint, key, secret } = server();
const wrapper = new adl.XAPIWrapper({ url: endpoint, auth: { user: key, pass: secret } });
const LEARNER = { mbox: "mailto:noor@example.org", name: "Noor" };
const ACTIVITY = "https://example.org/activities/fractions";
const REGISTRATION = "5f0b2c0a-7a41-4f6c-9d0b-1c2d3e4f5a6b";
const ids = [1, 2, 3].map((n) => `a1000000-0000-4000-8000-00000000000${n}`);

/** One call by name, as a promise of what was answered. */
const call = (method, ...given) =>
  new Promise((resolve, reject) => {
    wrapper[method](...given, (error, answer, body) => (error ? reject(error) : resolve({ answer, body })));
  });

const tell = (name, method, ...given) =>
  step(name, call(method, ...given), ({ answer, body }) => ({
    status: answer.statusCode,
    etag: answer.headers.etag,
    data: read(body),
  }));

function read(body) {
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}

const statement = (id, verb) => ({
  id,
  actor: LEARNER,
  verb: { id: `http://adlnet.gov/expapi/verbs/${verb}` },
  object: { id: ACTIVITY },
});

await step("configuration", new Promise((resolve) => wrapper.testConfig(resolve)));
await tell("one", "sendStatements", statement(ids[0], "completed"));
await tell("several", "sendStatements", [statement(ids[1], "passed"), statement(ids[2], "completed")]);
await tell("by id", "getStatements", { statementId: ids[1] }, null);
const wanted = { agent: JSON.stringify(LEARNER), verb: "http://adlnet.gov/expapi/verbs/completed", limit: 1 };
const first = await tell("first page", "getStatements", wanted, null);
await tell("second page", "getStatements", null, JSON.parse(first.body).more);
const voiding = { ...statement(undefined, "voided"), object: { objectType: "StatementRef", id: ids[0] } };
await tell("void", "sendStatements", voiding);
await tell("voided", "getStatements", { voidedStatementId: ids[0] }, null);
await tell("activity", "getActivities", ACTIVITY);
await tell("person", "getAgents", LEARNER);

const state = [ACTIVITY, LEARNER, "bookmark", REGISTRATION];
await tell("state put", "sendState", ...state, { page: 3, read: true }, null, "*");
await tell("state exists", "sendState", ...state, { page: 4 }, null, "*");
const kept = await tell("state", "getState", ...state, null);
await tell("state merged", "sendState", ...state, { page: 5 }, kept.answer.headers.etag, null);
await tell("state of old", "sendState", ...state, { page: 6 }, adl.hash(kept.body), null);
const now = await tell("state then", "getState", ...state, null);
await tell("state by hash", "sendState", ...state, { page: 7 }, adl.hash(now.body), null);
await tell("state text", "sendState", ACTIVITY, LEARNER, "note", null, "two words", null, null);
await tell("state ids", "getState", ACTIVITY, LEARNER, null, null, new Date("2020-01-01"));

for (const [kind, where] of [["Activity", ACTIVITY], ["Agent", LEARNER]]) {
  const put = (name, value, ...tags) => tell(`${kind} ${name}`, `send${kind}Profile`, where, "p", value, ...tags);
  await put("profile put", ["a", "list"], null, "*");
  await put("profile exists", ["another"], null, "*");
  const there = await tell(`${kind} profile`, `get${kind}Profile`, where, "p", null);
  await put("profile changed", "text", there.answer.headers.etag, null);
  await tell(`${kind} profile then`, `get${kind}Profile`, where, "p", null);
  await tell(`${kind} profiles`, `get${kind}Profile`, where, null, new Date("2020-01-01"));
}
await tell("without a tag", "sendAgentProfile", LEARNER, "new", "text", null, null);
print();
