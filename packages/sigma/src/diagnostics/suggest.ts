import { distance } from 'fastest-levenshtein';

/** The known name that is nearest to a mistyped one, if any is near enough to be meant: at most a third of it differs. */
export function nearest(name: string, known: Iterable<string>): string | undefined {
  if (name.length > 100) return undefined; // Nobody's slip, and the comparison costs its length.
  const wanted = name.toLowerCase();
  let best: string | undefined;
  let fewest = Math.ceil(name.length / 3) + 1;
  for (const candidate of known) {
    if (candidate === name) continue; // What was refused helps nobody.
    if (Math.abs(candidate.length - name.length) >= fewest) continue; // Each character more is an edit.
    const edits = distance(wanted, candidate.toLowerCase());
    if (edits < fewest) {
      fewest = edits;
      best = candidate;
    }
  }
  return best;
}

/** A hint for an unknown name: "did you mean 'x'?", or what there is when nothing is near. */
export function didYouMean(name: string, known: Iterable<string>): string {
  const all = [...new Set(known)].sort();
  const best = nearest(name, all);
  if (best !== undefined) return `did you mean '${best}'?`;
  if (all.length === 0) return 'there are none';
  const shown = all.slice(0, 12).map(short).join(', ');
  return all.length > 12 ? `choose one of ${shown}, … (${all.length} in all)` : `choose one of ${shown}`;
}

function short(name: string): string {
  return name.length > 60 ? `${name.slice(0, 60)}…` : name;
}
