/**
 * The texts of a page that stand out too little from what is behind them (WCAG 2.2, 1.4.3: 4.5, of large letters 3), with the ratio. It runs in the
 * browser, so that it may use nothing from outside.
 */
export function lowContrast(): string[] {
  /* eslint-disable @typescript-eslint/no-explicit-any -- there are no types of a browser here */
  const { document, getComputedStyle } = globalThis as any;
  const parts = (colour: string): number[] => (colour.match(/[\d.]+/g) ?? []).map(Number);
  const luminance = ([r, g, b]: number[]): number => {
    const linear = [r!, g!, b!].map((value) => {
      const share = value / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * linear[0]! + 0.7152 * linear[1]! + 0.0722 * linear[2]!;
  };
  const behind = (element: any): number[] => {
    for (let at = element; at; at = at.parentElement) {
      const colour = parts(getComputedStyle(at).backgroundColor);
      if (colour.length === 3 || colour[3] === 1) return colour;
    }
    return [255, 255, 255];
  };
  const found = new Set<string>();
  for (const element of document.querySelectorAll('body *')) {
    const text = [...element.childNodes].filter((node) => node.nodeType === 3).map((node) => node.textContent.trim());
    if (text.join('') === '' || ['title', 'desc', 'style'].includes(element.tagName.toLowerCase())) continue;
    const style = getComputedStyle(element);
    const ink = luminance(parts(element.ownerSVGElement ? style.fill : style.color));
    const paper = luminance(behind(element));
    const ratio = (Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05);
    const size = parseFloat(style.fontSize);
    const isLarge = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    if (ratio < (isLarge ? 3 : 4.5)) found.add(`${element.tagName} ${text.join('').slice(0, 30)}: ${ratio.toFixed(2)}`);
  }
  return [...found];
}
