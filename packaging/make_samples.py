"""Writes the sample library's PDF and Word files; the others are plain text, written by hand.

Run in the development environment: `python packaging/make_samples.py`. The same words always give
the same PDF bytes, and a Word file with the same parts.
"""

from __future__ import annotations

import datetime as dt
import io
import sys
import zipfile
from pathlib import Path

import docx
import docx.shared
from docx.document import Document as WordDocument
from docx.styles.style import CharacterStyle
from reportlab.graphics.charts.barcharts import VerticalBarChart
from reportlab.graphics.shapes import Drawing, String
from reportlab.lib.colors import HexColor, white
from reportlab.lib.units import mm
from reportlab.platypus import (
    Flowable,
    KeepTogether,
    PageBreak,
    Paragraph,
    Spacer,
    Table,
)
from sample_layout import (
    BLUE,
    BLUE_WASH,
    CELL,
    CELL_BOLD,
    CELL_HEAD,
    FIGURE,
    FIGURE_BOLD,
    FIGURE_HEAD,
    INK,
    LINE,
    SOFT,
    TEAL,
    TEAL_WASH,
    Heading,
    Report,
    body,
    bullets,
    facts,
    masthead,
    ruled,
)

WRITTEN = dt.datetime(2026, 3, 13)  # noqa: DTZ001 (dates in Word files have no zone)
LIBRARY = Path(__file__).resolve().parent.parent / "resources" / "samples" / "Sample library"
QUARTERS = ("First quarter", "Second quarter", "Third quarter", "Fourth quarter")
MONTHS = ("January to March", "April to June", "July to September", "October to December")
DISTRICTS = ("Old Town", "Riverside", "Hill")
WATER_M3 = (
    (17210, 14380, 11290),
    (19640, 16920, 13450),
    (23870, 21150, 16460),
    (17950, 15020, 11700),
)


def warranty() -> bytes:
    """The heater's warranty: two pages, with headings and a table of parts."""
    target = io.BytesIO()
    report = Report(target, "Larkspur 12 heater: warranty", "Larkspur Heating Works")
    story = [*_warranty_terms(), PageBreak(), *_warranty_claims()]
    report.build(story)
    return target.getvalue()


def _warranty_terms() -> list[Flowable]:
    head = masthead(
        "Larkspur 12 heater: warranty",
        "For the heat pump of Tarnbrook Library, from the Larkspur Heating Works",
        TEAL,
    )
    return [
        *head,
        facts(
            [
                ("Heater", "Larkspur 12, air-to-water heat pump, 12 kilowatts"),
                ("Serial number", "LK12-40718"),
                ("Installed", "18 October 2024, by Brightwell Heating"),
                ("Owner", "Town of Tarnbrook, for the library in Market Street"),
            ],
            TEAL_WASH,
        ),
        Heading("1. When the warranty ends", TEAL),
        *body(
            "The Larkspur warranty ends on 18 October 2031, seven years after the heater was "
            "installed. A repair or an exchanged part does not make it longer. If the building is "
            "sold, the warranty passes to the new owner, who should tell us within thirty days."
        ),
        Heading("2. What voids the warranty", TEAL),
        *body(
            "The Larkspur warranty is void if the heater is opened by anyone but a certified "
            "technician, if a yearly service is missed, or if its water is softened with salt. "
            "In these cases we also do not pay for damage that follows later. In detail:"
        ),
        *bullets(
            "<b>Opening.</b> The seal on the cover must be whole. Certified technicians seal the "
            "cover again and enter their number in the service log.",
            "<b>Service.</b> A service counts as missed when more than fourteen months have passed "
            "since the last one.",
            "<b>Water.</b> Salt from water softeners eats the heat exchanger within two winters. "
            "Filters without salt are allowed.",
        ),
        Heading("3. What is covered", TEAL),
        *body(
            "We repair or exchange the parts below without charge, with the work and the travel."
        ),
        _parts(),
    ]


def _warranty_claims() -> list[Flowable]:
    return [
        Heading("4. What is not covered", TEAL),
        *body(
            "Filters, seals and batteries wear out and are not covered. Neither is damage from "
            "lightning, flood, frost in pipes outside the heater, or from a wrong setting of the "
            "timer. A cold room alone is not a fault of the heater."
        ),
        Heading("5. How to make a claim", TEAL),
        *body(
            "Write to claims at the Larkspur Heating Works, or telephone, within thirty days of "
            "noticing the fault. Keep these things at hand:"
        ),
        *bullets(
            "the serial number, which is printed inside the small door on the left side;",
            "the service log with the dates of all yearly services;",
            "the error on the display, and the weather on that day.",
        ),
        *body(
            "A technician comes within five working days, and within two from November to March. "
            "If the heater cannot be repaired within three weeks, we lend you another one."
        ),
        Heading("6. What the display says", TEAL),
        *body(
            "The errors E1 and E2 mean that the pressure of the water is too low or too high. E4 "
            "means that the fan cannot turn, often because of ice: switch the heater off for two "
            "hours and do not open the cover. With any other error, telephone."
        ),
        Spacer(1, 8),
        facts(
            [
                ("Address", "Larkspur Heating Works, 3 Foundry Lane, Aldersea"),
                ("Hours", "Monday to Friday from 7 to 17 o'clock, in winter also on Saturday"),
            ],
            TEAL_WASH,
        ),
    ]


