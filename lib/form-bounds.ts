/** No form of the site has more; whoever parses a larger one works for nobody. */
const most = { fields: 2000, name: 200, index: 999, depth: 8 };

/**
 * Whether the names of a form's fields are ones that a form of the site could have. `a[9999999].b` would be a list of ten
 * million places for whoever reads it. Looks at each name once and builds nothing.
 */
export function isBounded(form: FormData): boolean {
  let fields = 0;
  for (const [name] of form) {
    fields += 1;
    if (fields > most.fields || name.length > most.name) return false;
    if (/(^|[.[])(__proto__|constructor|prototype)($|[.\][])/.test(name)) return false;
    if (name.split(/[.[]/).length > most.depth) return false;
    for (const [, index] of name.matchAll(/\[(\d+)\]/g)) if (Number(index) > most.index) return false;
  }
  return true;
}
