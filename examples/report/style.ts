/** Calm, for the screen and for paper. */
export const style = `
:root { color: #22303a; background: #ffffff; font: 15px/1.5 "Helvetica Neue", Arial, "Noto Sans CJK SC", "Noto Sans SC", "Microsoft YaHei", sans-serif; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 940px; padding: 36px 28px 48px; }
h1 { font-size: 27px; line-height: 1.2; margin: 0; }
h2 { font-size: 18px; margin: 38px 0 6px; padding-top: 14px; border-top: 1px solid #d5dde2; }
h3 { font-size: 15px; margin: 18px 0 4px; }
p { margin: 4px 0 12px; max-width: 76ch; }
.sub { color: #51626e; font-size: 17px; margin: 2px 0 14px; }
.note { color: #51626e; font-size: 13.5px; }
.scripted { background: #f7f3ea; border-left: 3px solid #b98d3c; padding: 8px 12px; font-size: 13.5px; max-width: none; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); gap: 12px; margin: 20px 0 0; padding: 0; list-style: none; }
.tiles li { border: 1px solid #d5dde2; border-radius: 6px; padding: 10px 12px; }
.tiles b { display: block; font-size: 26px; line-height: 1.25; color: #1d4e73; }
.tiles span { display: block; font-size: 13px; }
.tiles small { display: block; color: #51626e; font-size: 12px; }
.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(400px, 100%), 1fr)); gap: 8px 28px; }
.drawing, .rows { overflow-x: auto; }
svg { display: block; width: 100%; height: auto; font-size: 13px; }
svg text { fill: #22303a; }
svg .small { font-size: 11.5px; fill: #51626e; }
svg .label { font-size: 11.5px; fill: #1d4e73; }
svg .in { paint-order: stroke; stroke: #f2f5f7; stroke-width: 4px; stroke-linejoin: round; }
svg .on { paint-order: stroke; stroke: #ffffff; stroke-width: 4px; stroke-linejoin: round; }
svg .strong { font-weight: 600; }
svg .grade { font-size: 20px; font-weight: 600; }
svg .light { fill: #ffffff; }
svg .axis { stroke: #51626e; stroke-width: 1; }
svg .rule { stroke: #dfe6ea; stroke-width: 1; }
svg .whisker { stroke-width: 3; stroke-linecap: round; }
svg .box { stroke: #8fa3b0; }
svg .way { stroke: #5d7686; stroke-width: 1.3; fill: none; }
svg .tip { fill: #5d7686; }
table { border-collapse: collapse; font-size: 13.5px; width: 100%; }
th, td { text-align: left; padding: 5px 10px 5px 0; border-bottom: 1px solid #e3e9ec; white-space: nowrap; }
th { color: #51626e; font-weight: 600; }
.n { text-align: right; }
footer { margin-top: 36px; color: #51626e; font-size: 12.5px; }
@media (max-width: 560px) { body { padding: 20px 14px 32px; } h1 { font-size: 23px; } }
@media print {
  body { max-width: none; padding: 0; }
  h2 { break-after: avoid; }
  .drawing, .rows, .tiles, .pair > div { break-inside: avoid; overflow: visible; }
  svg { min-width: 0 !important; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  table { font-size: 11px; }
}
`;
