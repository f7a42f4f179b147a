import type { FindQuery, Found, Result } from "clientele";
import { unwrap } from "clientele";

/** Every record that a query finds, page by page. */
export async function all<R>(
  find: (query: FindQuery) => Promise<Result<Found<R>>>,
  where: NonNullable<FindQuery["where"]> = {},
): Promise<readonly R[]> {
  const found: R[] = [];
  for (let after: string | undefined = ""; after !== undefined; ) {
    const page: Found<R> = unwrap(await find({ where, limit: 1000, ...(after === "" ? {} : { after }) }));
    found.push(...page.items);
    after = page.next;
  }
  return found;
}
