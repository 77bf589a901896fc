// Requests to the one server there is. Errors come back as one line in the user's language.

import { state, t } from "./state.js";

export class Refused extends Error {}

async function send(path, options, query = {}) {
  const address = `${path}?${new URLSearchParams({ ...query, lang: state.lang })}`;
  let response;
  try {
    response = await fetch(address, { credentials: "same-origin", cache: "no-store", ...options });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Refused(t("gone"));
  }
  if (response.ok) return response;
  let line = `${response.status}`;
  try {
    line = (await response.json()).error || line;
  } catch {
    if (response.status >= 500) line = t("gone");
  }
  throw new Refused(line);
}

function posting(body, signal) {
  return { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body), signal };
}

export async function get(path, query) {
  return (await send(path, {}, query)).json();
}

export async function post(path, body, signal) {
  return (await send(path, posting(body, signal))).json();
}

/** Ask for a file and hand it to the browser's downloads. */
export async function download(path, body) {
  const response = await send(path, posting(body));
  const named = /filename="([\w.-]+)"/.exec(response.headers.get("Content-Disposition") || "");
  const address = URL.createObjectURL(await response.blob());
  const link = document.createElement("a");
  link.href = address;
  link.download = named ? named[1] : "aikg";
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
