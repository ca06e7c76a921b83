/** The look of a page, on screens light and dark and on paper. Colours of text have a contrast of 4.5 to what is behind them, those of marks 3; faint lines only help the eye. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --bg: #ffffff; --panel: #f5f7f9; --ink: #1a2027; --muted: #55606b; --line: #d5dbe1; --axis: #77828e;
  --link: #0a58a8; --good: #17703a; --bad: #b3261e; --warn: #8a5a00; --lost: #b3261e;
  --traffic: #8494a6; --benign: #5f7186; --honest: #8a5a00; --margin: #17703a;
  --good-bg: #dff3e5; --some-bg: #eef7d9; --bad-bg: #fbe3e0; --blind-bg: #e9ecef;
}
@media (prefers-color-scheme: dark) {
  :root {
    --bg: #0f151b; --panel: #171f27; --ink: #e4eaf0; --muted: #a0acb8; --line: #2d3843; --axis: #7b8894;
    --link: #7ab8f5; --good: #5fce84; --bad: #ff8a80; --warn: #e0b04a; --lost: #ff8a80;
    --traffic: #5a6a7b; --benign: #8fa3b8; --honest: #e0b04a; --margin: #5fce84;
    --good-bg: #12351f; --some-bg: #2b3413; --bad-bg: #451d1a; --blind-bg: #26303a;
  }
}
* { box-sizing: border-box; }
html { scroll-behavior: smooth; -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--bg); color: var(--ink); font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; overflow-wrap: break-word; }
.skip { position: absolute; left: -999px; top: 0; padding: .5rem 1rem; background: var(--bg); z-index: 1; }
.skip:focus { left: 0; }
a { color: var(--link); text-underline-offset: .15em; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; border-radius: 2px; }
header, nav, main, footer { max-width: 74rem; margin: 0 auto; padding: 0 1.25rem; }
header { padding-top: 2rem; }
h1 { font-size: 1.7rem; line-height: 1.2; margin: 0 0 .25rem; letter-spacing: -.01em; }
h2 { font-size: 1.3rem; line-height: 1.25; margin: 3rem 0 .75rem; padding-top: .75rem; border-top: 1px solid var(--line); }
h3 { font-size: 1.05rem; line-height: 1.3; margin: 0; }
h4 { font-size: .875rem; line-height: 1.3; margin: 0 0 .25rem; }
section > h3 { margin: 1.75rem 0 .5rem; }
h2 + h3 { margin-top: 0; }
p, ul { margin: .4rem 0; max-width: 46rem; }
ul { padding-left: 1.2rem; }
.meta, .note, figcaption, .path { color: var(--muted); font-size: .875rem; }
.path { font-family: ui-monospace, "SF Mono", Menlo, Consolas, monospace; font-size: .8rem; overflow-wrap: anywhere; }
nav ul { display: flex; flex-wrap: wrap; gap: .25rem 1.1rem; list-style: none; padding: 0; margin: 1rem 0 0; max-width: none; font-size: .9rem; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(10.5rem, 1fr)); gap: .75rem; margin: 1rem 0; }
.tiles > div { background: var(--panel); border: 1px solid var(--line); border-radius: .5rem; padding: .7rem .9rem; display: flex; flex-direction: column; }
.tiles dt { color: var(--muted); font-size: .8rem; line-height: 1.3; order: 1; }
.tiles dd { margin: 0; }
.tiles dd.value { font-size: 1.5rem; line-height: 1.2; font-weight: 600; font-variant-numeric: tabular-nums; }
.tiles dd.more { color: var(--muted); font-size: .8rem; order: 2; }
.scroll { overflow-x: auto; margin: .5rem 0; }
table { border-collapse: collapse; font-size: .85rem; font-variant-numeric: tabular-nums; }
caption { text-align: left; color: var(--muted); padding: .25rem 0; position: sticky; left: 0; max-width: min(46rem, calc(100vw - 2.5rem)); }
th, td { text-align: left; padding: .3rem .8rem .3rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
thead th { font-weight: 600; vertical-align: bottom; color: var(--muted); }
th[scope=row] { font-weight: 500; }
td.n, th.n { text-align: right; }
td.n { white-space: nowrap; }
.detector { border: 1px solid var(--line); border-radius: .6rem; padding: 1rem 1.1rem; margin: 1.1rem 0; background: var(--bg); scroll-margin-top: 1rem; }
.detector > .lead { display: flex; flex-wrap: wrap; gap: .2rem .6rem; align-items: baseline; }
.chip { font-size: .75rem; font-weight: 600; padding: .05rem .5rem; border-radius: 1rem; border: 1px solid currentColor; white-space: nowrap; }
.pass, .caught { color: var(--good); } .fail, .missed { color: var(--bad); } .not-proven { color: var(--link); } .not-tested, .blind { color: var(--muted); }
.facts { display: flex; flex-wrap: wrap; gap: .3rem 1.6rem; margin: .7rem 0; }
.facts dt { color: var(--muted); font-size: .78rem; } .facts dd { margin: 0; font-weight: 600; font-variant-numeric: tabular-nums; }
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 20.5rem), 1fr)); gap: 1.25rem 1.5rem; margin-top: .9rem; align-items: start; grid-auto-flow: dense; }
.charts > * { min-width: 0; }
figure { margin: 0; }
figure.wide { grid-column: 1 / -1; }
@media (min-width: 66rem) { .charts > .wide { grid-column: span 2; } .charts.whole figure.wide { grid-column: 1 / -1; } }
figure svg { display: block; width: 100%; height: auto; max-width: 24rem; }
figure.wide svg { max-width: 60rem; min-width: 42rem; }
figcaption { line-height: 1.35; margin-top: .2rem; }
svg { font: 11px system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; fill: var(--ink); color: var(--ink); overflow: visible; }
svg .halo { paint-order: stroke; stroke: var(--bg); stroke-width: 3px; stroke-linejoin: round; }
details { margin: .5rem 0; }
summary { cursor: pointer; color: var(--link); font-size: .875rem; }
.matrix td { text-align: center; padding: .1rem; border: 1px solid var(--bg); min-width: 1.6rem; }
.matrix thead th { vertical-align: bottom; padding: .2rem .1rem; }
.matrix thead th span { writing-mode: vertical-rl; transform: rotate(180deg); font-weight: 500; white-space: nowrap; }
.matrix th[scope=row] { white-space: nowrap; font-weight: 400; padding: .1rem .8rem .1rem 0; }
.matrix .c { background: var(--good-bg); color: var(--good); } .matrix .s { background: var(--some-bg); color: var(--ink); }
.matrix .m { background: var(--bad-bg); color: var(--bad); } .matrix .b { background: var(--blind-bg); color: var(--muted); }
.key { display: flex; flex-wrap: wrap; gap: .2rem 1.1rem; padding: 0; list-style: none; font-size: .85rem; max-width: none; }
.key span { display: inline-block; min-width: 1.4rem; text-align: center; margin-right: .3rem; border-radius: .15rem; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
footer { margin-top: 3rem; padding-bottom: 2rem; }
@media (max-width: 40rem) { th[scope=row] { min-width: 8.5rem; } .matrix th[scope=row] { min-width: 0; } header, nav, main, footer { padding-left: .9rem; padding-right: .9rem; } .detector { padding: .8rem .8rem; } }
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
@media print {
  :root { color-scheme: light; }
  nav, .skip { display: none; }
  body { font-size: 10.5pt; }
  .detector, figure, .tiles > div, tr { break-inside: avoid; }
  .scroll { overflow: visible; } figure.wide svg { min-width: 0; }
  details::details-content { content-visibility: visible; display: block; }
}
`;
