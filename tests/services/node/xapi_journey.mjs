// Everything `@xapi/xapi` offers but attachments, in Node and in a page alike.

export const LEARNER = { objectType: "Agent", name: "Noor", mbox: "mailto:noor@example.org" };
export const TEACHER = { objectType: "Agent", mbox: "mailto:teacher@example.org" };
export const ACTIVITY = "https://example.org/activities/fractions-ü";
export const REGISTRATION = "5f0b2c0a-7a41-4f6c-9d0b-1c2d3e4f5a6b";
const IDS = [1, 2, 3, 4, 5].map((n) => `7d0c1f52-0000-4000-8000-00000000000${n}`);
const COMPLETED = "http://adlnet.gov/expapi/verbs/completed";

const shown = ({ status, data, headers }) => ({
  status,
  data,
  etag: headers.etag,
  version: headers["x-experience-api-version"],
  through: headers["x-experience-api-consistent-through"],
});

function statement(id, verb, more) {
  return {
    id,
    actor: LEARNER,
    verb: { id: verb, display: { nl: "deed" } },
    object: { objectType: "Activity", id: ACTIVITY, definition: { name: { nl: "Breuken", en: "Fractions" } } },
    timestamp: "2026-09-01T08:00:00.000Z",
    ...more,
  };
}

export async function journey(client, step) {
  const tell = (name, promise) => step(name, promise, shown);
  await tell("about", client.getAbout());
  await statements(client, tell);
  await voiding(client, tell);
  await tell("activity", client.getActivity({ activityId: ACTIVITY }));
  await tell("person", client.getAgent({ agent: LEARNER }));
  await state(client, tell);
  await profile(client, tell, "Activity", { activityId: ACTIVITY, profileId: "settings" });
  await profile(client, tell, "Agent", { agent: LEARNER, profileId: "preferences" });
  await tell("busted", client.getActivity({ activityId: ACTIVITY, useCacheBuster: true }));
}

async function statements(client, tell) {
  await tell("one", client.sendStatement({ statement: statement(IDS[0], COMPLETED) }));
  const several = [
    statement(IDS[1], "http://adlnet.gov/expapi/verbs/attempted", { context: { registration: REGISTRATION } }),
    statement(IDS[2], COMPLETED, { context: { instructor: TEACHER } }),
    statement(IDS[3], "http://adlnet.gov/expapi/verbs/passed", { result: { score: { scaled: 0.85 } } }),
  ];
  await tell("several", client.sendStatements({ statements: several }));
  await tell("again", client.sendStatement({ statement: statement(IDS[0], COMPLETED) }));
  await tell("conflict", client.sendStatement({ statement: statement(IDS[0], "https://example.org/other") }));
  await tell("by id", client.getStatement({ statementId: IDS[3] }));
  await tell("by verb", client.getStatements({ verb: COMPLETED, ascending: true }));
  await tell("by agent", client.getStatements({ agent: TEACHER, related_agents: true }));
  await tell("by activity", client.getStatements({ activity: ACTIVITY, format: "ids" }));
  await tell("by registration", client.getStatements({ registration: REGISTRATION }));
  await tell("until long ago", client.getStatements({ until: "2020-01-01T00:00:00.000Z" }));
  const first = await tell("first page", client.getStatements({ limit: 3, ascending: true }));
  await tell("second page", client.getMoreStatements({ more: first.data.more }));
}

async function voiding(client, tell) {
  await tell("void", client.voidStatement({ actor: TEACHER, statementId: IDS[1] }));
  await tell("voided by id", client.getStatement({ statementId: IDS[1] }));
  await tell("voided", client.getVoidedStatement({ voidedStatementId: IDS[1] }));
}

async function state(client, tell) {
  const where = { agent: LEARNER, activityId: ACTIVITY, stateId: "bookmark" };
  const other = { ...where, registration: REGISTRATION };
  await tell("state put", client.setState({ ...where, state: { page: 3, read: true } }));
  await tell("state put, registered", client.setState({ ...other, state: "page 9", contentType: "text/plain" }));
  await tell("state merged", client.createState({ ...where, state: { page: 4 } }));
  const kept = await tell("state", client.getState(where));
  await tell("state ids", client.getStates({ agent: LEARNER, activityId: ACTIVITY }));
  const change = { ...where, state: { page: 5 }, matchHeader: "If-Match" };
  await tell("state changed", client.setState({ ...change, etag: kept.headers.etag }));
  await tell("state stale", client.setState({ ...change, etag: kept.headers.etag }));
  await tell("state deleted", client.deleteState(where));
  await tell("state gone", client.getState(where));
  await tell("state, registered", client.getState(other));
  await tell("states deleted", client.deleteStates({ agent: LEARNER, activityId: ACTIVITY }));
  await tell("state gone, registered", client.getState(other));
}

async function profile(client, tell, kind, where) {
  const isNew = { etag: "*", matchHeader: "If-None-Match" };
  const call = (verb, more = {}) => client[`${verb}${kind}Profile`]({ ...where, ...more });
  await tell(`${kind} profile put`, call("set", { profile: { level: 2, theme: "dark" }, ...isNew }));
  await tell(`${kind} profile exists`, call("set", { profile: {}, ...isNew }));
  const kept = await tell(`${kind} profile`, call("get"));
  const known = { etag: kept.headers.etag, matchHeader: "If-Match" };
  await tell(`${kind} profile merged`, call("create", { profile: { level: 3 }, ...known }));
  await tell(`${kind} profile stale`, call("set", { profile: { level: 9 }, ...known }));
  const merged = await tell(`${kind} profile then`, call("get"));
  await tell(`${kind} profiles`, client[`get${kind}Profiles`](where));
  await tell(`${kind} profile deleted`, call("delete", { etag: merged.headers.etag }));
  await tell(`${kind} profile gone`, call("get"));
}
