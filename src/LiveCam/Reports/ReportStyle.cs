namespace LiveCam.Reports;

/// <summary>Colours and sizes of a report, for light and for dark.</summary>
internal static class ReportStyle
{
    public static void Write(HtmlText html) => html.Add($$"""
        :root { --ground:#f4f6f9; --panel:#ffffff; --line:#dfe4ec; --text:#161c26; --dim:#556173; --faint:#8893a4;
          --good:#0b7fc4; --bad:#d3542b; --one:#0b7fc4; --two:#d98a00; --three:#118a6b; --four:#b34d8d; --track:#eceff4; }
        @media (prefers-color-scheme: dark) { :root { --ground:#0a0d12; --panel:#12171f; --line:#242d3a; --text:#f3f6fa; --dim:#b3becc; --faint:#8996a8;
          --good:#45bdf5; --bad:#f5854d; --one:#45bdf5; --two:#f0a830; --three:#2fc79c; --four:#e08bbb; --track:#1b222d; } }
        * { box-sizing:border-box; margin:0 }
        body { background:var(--ground); color:var(--text); font:15px/1.5 Inter, system-ui, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; padding:32px 16px 64px }
        main { max-width:960px; margin:0 auto; display:grid; gap:16px }
        header { padding:0 4px 8px } .kind { color:var(--faint); font-size:13px; letter-spacing:.04em } h1 { font-size:28px; line-height:1.25; overflow-wrap:anywhere }
        h2 { font-size:15px; font-weight:600; color:var(--dim); margin-bottom:14px }
        .panel, .tile { background:var(--panel); border:1px solid var(--line); border-radius:12px; padding:18px 20px }
        .tiles { display:grid; gap:16px; grid-template-columns:repeat(auto-fit, minmax(165px, 1fr)) }
        .name { color:var(--dim); font-size:13px; font-weight:600 } .value { font-size:28px; font-weight:650; line-height:1.35; font-variant-numeric:tabular-nums }
        .note, .hint { color:var(--faint); font-size:13px } .hint { margin-top:12px; max-width:75ch }
        .scroll { overflow-x:auto } table { border-collapse:collapse; width:100%; font-variant-numeric:tabular-nums }
        th { text-align:left; color:var(--faint); font-size:13px; font-weight:500 } th, td { padding:5px 14px 5px 0; border-bottom:1px solid var(--line); white-space:nowrap }
        tr:last-child td { border-bottom:0 } td.text { white-space:normal; overflow-wrap:anywhere } .number { text-align:right }
        .facts th { width:180px; vertical-align:top; font-size:15px; padding-right:20px } .facts tr:last-child th { border-bottom:0 }
        .bar { width:30%; min-width:110px } .bar div { background:var(--track); border-radius:4px; height:8px; overflow:hidden } .bar i { display:block; height:8px; border-radius:4px; background:var(--good) }
        td svg { width:220px; height:24px }
        .bar .bad { background:var(--bad) }
        svg { display:block; width:100%; height:auto; font:12px Inter, system-ui, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; fill:var(--dim) }
        svg .axis { stroke:var(--line); stroke-width:1; fill:none } svg .ideal { stroke:var(--faint); stroke-width:1.5; stroke-dasharray:5 5; fill:none }
        svg .good { fill:var(--good) } svg .bad { fill:var(--bad) } svg .track { fill:var(--track) } svg .strong { fill:var(--text) } svg .on { fill:#fff }
        svg .faint { fill:var(--faint) } svg .curve { fill:none; stroke-width:2.25; stroke-linejoin:round; stroke-linecap:round }
        svg .s0 { stroke:var(--one) } svg .s1 { stroke:var(--two) } svg .s2 { stroke:var(--three) } svg .s3 { stroke:var(--four) }
        svg .f0 { fill:var(--one) } svg .f1 { fill:var(--two) } svg .f2 { fill:var(--three) } svg .f3 { fill:var(--four) }
        @media (prefers-color-scheme: dark) { svg .on { fill:#06121b } }
        @media print { body { background:none; padding:0 } .panel, .tile { break-inside:avoid } }

        """);
}
