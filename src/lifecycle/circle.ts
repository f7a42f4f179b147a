/** Finds a circle in a graph and tells it as `a → b → a`; the same one whatever the order of insertion. */
export function circle(next: ReadonlyMap<string, ReadonlySet<string>>): readonly string[] | undefined {
  const done = new Set<string>();
  const walk = (node: string, path: readonly string[]): readonly string[] | undefined => {
    if (path.includes(node)) return [...path.slice(path.indexOf(node)), node];
    if (done.has(node)) return undefined;
    for (const to of [...(next.get(node) ?? [])].sort()) {
      const found = walk(to, [...path, node]);
      if (found) return found;
    }
    done.add(node);
    return undefined;
  };
  for (const node of [...next.keys()].sort()) {
    const found = walk(node, []);
    if (found) return found;
  }
  return undefined;
}
