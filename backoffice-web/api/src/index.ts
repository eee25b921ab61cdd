import createClient from "openapi-fetch";
import type { paths, Problem } from "./schema";

export type * from "./schema";

/** Where backoffice-api is, and the token of whoever is signed in, asked for anew with each request. */
export interface Access {
  baseUrl: string;
  token: () => string | Promise<string>;
  /** Left out: the browser's own. */
  fetch?: (request: Request) => Promise<Response>;
}

/**
 * backoffice-api as its OpenAPI document describes it: `api.GET("/v1/companies", …)`. Paths, parameters, bodies and answers
 * are checked by the compiler. A refusal is no exception: it stands in `error`, a Problem.
 */
export function backofficeApi({ baseUrl, token, fetch }: Access) {
  const api = createClient<paths>({ baseUrl, ...(fetch ? { fetch } : {}) });
  api.use({
    async onRequest({ request }) {
      request.headers.set("Authorization", `Bearer ${await token()}`);
      return request;
    },
  });
  return api;
}

type CodeOf<Type> = Type extends `urn:centurions:problem:${infer Code}` ? Code : never;

/** What a program decides by: `isProblem(error, "version-stale")`. */
export type ProblemCode = CodeOf<Problem["type"]>;

/** Whether an error is a refusal, of this kind where one is named. Anything else came from a proxy or the network. */
export function isProblem<Code extends ProblemCode>(
  error: unknown,
  code?: Code,
): error is Problem & { type: `urn:centurions:problem:${Code}` } {
  const type = typeof error === "object" && error !== null && "type" in error ? String(error.type) : "";
  return code ? type === `urn:centurions:problem:${code}` : type.startsWith("urn:centurions:problem:");
}

/** For `Idempotency-Key`: one for each thing that a person means to make, the same in each repeat of the request. */
export const newKey = (): string => crypto.randomUUID();

/** For `If-Match`: the change is made for this version and no newer one. */
export const ifMatch = (thing: { version: number }): string => `"${thing.version}"`;

/** All items of a list, page by page, however many there are. */
export async function* everyItem<T>(
  page: (cursor: string | undefined) => Promise<{ items: T[]; nextCursor: string | null }>,
): AsyncGenerator<T> {
  let cursor: string | undefined;
  do {
    const { items, nextCursor } = await page(cursor);
    yield* items;
    cursor = nextCursor ?? undefined;
  } while (cursor);
}
