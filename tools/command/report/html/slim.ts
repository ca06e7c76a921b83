import type { Element } from '@xmldom/xmldom';
import { harmless } from '../../../foundation/content/harmless';

/** Attributes that hold places, which need no more than a tenth of a pixel. */
const PLACES = new Set(['transform', 'x', 'y', 'x1', 'x2', 'y1', 'y2', 'cx', 'cy', 'r', 'width', 'height']);
/** Attributes that say what is so anyway, or is said by the page's style. */
const IDLE = new Set(['aria-label', 'aria-hidden', 'font-size', 'font-variant', 'stroke-opacity']);
/** An em of the page's charts, in pixels. */
const EM = 11;

/**
 * Makes a chart small: digits, labels of groups (for which its description stands), and lines and bars that are one path as well. No text in it
 * drives anything.
 */
export function slim(element: Element): void {
  for (const { name, value } of [...element.attributes]) {
    if (name === 'd') element.setAttribute(name, slimPath(value));
    else if (element.tagName === 'g' && IDLE.has(name)) element.removeAttribute(name);
  }
  if (element.tagName === 'text') placeText(element);
  for (const { name, value } of [...element.attributes])
    if (PLACES.has(name)) element.setAttribute(name, value.replace(/[^\s,()]+/g, rounded));
  for (const child of [...element.childNodes])
    if (child.nodeType === 1) slim(child as Element);
    else if (child.nodeType === 3) child.nodeValue = harmless(child.nodeValue ?? '');
  if (element.tagName === 'g') joinShapes(element);
}

function rounded(text: string): string {
  const value = Number(text);
  return Number.isFinite(value) ? String(Math.round(value * 10) / 10) : text;
}

/** A text that was moved to its place is at its place. */
function placeText(text: Element): void {
  const move = /^translate\(([^,()]+),([^,()]+)\)$/.exec(text.getAttribute('transform') ?? '');
  if (!move || text.hasAttribute('dy') || text.childNodes.length !== 1) return;
  const down = text.getAttribute('y') ?? '0';
  const more = down.endsWith('em') ? parseFloat(down) * EM : Number(down);
  text.removeAttribute('transform');
  text.setAttribute('x', move[1]!);
  text.setAttribute('y', String(Number(move[2]) + more));
}

/** Lines or bars of one group are one path, and signs at one height one text. */
function joinShapes(group: Element): void {
  const shapes = [...group.childNodes] as Element[];
  joinSigns(group, shapes);
  const isOne = (name: string): boolean =>
    shapes.length > 1 &&
    shapes.every(
      (shape) =>
        shape.tagName === name &&
        shape.childNodes.length === 0 &&
        [...shape.attributes].every(({ name: own }) => PLACES.has(own) && own !== 'transform'),
    );
  const of = (shape: Element, name: string): string => shape.getAttribute(name) ?? '0';
  const paths = isOne('line')
    ? shapes.map((line) => slimPath(`M${of(line, 'x1')},${of(line, 'y1')}L${of(line, 'x2')},${of(line, 'y2')}`))
    : isOne('rect')
      ? shapes.map(
          (bar) => `M${of(bar, 'x')},${of(bar, 'y')}h${of(bar, 'width')}v${of(bar, 'height')}H${of(bar, 'x')}Z`,
        )
      : null;
  if (paths === null) return;
  const [first, ...others] = shapes as [Element, ...Element[]];
  const path = group.ownerDocument!.createElementNS(group.namespaceURI, 'path');
  path.setAttribute('d', paths.join(''));
  group.replaceChild(path, first);
  for (const other of others) group.removeChild(other);
}

function joinSigns(group: Element, shapes: Element[]): void {
  const [first, ...others] = shapes;
  const y = first?.getAttribute('y');
  const isSign = (shape: Element): boolean =>
    shape.tagName === 'text' && shape.textContent?.length === 1 && shape.getAttribute('y') === y;
  if (!first || others.length === 0 || !shapes.every(isSign)) return;
  // Each place in such a list begins a chunk of its own, which is anchored by itself.
  first.setAttribute('x', shapes.map((shape) => shape.getAttribute('x')).join(' '));
  first.firstChild!.nodeValue = shapes.map((shape) => shape.textContent).join('');
  for (const other of others) group.removeChild(other);
}

/** A path of straight lines without the points at which it goes straight on; any other path as it is. */
function slimPath(path: string): string {
  if (/[^MLZ\d.,e-]/.test(path) || path.lastIndexOf('M') !== 0) return path;
  const points = path
    .split(/[MLZ]/)
    .filter((point) => point !== '')
    .map((point) => point.split(',').map(rounded) as [string, string]);
  const kept: [string, string][] = [];
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