def _parts() -> Table:
    rows = [
        ("Part", "Covered", "Not covered"),
        ("Compressor", "Loss of power, noise above 52 decibels", "Damage from a wrong voltage"),
        ("Heat exchanger", "Leaks and corrosion", "Corrosion by salt"),
        ("Fan and motor", "Standstill, worn bearings", "Ice and leaves in the fan"),
        ("Controls", "Display, timer and sensors", "Batteries"),
        ("Housing", "Rust through the metal", "Scratches and dents"),
    ]
    cells = [
        [Paragraph(t, CELL_HEAD if n == 0 else CELL) for t in row] for n, row in enumerate(rows)
    ]
    table = Table(cells, colWidths=[38 * mm, 70 * mm, 50 * mm], spaceBefore=3, spaceAfter=8)
    style = ruled(TEAL)
    style.add("ROWBACKGROUNDS", (0, 1), (-1, -1), [white, TEAL_WASH])
    table.setStyle(style)
    return table


def water_report() -> bytes:
    """The water works' report: two pages, with a table whose cells span rows and a chart."""
    target = io.BytesIO()
    report = Report(target, "Water in Tarnbrook: report for 2025", "Tarnbrook Water Works")
    total = sum(map(sum, WATER_M3))
    story = masthead(
        "Water in Tarnbrook: report for 2025",
        "From the Tarnbrook Water Works to the town council, February 2026",
        BLUE,
    )
    story += [
        Heading("Summary", BLUE),
        *body(
            f"Tarnbrook used {total:,} cubic metres of water in 2025, three per cent more than the "
            "year before. The third quarter had the highest water use, with 61,480 cubic metres. "
            "The first quarter had the lowest, with 42,880 cubic metres. Nobody had to go without "
            "water on any day of the year."
        ),
        Heading("Water use by quarter and district", BLUE),
        *body(
            "All figures are in cubic metres, read from the meters on the last day of each quarter."
        ),
        _quarters(),
        PageBreak(),
        Heading("The year at a glance", BLUE),
        _chart(),
        *body(
            "The summer was dry: from the middle of July to the end of August it rained on four "
            "days only. Gardens took most of the additional water, above all in Riverside."
        ),
        Heading("Where the water comes from", BLUE),
        *body(
            "Two wells at Heron Wood give four fifths of the water, the spring on the Hill the "
            "rest. The water level in the wells fell by 1.2 metres during the summer and had "
            "recovered by December. The water is hard and contains no added salt."
        ),
        Heading("Leaks", BLUE),
        *body(
            "About nine per cent of the water was lost through leaks. The worst leak was in Quay "
            "Street, where the pipe dates from 1911. We propose to replace this pipe in 2026."
        ),
        Heading("Quality", BLUE),
        *body(
            "The laboratory tested 104 samples in 2025. All of them met the limits. The chlorine "
            "that was added after the flood in February was used up within a week."
        ),
    ]
    report.build(story)
    return target.getvalue()


def _quarters() -> Table:
    year = tuple(sum(uses[n] for uses in WATER_M3) for n in range(len(DISTRICTS)))
    names, months = (*QUARTERS, "Whole year"), (*MONTHS, "2025")
    cells = [
        [
            Paragraph("Quarter", CELL_HEAD),
            Paragraph("District", CELL_HEAD),
            Paragraph("Water use (m³)", FIGURE_HEAD),
        ]
    ]
    style = ruled(BLUE)
    for name, part, uses in zip(names, months, (*WATER_M3, year), strict=True):
        top = len(cells)
        first = Paragraph(f"<b>{name}</b><br/>{part}", CELL)
        for district, use in zip(DISTRICTS, uses, strict=True):
            cells.append([first, Paragraph(district, CELL), Paragraph(f"{use:,}", FIGURE)])
            first = Paragraph("", CELL)
        together = Paragraph("All districts", CELL_BOLD), Paragraph(f"{sum(uses):,}", FIGURE_BOLD)
        cells.append([first, *together])
        style.add("SPAN", (0, top), (0, top + 3))
        style.add("BACKGROUND", (1, top + 3), (-1, top + 3), BLUE_WASH)
        style.add("LINEBELOW", (0, top + 3), (-1, top + 3), 0.9, BLUE)
    table = Table(cells, colWidths=[58 * mm, 60 * mm, 40 * mm], spaceBefore=3)
    table.setStyle(style)
    return table


