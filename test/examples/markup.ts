const void_ = new Set(["meta", "br", "hr", "img", "link", "input", "!doctype"]);

/** What is wrong with the nesting of a page: tags that close nothing, or are never closed; attributes without quotes. */
export function misnested(html: string): readonly string[] {
  const wrong: string[] = [];
  const open: string[] = [];
  const withoutStyle = html.replaceAll(/<style>[\s\S]*?<\/style>/g, "");
  for (const [tag, close, name = "", rest = ""] of withoutStyle.matchAll(/<(\/?)([!\w]+)([^<>]*)>/g)) {
    if (close === "/") {
      if (open.pop() !== name) wrong.push(tag);
    } else {
      if (!void_.has(name.toLowerCase()) && !rest.endsWith("/")) open.push(name);
      if (name.toLowerCase() !== "!doctype" && !/^(\s+[\w:-]+="[^"]*")*\s*\/?$/.test(rest)) wrong.push(tag);
    }
  }
  const texts = withoutStyle.replaceAll(/<(\/?)([!\w]+)([^<>]*)>/g, "");
  if (/[<>]/.test(texts)) wrong.push("a stray < or >");
  if (/&(?!amp;|lt;|gt;|quot;)/.test(texts)) wrong.push("a stray &");
  return [...wrong, ...open.map((name) => `<${name}> is not closed`)];
}

/** The text of each drawing, by the name it has for who cannot see it. */
export function drawings(html: string): ReadonlyMap<string, string> {
  return new Map(
    [...html.matchAll(/<svg [^>]*aria-label="([^"]*)"[^>]*>([\s\S]*?)<\/svg>/g)].map(([, name, body]) => [
      name!,
      body!,
    ]),
  );
}
