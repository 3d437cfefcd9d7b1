/** The page's style sheet. Colours follow the reader's system. Nothing in it loads anything. */
export const REPORT_STYLE = `
:root {
  color-scheme: light dark;
  --back: #fff; --panel: #f5f6f8; --line: #d9dce1; --text: #1b1f24; --faint: #59636e; --error: #b3261e;
  --model: #2458c5; --tool: #8a5a00; --agent: #7a3ec2; --data: #17705f; --plain: #66707b;
}
@media (prefers-color-scheme: dark) {
  :root {
    --back: #14171b; --panel: #1d2126; --line: #363c44; --text: #e4e7ea; --faint: #9aa4af; --error: #ff8a80;
    --model: #84abff; --tool: #e6b450; --agent: #c79bff; --data: #5fd0b8; --plain: #9aa4af;
  }
}
* { box-sizing: border-box; }
[hidden] { display: none !important; }
body { margin: 0 auto; max-width: 110rem; padding: 1rem; background: var(--back); color: var(--text); font: 14px/1.45 system-ui, sans-serif; }
h1 { font-size: 1.3rem; margin: 0; overflow-wrap: anywhere; }
h2 { font-size: 1rem; display: inline; overflow-wrap: anywhere; }
h4, h5 { margin: .8rem 0 .3rem; font-size: .85rem; }
a { color: var(--model); }
summary { cursor: pointer; }
summary:focus-visible, button:focus-visible, input:focus-visible, select:focus-visible { outline: 2px solid var(--model); outline-offset: 1px; }
.note, .id, .sum, .info { color: var(--faint); font-size: .85rem; font-weight: normal; }
.note { margin: .2rem 0; }
.warn { color: var(--error); }
.hide { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
#filters { position: sticky; top: 0; z-index: 1; display: flex; flex-wrap: wrap; gap: .4rem 1rem; align-items: center; padding: .5rem 0; background: var(--back); border-bottom: 1px solid var(--line); }
body > header { display: contents; }
#filters select { max-width: 16rem; }
.trace { border: 1px solid var(--line); border-radius: 6px; margin: .8rem 0; padding: .5rem .7rem; }
.axis, .span > summary { display: grid; grid-template-columns: minmax(12rem, 24rem) 4.5rem minmax(8rem, 1fr) minmax(8rem, 26rem); gap: 0 .6rem; }
.axis { color: var(--faint); font-size: .75rem; border-bottom: 1px solid var(--line); }
.axis > div { grid-column: 3; display: flex; justify-content: space-between; }
.span { content-visibility: auto; contain-intrinsic-size: auto 1.7rem; border-bottom: 1px solid var(--line); --own: var(--plain); }
.span > summary { align-items: center; padding: .15rem 0; list-style: none; }
.span > summary::-webkit-details-marker { display: none; }
.span > summary:hover { background: var(--panel); }
.span.model { --own: var(--model); } .span.tool { --own: var(--tool); } .span.agent { --own: var(--agent); } .span.data { --own: var(--data); }
.span[data-error] { --own: var(--error); }
.span.above > summary { opacity: .55; }
.name { color: var(--own); overflow-wrap: anywhere; }
.millis { text-align: right; font-variant-numeric: tabular-nums; }
.bar { width: 100%; height: .7rem; background: var(--panel); border-radius: 2px; }
.bar rect { fill: var(--own); }
.info { overflow-wrap: anywhere; }
.span > summary > .error { grid-column: 1 / -1; color: var(--error); overflow-wrap: anywhere; }
.twist { border: 0; background: none; color: inherit; font: inherit; padding: 0 .3rem 0 0; cursor: pointer; }
.d1 .name { padding-left: 1rem; } .d2 .name { padding-left: 2rem; } .d3 .name { padding-left: 3rem; } .d4 .name { padding-left: 4rem; }
.d5 .name { padding-left: 5rem; } .d6 .name { padding-left: 6rem; } .d7 .name { padding-left: 7rem; } .d8 .name { padding-left: 8rem; }
.d9 .name { padding-left: 9rem; } .d10 .name { padding-left: 10rem; } .d11 .name { padding-left: 11rem; } .d12 .name { padding-left: 12rem; }
.body { padding: .2rem 1rem 1rem; margin: .2rem 0 .4rem; border-left: 3px solid var(--own); background: var(--panel); }
.text { white-space: pre-wrap; overflow-wrap: anywhere; unicode-bidi: plaintext; font: 13px/1.45 ui-monospace, monospace; }
table { border-collapse: collapse; width: 100%; font: 12px/1.4 ui-monospace, monospace; }
th, td { text-align: left; vertical-align: top; padding: .1rem .6rem .1rem 0; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; white-space: pre-wrap; }
th { width: 22rem; max-width: 40%; font-weight: normal; color: var(--faint); }
.chat { list-style: none; margin: 0; padding: 0; }
.message { border-left: 3px solid var(--line); background: var(--back); border-radius: 4px; margin: .4rem 0; padding: .3rem .6rem; }
.message > header { font-size: .8rem; font-weight: 600; }
.message.user { border-color: var(--model); } .message.assistant { border-color: var(--data); } .message.tool { border-color: var(--tool); }
.message.system, .message.developer { border-color: var(--agent); }
.part, .event { margin: .3rem 0; }
.call, .answer { border: 1px solid var(--line); border-radius: 4px; padding: .3rem .5rem; }
.refusal, .exception { border-left: 3px solid var(--error); padding-left: .5rem; }
.media img { max-width: 100%; max-height: 24rem; }
.fold > summary { color: var(--faint); font-size: .85rem; }
@media (max-width: 60rem) {
  .axis { display: none; }
  .span > summary { grid-template-columns: 1fr 4.5rem; }
  .span > summary > .info { grid-column: 1 / -1; }
  .bar { grid-column: 1 / -1; grid-row: 2; }
  th { width: 40%; }
}
@media print {
  :root { --back: #fff; --panel: #fff; --line: #bbb; --text: #000; --faint: #444; --error: #900; --model: #024; --tool: #530; --agent: #408; --data: #043; --plain: #333; color-scheme: light; }
  #filters, .twist { display: none !important; }
  .span { content-visibility: visible; }
  .message, .event, tr { break-inside: avoid; }
}
`;
