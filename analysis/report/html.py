"""The report as one HTML file: no script, nothing from elsewhere, readable aloud and on paper."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from analysis.report.content import Chart, Content, Headline, Quotes, Section, Table
from analysis.report.page_style import STYLE


def write(content: Content) -> bytes:
    """The report as an .html file in UTF-8."""
    return "\n".join(_page(content)).encode("utf-8")


def _page(content: Content) -> Iterator[str]:
    yield '<!doctype html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{escape(content.title)}, {escape(content.period)}</title>\n<style>{STYLE}</style>\n</head>\n<body>"
    yield '<a class="skip" href="#main">Skip to the report</a>\n<header>'
    if content.council:
        yield f'<p class="council">{escape(content.council)}</p>'
    yield f'<h1>{escape(content.title)}</h1>\n<p class="period">{escape(content.period)}</p>\n</header>'
    yield from _contents(content)
    yield '<main id="main">'
    if content.is_demonstration:
        yield '<p class="demonstration">Demonstration: these are not real answers.</p>'
    yield from (f"<p>{escape(text)}</p>" for text in (*content.about, *content.absent))
    for section in content.sections:
        yield from _section(section)
    yield from _method(content)
    yield f"</main>\n<footer><p>Made on {escape(content.made_on_words)}.</p></footer>\n</body>\n</html>"


def _contents(content: Content) -> Iterator[str]:
    yield '<nav aria-label="In this report">\n<ul>'
    for section in content.sections:
        yield f'<li><a href="#{escape(section.key)}">{escape(section.title)}</a></li>'
    yield '<li><a href="#method">How these figures were made</a></li>\n</ul>\n</nav>'


def _section(section: Section) -> Iterator[str]:
    key = escape(section.key)
    yield f'<section aria-labelledby="{key}">\n<h2 id="{key}">{escape(section.title)}</h2>'
    yield f"<p>{escape(section.opening)}</p>"
    if section.headlines:
        yield '<ul class="headlines">'
        yield from (_headline(headline) for headline in section.headlines)
        yield "</ul>"
    if section.chart:
        yield from _figure(section.chart)
    if section.tables or section.withheld:
        yield "<h3>Every question</h3>"
    for table in (*section.tables, *section.breakdowns):
        yield from _table(table)
    yield from (f'<p class="note">{escape(sentence)}</p>' for sentence in section.withheld)
    if section.quotes:
        yield "<h3>In their own words</h3>"
    for quotes in section.quotes:
        yield from _quotes(quotes)
    yield "</section>"


def _headline(headline: Headline) -> str:
    figure, rest, base = (escape(part) for part in (headline.figure, headline.rest, headline.base))
    return f'<li><strong>{figure}</strong> {rest} <span class="base">({base})</span></li>'


def _figure(chart: Chart) -> Iterator[str]:
    """Bars for the eye; the same figures in words for everybody else."""
    yield f'<figure>\n<figcaption>{escape(chart.title)}</figcaption>\n<div role="img" aria-label="{escape(chart.in_words)}">'
    for bar in chart.bars:
        yield (
            f'<div class="bar"><span class="label">{escape(bar.label)}</span>'
            f'<span class="track"><span class="fill" style="inline-size:{bar.percent}%"></span></span>'
            f'<span class="percent">{bar.percent}%</span></div>'
        )
    yield "</div>"
    if chart.note:
        yield f'<p class="note">{escape(chart.note)}</p>'
    yield "</figure>"


def _table(table: Table) -> Iterator[str]:
    title = escape(table.title)
    yield f'<div class="scroll" role="region" aria-label="{title}" tabindex="0">\n<table>\n<caption>{title}</caption>'
    header = "".join(f'<th scope="col">{escape(text)}</th>' for text in table.header)
    yield f"<thead><tr>{header}</tr></thead>\n<tbody>"
    for first, *rest in table.rows:
        cells = "".join(f"<td>{escape(text)}</td>" for text in rest)
        yield f'<tr><th scope="row">{escape(first)}</th>{cells}</tr>'
    yield "</tbody>\n</table>\n</div>"
    yield from (f'<p class="note">{escape(note)}</p>' for note in table.notes)


def _quotes(quotes: Quotes) -> Iterator[str]:
    yield f'<p class="asked">{escape(quotes.question)}</p>'
    for words in quotes.words:
        lines = "<br>".join(escape(line) for line in words.splitlines())
        yield f"<blockquote><p>“{lines}”</p></blockquote>"


def _method(content: Content) -> Iterator[str]:
    yield '<section aria-labelledby="method">\n<h2 id="method">How these figures were made</h2>'
    yield from (f"<p><strong>{escape(title)}.</strong> {escape(text)}</p>" for title, text in content.method)
    yield "</section>"
