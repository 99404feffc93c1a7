"""The look of the HTML report, which carries it inside: on a screen light or dark, and on paper."""

from typing import Final

STYLE: Final = """
:root { color-scheme: light dark; --ink: #1d2b30; --grey: #4a5a60; --teal: #0f4c58; --bar: #0f6270; --tint: #e6eff1;
  --line: #c5d3d7; --page: #fff; }
@media (prefers-color-scheme: dark) { :root { --ink: #e7eef0; --grey: #b4c3c8; --teal: #8fd0dc; --bar: #6fb9c7;
  --tint: #223238; --line: #3d5057; --page: #142024; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-inline-size: 46rem; padding: 2rem 1.25rem 4rem; background: var(--page); color: var(--ink);
  font: 1.0625rem/1.55 Arial, "Liberation Sans", sans-serif; }
.skip { position: absolute; inset-inline-start: -99rem; }
.skip:focus { position: static; }
a { color: var(--teal); text-underline-offset: .15em; }
:focus-visible { outline: 3px solid #d98200; outline-offset: 2px; }
h1, h2, h3 { color: var(--teal); line-height: 1.15; text-wrap: balance; }
h1 { margin: .2rem 0; font-size: 2.2rem; }
h2 { margin: 3.2rem 0 .8rem; padding-block-start: 1.2rem; border-block-start: 1px solid var(--line); font-size: 1.6rem; }
h3 { margin: 2.2rem 0 .6rem; font-size: 1.2rem; }
.council { margin: 0; color: var(--grey); font-weight: bold; }
.period { margin: 0 0 1.5rem; color: var(--grey); font-size: 1.2rem; }
nav ul { display: flex; flex-wrap: wrap; gap: .4rem 1.4rem; margin: 0 0 1.5rem; padding: .8rem 1rem; list-style: none;
  background: var(--tint); border-radius: .5rem; }
.headlines { padding-inline-start: 1.2rem; }
.headlines li { margin-block-end: .5rem; }
.headlines strong { color: var(--teal); font-size: 1.15em; }
.base, .note { color: var(--grey); font-size: .9rem; }
.note { margin: .4rem 0; }
.headlines .base { white-space: nowrap; }
.demonstration { padding: .6rem 1rem; border: 2px solid var(--teal); border-radius: .5rem; font-weight: bold; }
figure { margin: 1.8rem 0; }
figcaption, caption { margin-block-end: .6rem; font-weight: bold; text-align: start; }
.bar { display: grid; grid-template-columns: minmax(8rem, 1fr) minmax(6rem, 1.1fr) 3.2rem; gap: .8rem; align-items: center;
  padding-block: .22rem; font-size: .9rem; line-height: 1.3; }
.track { block-size: 1rem; background: var(--tint); border-radius: .2rem; overflow: hidden; }
.fill { display: block; block-size: 100%; background: var(--bar); }
.percent { font-weight: bold; }
.scroll { margin-block-start: 1.6rem; overflow-x: auto; }
table { border-collapse: collapse; inline-size: 100%; border-block: 2px solid var(--teal); font-size: .95rem; }
th, td { padding: .5rem .6rem; border-block-end: 1px solid var(--line); text-align: end; vertical-align: top; }
th:first-child { text-align: start; }
thead th { background: var(--tint); }
tbody th { font-weight: normal; }
.asked { margin: 1.4rem 0 .4rem; font-weight: bold; }
blockquote { margin: .6rem 0; padding-inline-start: 1rem; border-inline-start: .25rem solid var(--bar); }
blockquote p { margin: 0; overflow-wrap: anywhere; }
footer { margin-block-start: 2rem; color: var(--grey); font-size: .9rem; }
@media (max-width: 34rem) { .bar { grid-template-columns: 1fr 3.2rem; } .bar .label { grid-column: 1 / -1; }
  .bar { gap: .1rem .8rem; padding-block: .4rem; } }
@media (forced-colors: active) { .track { border: 1px solid CanvasText; } .fill { background: CanvasText;
  forced-color-adjust: none; } }
@media print { @page { size: A4; margin: 2cm; } :root { --ink: #000; --grey: #333; --teal: #0f4c58; --bar: #0f6270;
  --tint: #eef3f4; --line: #bbb; --page: #fff; } body { max-inline-size: none; padding: 0; font-size: 10.5pt; }
  nav, .skip { display: none; } h2, h3, caption, .asked { break-after: avoid; } tr, blockquote, figure, li
  { break-inside: avoid; } thead { display: table-header-group; } .scroll { overflow: visible; } .fill, .track, thead th
  { print-color-adjust: exact; -webkit-print-color-adjust: exact; } }
"""
