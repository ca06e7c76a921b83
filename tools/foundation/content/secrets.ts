/** A shorter text stands in too much else. Its encoded forms are longer. */
const SHORTEST = 4;

const known = new Set<string>();

/** From now on no message shows this text, nor what a message may have in its place: it is a password, or holds one. */
export function conceal(secret: string): void {
  for (const form of [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)])
    if (form.length >= SHORTEST) known.add(form);
}

/** A text without secrets: what answers at an address may repeat in its errors what it was sent. */
export function concealed(text: string): string {
  let shown = text;
  // The longer first: one may hold another.
  for (const secret of [...known].sort((a, b) => b.length - a.length)) shown = shown.replaceAll(secret, '(concealed)');
  return shown;
}
