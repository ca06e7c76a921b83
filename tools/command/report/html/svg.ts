import * as Plot from '@observablehq/plot';
import { DOMImplementation, XMLSerializer, type Element } from '@xmldom/xmldom';
import { harmless } from '../../../foundation/content/harmless';
import { Html, markup, type Content } from './html';
import { scroll } from './parts';

/** A chart with what a reader who does not see it is told. */
export interface Chart {
  title: string;
  /** What it shows, for a reader who does not see it. */
  description: string;
  /** How it is read, below it. */
  reading: Content;
  width: number;
  height: number;
  plot: Plot.PlotOptions;
}

/** The width of a chart that fits a telephone's screen. */
export const NARROW = 350;
/** The width of one that takes two places of a row. */
export const WIDE = 730;

const SVG = 'http://www.w3.org/2000/svg';

/** Numbers the charts of one page, so that their ids are apart and the same each time. */
export class Charts {
  private count = 0;

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
    return new Html(new XMLSerializer().serializeToString(drawn));
  }
}

/** Attributes that hold places, which need no more than a tenth of a pixel. */
const PLACES = new Set(['transform', 'x', 'y', 'x1', 'x2', 'y1', 'y2', 'cx', 'cy', 'r', 'width', 'height']);
/** Attributes that say what is so anyway, or is said by the page's style. */
const IDLE = new Set(['aria-label', 'font-size', 'font-variant', 'stroke-opacity']);

/** Takes away what no reader needs: digits, labels of groups, which the description stands for; and no text drives anything. */
function slim(element: Element): void {
  for (const { name, value } of [...element.attributes]) {
    if (PLACES.has(name)) element.setAttribute(name, value.replace(/[^\s,()]+/g, rounded));
    else if (name === 'd') element.setAttribute(name, slimPath(value));
    else if (element.tagName === 'g' && IDLE.has(name)) element.removeAttribute(name);
  }
  for (const child of [...element.childNodes])
    if (child.nodeType === 1) slim(child as Element);
    else if (child.nodeType === 3) child.nodeValue = harmless(child.nodeValue ?? '');
}

function rounded(text: string): string {
  const value = Number(text);
  return Number.isFinite(value) ? String(Math.round(value * 10) / 10) : text;
}

/** A path of straight lines without the points at which it goes straight on; any other path as it is. */
function slimPath(path: string): string {
  if (/[^MLZ\d.,e-]/.test(path) || path.lastIndexOf('M') !== 0) return path;
  const points = path
    .split(/[MLZ]/)
    .filter((point) => point !== '')
    .map((point) => point.split(',').map(rounded) as [string, string]);
  const kept: (typeof points)[number][] = [];
  for (const point of points) {
    const [before, last] = kept.slice(-2);
    const isStraight =
      last !== undefined && [0, 1].some((axis) => before![axis] === last[axis] && last[axis] === point[axis]);
    if (isStraight) kept.pop();
    kept.push(point);
  }
  const lines = kept.slice(1).map(([x, y], index) => {
    const [fromX, fromY] = kept[index]!;
    return y === fromY ? `H${x}` : x === fromX ? `V${y}` : `L${x},${y}`;
  });
  return `M${kept[0]!.join(',')}${lines.join('')}${path.endsWith('Z') ? 'Z' : ''}`;
}
