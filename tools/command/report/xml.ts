const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };

/** A text as XML 1.0 holds it, in elements and attributes; characters that it has no way to write become U+FFFD. */
export function escapeXml(text: string): string {
  return (
    text
      .replace(/[&<>"']/g, (character) => ESCAPES[character]!)
      // A runner that prints the file must take no line of it for a command.
      .replace(
        /^([^\S\n\r\u2028\u2029]*)(?::(?=:)|#(?=#\[))/gm,
        (mark, blank: string) => `${blank}&#${mark.charCodeAt(blank.length)};`,
      )
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu, '\ufffd')
  );
}
