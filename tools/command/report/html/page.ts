import { markup, Html, type Piece } from './html';
import { STYLE } from './style';

/** A part of a page, reached from its contents by its id. */
export interface Section {
  id: string;
  title: string;
  body: Piece;
}

/** What a page is made of. */
export interface PageParts {
  title: string;
  /** What was run, below the title. */
  meta: Piece;
  sections: (Section | null)[];
}

/** Nothing is fetched and nothing runs, whatever somebody may have got into a page. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

/** A whole page in one file, that needs nothing beside it. */
export function pageOf({ title, meta, sections }: PageParts): string {
  const shown = sections.filter((section) => section !== null);
  const page = markup`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta http-equiv="Content-Security-Policy" content="${POLICY}" />
        <meta name="color-scheme" content="light dark" />
        <link rel="icon" href="data:," />
        <title>${title}</title>
        <style>
          ${new Html(STYLE)}
        </style>
      </head>
      <body>
        <a class="skip" href="#main">Skip to the report</a>
        <header>
          <h1>${title}</h1>
          <p class="meta">${meta}</p>
        </header>
        <nav aria-label="Contents">
          <ul>
            ${shown.map(({ id, title: name }) => markup`<li><a href="#${id}">${name}</a></li>`)}
          </ul>
        </nav>
        <main id="main" tabindex="-1">
          ${shown.map(
            ({ id, title: name, body }) =>
              markup`<section id="${id}" aria-labelledby="${id}-title">
                <h2 id="${id}-title">${name}</h2>
                ${body}
              </section> `,
          )}
        </main>
      </body>
    </html> `;
  return page.text;
}
