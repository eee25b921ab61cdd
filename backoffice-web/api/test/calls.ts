// Calls as the web makes them. Nothing runs here: `tsc` is the test, and each line that must not compile says so.
import { backofficeApi, everyItem, ifMatch, isProblem, newKey, type CompanyView } from "../src/index";

const api = backofficeApi({ baseUrl: "https://backoffice.example", token: () => "token" });

export async function aCompanyIsMadeReadAndChanged(): Promise<CompanyView> {
  const made = await api.POST("/v1/companies", {
    params: { header: { "Idempotency-Key": newKey() } },
    body: { name: "Clínica Sol" },
  });
  if (!made.data) {
    throw new Error(isProblem(made.error, "slug-taken") ? "choose another" : made.error.title);
  }
  const { id } = made.data;
  const changed = await api.PUT("/v1/companies/{companyId}", {
    params: { path: { companyId: id }, header: { "If-Match": ifMatch(made.data) } },
    body: { name: "Clínica Lua", timeZone: "America/Sao_Paulo", locale: "pt-BR", currency: "BRL" },
  });
  const why: string | null | undefined = changed.data?.statusReason;
  return { ...made.data, statusReason: why ?? null };
}

export function allLeadsOf(companyId: string) {
  return everyItem(async (cursor) => {
    const { data, error } = await api.GET("/v1/companies/{companyId}/leads", {
      params: { path: { companyId }, query: { limit: 200, cursor, stage: "new" } },
    });
    if (!data) {
      throw new Error(error.title);
    }
    return data;
  });
}

export async function whatMustNotCompile(companyId: string, pixel: { version: number }) {
  // @ts-expect-error there is no such path
  await api.GET("/v1/company");
  // @ts-expect-error a change of a pixel says what it is made for
  await api.PUT("/v1/companies/{companyId}/pixels/{id}", { params: { path: { companyId, id: "1" } }, body: {} });
  await api.PUT("/v1/companies/{companyId}/pixels/{id}", {
    params: { path: { companyId, id: "1" }, header: { "If-Match": ifMatch(pixel) } },
    // @ts-expect-error it is on or off
    body: { enabled: "yes" },
  });
  // @ts-expect-error no refusal is called so
  isProblem(undefined, "slug-gone");
}
