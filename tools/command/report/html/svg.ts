import * as Plot from '@observablehq/plot';
import { DOMImplementation, XMLSerializer, type Element } from '@xmldom/xmldom';
import { Html, markup, type Piece } from './html';
import { scroll } from './parts';
import { slim } from './slim';

/** A chart with what a reader who does not see it is told. */
export interface Chart {
  title: string;
  /** What it shows, for a reader who does not see it. */
  description: string;
  /** How it is read, below it. */
  reading: Piece;
  width: number;
  height: number;
  plot: Plot.PlotOptions;
}

/** The width of a chart that fits a telephone's screen. */
export const NARROW = 350;
/** The width of one that takes two places of a row. */
export const WIDE = 730;

/** Characters of a path that is worth sharing. */
const LONG = 200;

const SVG = 'http://www.w3.org/2000/svg';

/** Numbers the charts of one page, so that their ids are apart and the same each time. */
export class Charts {
  private count = 0;
  /** The long paths that are there, with their ids. */
  private readonly paths = new Map<string, string>();

  /** A chart as a figure: with its title above it, and how it is read below. A wide one scrolls on a narrow screen. */
  figure(chart: Chart, heading: 3 | 4 = 4): Html {
    const { title, width, reading } = chart;
    const picture = this.svg(chart);
    const isWide = width > NARROW;
    return markup`<figure${isWide && markup` class="wide"`}>${heading === 3 ? markup`<h3>${title}</h3>` : markup`<h4>${title}</h4>`}${
      isWide ? scroll(title, picture) : picture
    }<figcaption>${reading}</figcaption></figure>`;
  }

  private svg({ title, description, width, height, plot }: Chart): Html {
    const document = new DOMImplementation().createDocument(SVG, 'svg');
    const drawn = Plot.plot({ document: document as never, width, height, ...plot }) as unknown as Element;
    for (const name of ['class', 'width', 'height', 'font-size', 'font-family', 'fill']) drawn.removeAttribute(name);
    for (const style of [...drawn.getElementsByTagName('style')]) style.parentNode!.removeChild(style);
    const id = `chart-${++this.count}`;
    for (const [name, text] of [
      ['desc', description],
      ['title', title],
    ] as const) {
      const element = document.createElementNS(SVG, name);
      element.setAttribute('id', `${id}-${name}`);
      element.appendChild(document.createTextNode(text));
      drawn.insertBefore(element, drawn.firstChild);
    }
    drawn.setAttribute('role', 'img');
    drawn.setAttribute('aria-labelledby', `${id}-title`);
    drawn.setAttribute('aria-describedby', `${id}-desc`);
    slim(drawn);
    this.share(drawn, id);
    return new Html(new XMLSerializer().serializeToString(drawn).replace(` xmlns="${SVG}"`, ''));
  }

  /** A long path that another chart has as well, such as that of a world's traffic, is there once. */
  private share(drawn: Element, id: string): void {
    for (const [place, path] of [...drawn.getElementsByTagName('path')].entries()) {
      const line = path.getAttribute('d')!;
      if (line.length < LONG) continue;
      const known = this.paths.get(line);
      if (known === undefined) {
        this.paths.set(line, `${id}-${place}`);
        path.setAttribute('id', `${id}-${place}`);
      } else {
        const use = path.ownerDocument!.createElementNS(SVG, 'use');
        use.setAttribute('href', `#${known}`);
        path.parentNode!.replaceChild(use, path);
      }
    }
  }
}
