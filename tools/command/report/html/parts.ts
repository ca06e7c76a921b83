import { markup, type Piece, type Html } from './html';

/** A figure of the summary. */
export interface Tile {
  name: string;
  value: string;
  more?: string;
}

/** The figures that are read first. */
export function tiles(list: Tile[]): Html {
  return markup`<dl class="tiles">
    ${list.map(
      ({ name, value, more }) =>
        markup`<div>
          <dt>${name}</dt>
          <dd class="value">${value}</dd>
          ${more !== undefined && markup`<dd class="more">${more}</dd>`}
        </div>`,
    )}
  </dl>`;
}

/** Figures of one detector, in a line. */
export function facts(list: [name: string, value: Piece][]): Html {
  return markup`<dl class="facts">
    ${list.map(
      ([name, value]) =>
        markup`<div>
          <dt>${name}</dt>
          <dd>${value}</dd>
        </div>`,
    )}
  </dl>`;
}

/** A table whose first cell names the row. `right`: columns that hold numbers. It scrolls by itself where it is too wide. */
export function table(caption: string, heads: string[], rows: Piece[][], right: number[] = []): Html {
  const isNumber = new Set(right);
  const cls = (column: number): Piece => (isNumber.has(column) ? markup` class="n"` : '');
  return scroll(
    caption,
    markup`<table>
      <caption>
        ${caption}
      </caption>
      <thead>
        <tr>
          ${heads.map((head, column) => markup`<th scope="col" ${cls(column)}>${head}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          ([first, ...cells]) =>
            markup`<tr>
              <th scope="row">${first!}</th>
              ${cells.map((cell, at) => markup`<td${cls(at + 1)}>${cell}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>`,
  );
}

/** What may be wider than a screen: it scrolls in its own frame, by the keyboard too. */
export function scroll(label: string, content: Piece): Html {
  return markup`<div class="scroll" role="region" aria-label="${label}" tabindex="0">${content}</div>`;
}

/** What is read on demand. */
export function details(summary: string, content: Piece): Html {
  return markup`<details>
    <summary>${summary}</summary>
    ${content}
  </details>`;
}
