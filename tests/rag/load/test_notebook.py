"""Notebooks are read cell by cell, with what their code printed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from rag.errors import CorruptFile
from tests.rag.load.reading import place_of, read_page, read_text

PICTURE = "data:image/png;base64," + "iVBORw0KGgo" * 500
CELLS = [
    {
        "cell_type": "markdown",
        "source": ["# My study\n", "\n", "## Data\n", f"![a plot]({PICTURE})"],
    },
    {
        "cell_type": "code",
        "source": "import x\nprint(x)",
        "outputs": [
            {"output_type": "stream", "text": ["\x1b[31mred\x1b[0m\n", "line\n"]},
            {
                "output_type": "display_data",
                "data": {"image/png": "iVBOR" * 99, "text/plain": ["<Figure>"]},
            },
            {"output_type": "display_data", "data": {"image/png": "iVBOR" * 99}},
            {"output_type": "error", "ename": "ValueError", "evalue": "bad", "traceback": ["long"]},
        ],
    },
    {"cell_type": "raw", "source": "as it is"},
]


def test_cells_come_in_order_with_their_outputs(tmp_path: Path) -> None:
    info, (page,) = read_text(tmp_path, "a.ipynb", json.dumps({"nbformat": 4, "cells": CELLS}))

    assert info.title == "My study"
    assert [(heading.level, heading.title) for heading in page.headings] == [
        (1, "My study"),
        (2, "Data"),
    ]
    assert page.text == (
        "# My study\n\n## Data\na plot\n\nimport x\nprint(x)\n\nred\nline\n\n<Figure>\n\n"
        "ValueError: bad\n\nas it is"
    )


def test_a_place_is_a_cell(tmp_path: Path) -> None:
    page = read_page(tmp_path, "a.ipynb", json.dumps({"cells": CELLS}))

    assert place_of(page, "ValueError") == "cell 2"
    assert place_of(page, "bad\n\nas it is") == "cell 2–3"


def test_a_long_output_is_cut_short_and_says_so(tmp_path: Path) -> None:
    output = {"output_type": "stream", "text": [f"step {n}\n" for n in range(1000)]}
    cell = {"cell_type": "code", "source": "run()", "outputs": [output]}

    page = read_page(tmp_path, "a.ipynb", json.dumps({"cells": [cell]}))

    assert page.text.endswith("step 39\n… 960 more lines")


def test_the_older_form_is_read(tmp_path: Path) -> None:
    cells = [
        {"cell_type": "heading", "level": 2, "source": ["Old"]},
        {
            "cell_type": "code",
            "input": ["a = 1"],
            "outputs": [{"output_type": "pyout", "text": ["42"]}],
        },
    ]

    page = read_page(
        tmp_path, "a.ipynb", json.dumps({"nbformat": 3, "worksheets": [{"cells": cells}]})
    )

    assert page.text == "Old\n\na = 1\n\n42"
    assert page.headings[0].level == 2


@pytest.mark.parametrize("content", ["{", "", "no notebook", '{"cells": ' + "[" * 100_000])
def test_a_broken_notebook_is_told_as_broken(tmp_path: Path, content: str) -> None:
    with pytest.raises(CorruptFile, match="no notebook"):
        read_page(tmp_path, "a.ipynb", content)


@pytest.mark.parametrize(
    "content", ["[]", '"x"', '{"cells": 3}', '{"cells": [1, null, {"source": 7}]}']
)
def test_what_is_out_of_place_is_passed_over(tmp_path: Path, content: str) -> None:
    assert read_page(tmp_path, "a.ipynb", content).text == ""
