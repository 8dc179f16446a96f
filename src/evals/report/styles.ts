/** Uses the editor's colours where there are any, else light or dark ones by the reader's preference. */
export const STYLES = `
:root {
  color-scheme: light dark;
  --page: #ffffff; --raised: #faf8f3; --ink: #24211c; --soft: #6d675d; --rule: #e4dfd4;
  --gold: #9a6a00; --green: #2b7a3f; --red: #b3372b;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #191817; --raised: #22201e; --ink: #dcd7cd; --soft: #9c958a; --rule: #37332f;
    --gold: #d8a640; --green: #6cbf7d; --red: #ee8478;
  }
}
body {
  --bg: var(--vscode-editor-background, var(--page));
  --fg: var(--vscode-editor-foreground, var(--ink));
  --card: var(--vscode-sideBar-background, var(--raised));
  --muted: var(--vscode-descriptionForeground, var(--soft));
  --line: var(--vscode-contrastBorder, var(--vscode-editorWidget-border, var(--rule)));
  --accent: var(--vscode-charts-yellow, var(--gold));
  --good: var(--vscode-charts-green, var(--green));
  --bad: var(--vscode-charts-red, var(--red));
  --empty: color-mix(in srgb, var(--fg) 9%, transparent);
  max-width: 960px; margin: 0 auto; padding: 32px 24px 64px;
  background: var(--bg); color: var(--fg);
  font: 14px/1.55 var(--vscode-font-family, system-ui, -apple-system, 'Segoe UI', sans-serif);
}
body.vscode-light { color-scheme: light; }
body.vscode-dark, body.vscode-high-contrast { color-scheme: dark; }
body.vscode-high-contrast-light { color-scheme: light; }
h1 { margin: 0 0 4px; font-size: 24px; font-weight: 600; line-height: 1.25; }
h2 { margin: 48px 0 12px; font-size: 19px; font-weight: 600; }
h3 { margin: 32px 0 8px; font-size: 15px; font-weight: 600; }
p { margin: 6px 0; }
code { padding: 0; background: none; color: inherit; font: 12.5px/1.5 var(--vscode-editor-font-family, ui-monospace, 'SF Mono', Menlo, Consolas, monospace); overflow-wrap: anywhere; }
a { color: var(--vscode-textLink-foreground, var(--accent)); text-decoration: none; }
a:hover { text-decoration: underline; }
.quiet { color: var(--muted); }
.remark { border-left: 3px solid var(--accent); padding: 4px 12px; }
.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(280px, 1fr)); gap: 16px; margin: 24px 0; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 16px 20px; }
ul { margin: 6px 0; padding-left: 20px; }
.figure { margin: 0; font-size: 44px; font-weight: 600; line-height: 1.2; color: var(--accent); font-variant-numeric: tabular-nums; }
.wide { overflow-x: auto; }
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(320px, 100%), 1fr)); gap: 8px 32px; margin: 16px 0; }
.note { max-width: 460px; font-size: 12.5px; }
.compared > * { border-bottom: 0; padding-bottom: 0; }
.verdict { font-size: 12.5px; }
table { border-collapse: collapse; width: 100%; margin: 8px 0; }
th, td { padding: 6px 10px; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; font-weight: normal; }
thead th { color: var(--muted); font-size: 12.5px; }
.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
thead .number { white-space: normal; }
.strong { font-weight: 600; }
figure { margin: 8px 0; }
figcaption { color: var(--muted); }
svg { display: block; width: 100%; max-width: 460px; height: auto; }
svg text { fill: var(--fg); font-size: 12.5px; }
svg .tick, svg .count { fill: var(--muted); font-size: 11px; }
svg .grid { stroke: var(--line); stroke-opacity: 0.6; }
svg .track { fill: var(--empty); }
svg .bar { fill: var(--accent); }
svg .whisker { stroke: var(--fg); stroke-width: 1.5; fill: none; }
svg .diagonal { stroke: var(--muted); stroke-dasharray: 4 4; }
svg .curve { stroke: var(--accent); stroke-width: 2; fill: none; }
svg .dot { fill: var(--accent); }
svg .ring { stroke: var(--fg); stroke-width: 2; fill: none; }
svg .halo { stroke: var(--bg); stroke-width: 4; fill: none; }
summary { cursor: pointer; }
summary:focus-visible, a:focus-visible, pre:focus-visible, blockquote:focus-visible { outline: 2px solid var(--vscode-focusBorder, var(--accent)); outline-offset: 2px; border-radius: 4px; }
.fold { margin: 10px 0; }
.fold > summary { color: var(--muted); }
.fold > summary:hover { color: var(--fg); }
.cases { border-top: 1px solid var(--line); }
.case { border-bottom: 1px solid var(--line); }
.case > summary { display: flex; align-items: baseline; gap: 10px; padding: 7px 2px; list-style: none; }
.case > summary::-webkit-details-marker { display: none; }
.case > summary:hover { background: var(--card); }
.question { flex: 1; min-width: 0; overflow-wrap: anywhere; }
.kind { color: var(--muted); font-size: 12px; white-space: nowrap; }
.body { padding: 2px 2px 14px 82px; }
.badge { flex: none; box-sizing: border-box; min-width: 68px; padding: 0 8px; border: 1px solid currentColor; border-radius: 10px; font-size: 11.5px; line-height: 18px; text-align: center; }
td .badge, dd .badge, p .badge { min-width: 0; margin-left: 6px; }
.good { color: color-mix(in srgb, var(--good) 70%, var(--fg)); }
.fair { color: color-mix(in srgb, var(--accent) 70%, var(--fg)); }
.bad { color: color-mix(in srgb, var(--bad) 70%, var(--fg)); }
pre { margin: 4px 0 8px; padding: 8px 12px; overflow-x: auto; background: var(--card); border: 1px solid var(--line); border-radius: 6px; tab-size: 4; }
pre code { overflow-wrap: normal; }
blockquote { margin: 4px 0 8px; padding: 2px 12px; border-left: 3px solid var(--line); max-height: 360px; overflow: auto; }
blockquote div { white-space: pre-wrap; overflow-wrap: anywhere; }
.answer + .answer { margin-top: 16px; }
.right td { background: var(--card); }
mark { background: none; color: inherit; border-bottom: 2px solid var(--accent); }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 4px 16px; margin: 6px 0; }
dt { color: var(--muted); }
dd { margin: 0; min-width: 0; }
@media (max-width: 620px) { .kind { display: none; } .body { padding-left: 2px; } }
`;

/** SHA-256 of `STYLES` as a content security policy wants it: the report's own style is the only one it allows. */
export const STYLES_HASH = 'sha256-APgARwiN3SKLPLG/FieOgcZEG4SxchuCLmSXZ5ssJd8=';
