"""Source code stays as written; what it defines becomes headings, its places are lines."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rag.load.reading import place_of, read_page, read_text

PYTHON = '''"""A module."""

class Cat(Animal):
    """def nothing here."""

    async def say(self) -> str:
        return "class of its own"

def main():
    pass
'''


def test_definitions_are_headings_by_how_far_in_they_are(tmp_path: Path) -> None:
    info, (page,) = read_text(tmp_path, "zoo.py", PYTHON)

    assert info.title == "zoo.py"
    assert page.text == PYTHON
    assert [(heading.level, heading.title) for heading in page.headings] == [
        (1, "class Cat(Animal)"),
        (2, "async def say(self) -> str"),
        (1, "def main()"),
    ]


def test_a_place_is_a_range_of_lines(tmp_path: Path) -> None:
    page = read_page(tmp_path, "zoo.py", PYTHON)

    assert place_of(page, "def main") == "line 9"
    assert place_of(page, "def main():\n    pass") == "line 9–10"


@pytest.mark.parametrize(
    ("name", "title", "rest"),
    [
        ("a.js", "export default async function load(url)", " {"),
        ("a.ts", "export const add = (a: number): number => a + 1", ""),
        ("a.tsx", "  render(): JSX.Element", " {"),
        ("a.java", "    public static List<String> names(int max) throws IOException", " {"),
        ("a.c", "static int parse(const char *text, size_t length)", ""),
        ("a.cpp", "void Parser::run(int depth) const", " {"),
        ("a.cs", "internal sealed class Reader : IReader", ""),
        ("a.go", "func (c *Client) Run(ctx context.Context) error", " {"),
        ("a.rs", "pub(crate) fn read<T: Read>(from: T) -> Result<()>", " {"),
        ("a.rs", "impl Display for Page", " {"),
        ("a.rb", "  def empty?", ""),
        ("a.php", "    public function say(string $what): void", ""),
        ("a.swift", "override func viewDidLoad()", " {"),
        ("a.kt", "data class Point(val x: Int)", ""),
        ("a.sh", "build_all()", " {"),
        ("a.r", "mean2 <- function(x)", " {"),
        ("a.lua", "local function tick(dt)", ""),
        ("a.sql", "CREATE TABLE IF_ANY (id INT)", ";"),
        ("a.hs", "parse :: String -> Maybe Int", ""),
        ("a.ex", "  defp hidden(x) do", ""),
        ("a.clj", "(defn add [a b]", ""),
        ("a.proto", "message Person", " {"),
        ("a.tf", 'resource "aws_s3_bucket" "logs"', " {"),
        ("a.bib", "@article{knuth1984,", ""),
        ("Makefile", "install: all", ""),
        ("Dockerfile", "FROM python:3.12 AS build", ""),
    ],
)
def test_each_language_has_its_definitions(
    tmp_path: Path, name: str, title: str, rest: str
) -> None:
    page = read_page(tmp_path, name, f"\n{title}{rest}\n    x = 1;\n")

    assert [heading.title for heading in page.headings] == [title.strip()]


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("a.c", "    return parse(text);"),
        ("a.c", "    else if (found(text)) {"),
        ("a.c", " * the module is loaded (because it must be"),
        ("a.js", "    if (ready(x)) {"),
        ("a.py", "    Some type of thing that function can do"),
        ("a.java", "    call(this, that);"),
        ("a.css", "a:hover { color: red }"),
    ],
)
def test_other_lines_define_nothing(tmp_path: Path, name: str, line: str) -> None:
    assert read_page(tmp_path, name, f"\n{line}\n").headings == ()


def test_sections_of_latex_are_headings(tmp_path: Path) -> None:
    source = (
        "\\chapter{One}\n\\section*{The \\emph{first} part}\\label{sec:a}\nText.\n\\subsection{}\n"
    )

    page = read_page(tmp_path, "a.tex", source)

    assert [(heading.level, heading.title) for heading in page.headings] == [
        (2, "One"),
        (3, "The \\emph{first} part"),
    ]


@pytest.mark.parametrize(
    ("name", "content", "titles"),
    [
        ("a.toml", "a = 1\n[tool.x]\nb = 2\n[[many]]\n", ["[tool.x]", "[[many]]"]),
        ("a.ini", "; note\n[Main]\nkey = [no]\n", ["[Main]"]),
        ("a.yaml", "name: x\njobs:\n  build:\n    - a\non: # when\n", ["jobs", "on"]),
    ],
)
def test_sections_of_settings_are_headings(
    tmp_path: Path, name: str, content: str, titles: list[str]
) -> None:
    page = read_page(tmp_path, name, content)

    assert page.text == content
    assert [heading.title for heading in page.headings] == titles
    assert place_of(page, content[-5:-1]).startswith("line ")


@pytest.mark.parametrize(
    "line",
    ["&" * 999, "a " * 499, "int " * 200 + "f(" + "a," * 90, "public " * 140, "class " + "(" * 900],
)
@pytest.mark.parametrize("name", ["a.c", "a.js", "a.py", "a.sh", "a.hs"])
def test_odd_lines_cost_no_time(tmp_path: Path, name: str, line: str) -> None:
    content = f"{line}\n" * 20

    assert read_page(tmp_path, name, content).text == content


def test_a_file_in_one_line_is_just_text(tmp_path: Path) -> None:
    page = read_page(tmp_path, "a.min.js", "function a(b){return b};" * 5_000)

    assert page.headings == ()
    assert len(page.marks) == 1
