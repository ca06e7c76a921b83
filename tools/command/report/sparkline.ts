const BARS = '▁▂▃▄▅▆▇█';

/** A curve of figures in a line, one character each, from the lowest figure to the highest. */
export function sparkline(figures: readonly number[]): string {
  const [low, high] = [Math.min(...figures), Math.max(...figures)];
  const place = (figure: number): number =>
    high === low ? 0 : Math.round(((figure - low) / (high - low)) * (BARS.length - 1));
  return figures.map((figure) => BARS[place(figure)]).join('');
}
