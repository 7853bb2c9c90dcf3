import xapi from "@xapi/xapi";
import { print, server, step } from "./steps.mjs";
import { journey } from "./xapi_journey.mjs";

const { endpoint, key, secret, version, adapter } = server();
const XAPI = xapi.default ?? xapi;
await journey(new XAPI({ endpoint, auth: XAPI.toBasicAuth(key, secret), version, adapter }), step);
print();