def _chart() -> KeepTogether:
    drawing = Drawing(158 * mm, 62 * mm)
    chart = VerticalBarChart()
    chart.x, chart.y, chart.width, chart.height = 46, 24, 390, 132
    chart.data = [[sum(uses) for uses in WATER_M3]]
    chart.categoryAxis.categoryNames = list(QUARTERS)
    chart.categoryAxis.labels.fontName = chart.valueAxis.labels.fontName = "Helvetica"
    chart.categoryAxis.labels.fontSize = chart.valueAxis.labels.fontSize = 9
    chart.categoryAxis.strokeColor = chart.valueAxis.gridStrokeColor = LINE
    chart.categoryAxis.labels.fillColor = chart.valueAxis.labels.fillColor = SOFT
    chart.valueAxis.valueMin, chart.valueAxis.valueMax, chart.valueAxis.valueStep = 0, 70000, 20000
    chart.valueAxis.visibleAxis = chart.valueAxis.visibleTicks = chart.categoryAxis.visibleTicks = 0
    chart.valueAxis.visibleGrid, chart.valueAxis.labelTextFormat = 1, "{:,.0f}".format
    chart.bars[0].fillColor, chart.bars[0].strokeColor = HexColor("#9dbccd"), None
    chart.bars[(0, 2)].fillColor, chart.groupSpacing = BLUE, 22
    drawing.add(chart)
    caption = String(0, 168, "Water use in 2025, cubic metres per quarter")
    caption.fontName, caption.fontSize, caption.fillColor = "Helvetica-Bold", 9.5, INK
    drawing.add(caption)
    return KeepTogether([drawing, Spacer(1, 10)])


def minutes() -> bytes:
    """The council's minutes as a Word file."""
    word = docx.Document()
    normal = word.styles["Normal"]
    assert isinstance(normal, CharacterStyle)
    normal.font.name, normal.font.size = "Georgia", docx.shared.Pt(11)
    word.core_properties.title = "Minutes of the town council, 12 March 2026"
    word.core_properties.author = "Town of Tarnbrook"
    word.core_properties.created = word.core_properties.modified = WRITTEN
    word.add_heading("Minutes of the Tarnbrook town council", 0)
    word.add_paragraph("Meeting of 12 March 2026 in the town hall, 19.00 to 21.20 o'clock")
    _members(word)
    for line in AGENDA.splitlines():
        if line.startswith("# "):
            word.add_heading(line.removeprefix("# "), 1)
        else:
            word.add_paragraph(line)
    target = io.BytesIO()
    word.save(target)
    return _with_fixed_times(target.getvalue())


# Headings and paragraphs, a paragraph a line.
AGENDA = """\
# 1. Minutes of the last meeting
The minutes of 12 February 2026 were read and agreed without changes.
# 2. Repair of the Mill Lane bridge
The Tarnbrook town council approved the bridge repair on 12 March 2026, by six votes to one. \
Councillor Dunmore voted against it, because he would rather have a new bridge.
The work goes to Hollis & Daughters, whose offer was the lowest of three. Half of the money comes \
from the county's bridge fund, the other half from the town's reserve.
Councillor Adebayo will tell the school and the station about the weeks in which the bridge is \
closed.
# 3. Water report for 2025
The council heard the report of the water works and thanked its author, Jonas Reuter. The old \
pipe in Quay Street will be replaced before the summer. The council did not follow the proposal \
to raise the price of water.
# 4. Library
From April the library will lend tools as well as books, beginning with drills and ladders. The \
council set aside 1,500 euros for this.
# 5. Next meeting
The council meets again on 9 April 2026 at 19.00 o'clock.
"""


def _members(word: WordDocument) -> None:
    table = word.add_table(rows=1, cols=2, style="Light Grid Accent 1")
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "Member", "Office"
    for name, office in (
        ("Elin Marsh", "Mayor, in the chair"),
        ("Tunde Adebayo", "Bridges and roads"),
        ("Clara Voss", "Money"),
        ("Henry Dunmore", "Buildings"),
        ("Mei Tanaka", "School and library"),
        ("Luis Ferreira", "Water"),
        ("Sofia Brandt", "Without office"),
    ):
        cells = table.add_row().cells
        cells[0].text, cells[1].text = name, office


def _with_fixed_times(package: bytes) -> bytes:
    """The same Word file with all its parts dated alike."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(target, "w") as new:
        for part in old.infolist():
            entry = zipfile.ZipInfo(part.filename, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, old.read(part.filename))
    return target.getvalue()


MADE = {
    "Larkspur warranty.pdf": warranty,
    "Water report 2025.pdf": water_report,
    "Council minutes March 2026.docx": minutes,
}


def main(folder: Path) -> None:
    """Write all files that are made, into `folder`."""
    for name, make in MADE.items():
        (folder / name).write_bytes(make())


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else LIBRARY)
