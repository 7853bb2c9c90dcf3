// What a driver did, by name, printed as one JSON object at its end. The server to speak to comes in LRS_CLIENT.

export const told = {};

/** Wait for one request and note its outcome: what `shown` makes of it, or the refusal the server answered with. */
export async function step(name, promise, shown = (answer) => answer) {
  try {
    const answer = await promise;
    told[name] = shown(answer);
    return answer;
  } catch (error) {
    told[name] = { refused: refusal(error) };
    return error;
  }
}

/** axios keeps the answer on the error; the fetch adapter puts its text into the message. */
function refusal(error) {
  const text = error.response?.data ?? error.message;
  try {
    return typeof text === "string" ? JSON.parse(text) : text;
  } catch {
    return { error: String(text) };
  }
}

export function server() {
  return JSON.parse(process.env.LRS_CLIENT);
}

export function print() {
  process.stdout.write(JSON.stringify(told));
}
