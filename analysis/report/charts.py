"""A chart as a picture for documents. HTML draws its own."""

from __future__ import annotations

import textwrap
import warnings
from io import BytesIO

from matplotlib import rc_context
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import fontManager

from analysis.report.content import Chart

BAR = "#0f6270"
TRACK = "#e8eef0"
INK = "#1d2b30"

WIDTH_INCHES = 6.3
_LABEL_CHARACTERS = 60
_LABEL_LINES = 3
#: The font of the document where this machine has it or its twin; the last comes with matplotlib.
_FONTS = ("Arial", "Liberation Sans", "Helvetica", "DejaVu Sans")


def png(chart: Chart) -> bytes:
    """The chart as a PNG, ``WIDTH_INCHES`` wide, without metadata."""
    known = set(fontManager.get_font_names())
    with rc_context({"font.family": next(font for font in _FONTS if font in known)}):
        return _drawn(chart)


def _drawn(chart: Chart) -> bytes:
    labels = [_label(bar.label) for bar in chart.bars]
    percents = [bar.percent for bar in chart.bars]
    places = range(len(percents))
    figure = Figure(figsize=(WIDTH_INCHES, 0.3 + 0.29 * len(percents)), dpi=200)
    FigureCanvasAgg(figure)
    axes = figure.add_subplot()
    axes.barh(places, [100] * len(percents), color=TRACK, height=0.62)
    axes.barh(places, percents, color=BAR, height=0.62)
    for place, percent in enumerate(percents):
        axes.text(
            101.5, place, f"{percent}%", va="center", ha="left", color=INK, fontsize=9, fontweight="bold"
        )
    # Without mathematics: a dollar sign in a council's own question is one.
    axes.set_yticks(list(places), labels, fontsize=8.5, color=INK, parse_math=False)
    axes.set_xticks([0, 25, 50, 75, 100], ["0%", "25%", "50%", "75%", "100%"], fontsize=7.5, color=INK)
    axes.set_xlim(0, 100)
    axes.invert_yaxis()
    axes.tick_params(length=0)
    for side in ("top", "right", "left", "bottom"):
        axes.spines[side].set_visible(False)
    file = BytesIO()
    with warnings.catch_warnings():
        # Letters that the font has not are drawn as boxes; whoever does not see the chart reads them.
        warnings.filterwarnings("ignore", message="Glyph")
        figure.tight_layout(pad=0.4)
        figure.subplots_adjust(right=0.92)
        figure.savefig(file, format="png", metadata={"Software": None})
    return file.getvalue()


def _label(text: str) -> str:
    """A bar's label in a few lines."""
    lines = textwrap.wrap(text, _LABEL_CHARACTERS) or [""]
    return "\n".join([*lines[:_LABEL_LINES], *(["…"] if len(lines) > _LABEL_LINES else [])])
