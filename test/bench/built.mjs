// What is measured is what is published: whatever a bench imports of `src` comes from `dist`. (Run from the sources,
// `tsx` gives each closure its name by a call of its own, which makes a unit of work half as slow again.)
import { register } from "node:module";
import { isMainThread } from "node:worker_threads";

if (isMainThread) register(import.meta.url);

const [sources, built] = ["src/", "dist/"].map((folder) => new URL(`../../${folder}`, import.meta.url).href);

/** A hook of Node's loader. */
export async function resolve(specifier, context, next) {
  const found = await next(specifier, context);
  if (!found.url.startsWith(sources)) return found;
  const url = built + found.url.slice(sources.length).replace(/\.ts(?=$|\?)/, ".js");
  return { ...found, url, format: "module" };
}
