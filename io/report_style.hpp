#pragma once

namespace bramble {

// The style sheet of the report: nothing is loaded from elsewhere, and it prints well.
inline constexpr char report_style[] = R"css(
:root { --ink: #1d2733; --soft: #5b6775; --line: #dfe4ea; --paper: #ffffff; --ground: #f5f7f9; --accent: #00695c; }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink);
       font: 15px/1.5 "Helvetica Neue", Helvetica, Arial, "DejaVu Sans", sans-serif; }
main { max-width: 1120px; margin: 0 auto; padding: 32px 24px 64px; }
h1 { font-size: 28px; font-weight: 600; margin: 0 0 4px; }
h2 { font-size: 19px; font-weight: 600; margin: 0 0 12px; }
p { margin: 0 0 12px; max-width: 80ch; }
a { color: var(--accent); }
code { font: 13px/1.4 "DejaVu Sans Mono", Menlo, Consolas, monospace; overflow-wrap: anywhere; }
.soft { color: var(--soft); }
section { background: var(--paper); border: 1px solid var(--line); border-radius: 8px; padding: 20px 22px; margin-top: 20px; }
.facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(130px, 1fr)); gap: 12px; margin-top: 20px; }
.facts div { background: var(--paper); border: 1px solid var(--line); border-radius: 8px; padding: 12px 14px; }
.facts b { display: block; font-size: 24px; font-weight: 600; font-variant-numeric: tabular-nums; }
.facts span { color: var(--soft); font-size: 13px; }
.good { border-left: 5px solid #2e7d32; }
.bad { border-left: 5px solid #c62828; }
.note { border-left: 3px solid #e69f00; padding-left: 10px; color: var(--soft); }
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(430px, 1fr)); gap: 16px; }
.chart { width: 100%; height: auto; font-size: 12px; fill: var(--soft); }
.chart .title { font-size: 14px; font-weight: 600; fill: var(--ink); }
.chart .grid { stroke: #e8ecf0; }
.chart .treatment { stroke: #8a94a0; stroke-dasharray: 4 4; }
.chart polyline { fill: none; }
.chart .animal { opacity: 0.38; }
.chart .animal circle { stroke: none; }
.chart .mean { stroke-width: 2; }
.chart .mean circle { stroke: #ffffff; stroke-width: 1.5; }
.legend span { margin-right: 18px; }
.legend i { display: inline-block; width: 11px; height: 11px; border-radius: 50%; margin-right: 6px; }
.scroll { overflow-x: auto; margin-bottom: 12px; }
table { border-collapse: collapse; font-size: 13px; width: 100%; }
th { text-align: left; font-weight: 600; color: var(--soft); border-bottom: 2px solid var(--line); padding: 5px 8px; vertical-align: bottom; }
td { border-bottom: 1px solid var(--line); padding: 5px 8px; vertical-align: top; }
td.short { white-space: nowrap; }
td.long { overflow-wrap: anywhere; min-width: 160px; }
td.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
tbody tr:hover { background: #f2f6f5; }
summary { cursor: pointer; font-weight: 600; margin-bottom: 8px; }
.pictures { display: grid; grid-template-columns: repeat(auto-fill, minmax(190px, 1fr)); gap: 12px; }
.pictures a { text-decoration: none; font-size: 12px; overflow-wrap: anywhere; }
.pictures img { width: 100%; border-radius: 6px; background: #10151b; display: block; min-height: 60px; }
.key i { display: inline-block; width: 11px; height: 11px; border-radius: 50%; border: 1px solid #999; margin: 0 5px 0 14px; }
@media print { body { background: none; } section { break-inside: avoid; border: none; padding: 0; } }
)css";

}  // namespace bramble
