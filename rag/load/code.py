"""Reads source code: the text as written, its definitions as headings, its lines marked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from rag.load.how import PLAINLY, HowToRead
from rag.load.lined_text import LineMarks
from rag.load.text import TextFile, page_of
from rag.records import DocumentInfo, Heading, Page

LONGEST_LINE_CHARS = 1_000  # a longer one is made by a program and defines nothing to cite
LONGEST_TITLE_CHARS = 120
DEEPEST = 5
TAB_COLUMNS = 4

# Python, JavaScript, Java, C#, Go, Rust, Ruby, PHP, Swift, Kotlin, Scala, Lua, Julia, Elixir, SQL …
_MODIFIERS = (
    r"(?:(?:export|default|declare|public|private|protected|internal|static|abstract|final|async"
    r"|sealed|partial|open|override|virtual|inline|unsafe|extern|pub(?:\([\w: ]*\))?|const|data"
    r"|local|fileprivate|suspend|case|implicit|lazy|readonly|strictfp|synchronized|native|default"
    r"|new|required|convenience|mutating|@\w+)\s+){0,6}"
)
_NAMED = (
    r"(?:class|interface|struct|enum(?:\s+class)?|trait|impl(?:<[^>\n]{0,80}>)?|union|record"
    r"|namespace|module|package|object|protocol|extension|actor|def|defp|defmodule|defmacro"
    r"|defprotocol|defimpl|fn|func|fun|function\*?|sub|procedure|macro|macro_rules!|mod|type"
    r"|message|service|rpc|input|scalar|contract|library|mixin|component|entity|architecture)"
)
_KEYWORD = re.compile(
    rf"[ \t]*{_MODIFIERS}{_NAMED}\s+(?:\([^)\n]{{0,80}}\)\s*)?[\w$.:`'\"~]+[!?]?\s*"
    r"(?:[({:<\[=]|->|extends\b|implements\b)",
    re.IGNORECASE,
)
# Where the body begins on the next line, or nothing but its end marks it.
_BARE = re.compile(
    rf"[ \t]*{_MODIFIERS}(?:(?:def|defp|package|namespace)\s+[\w.:]+[!?]?"
    r"|(?:class|struct|interface|enum|module|union|trait|protocol)\s+[A-Z]\w*"
    r"|impl\s+[\w:<>, ]{1,80}\sfor\s+[\w:<>, ]{1,80}\{?)[ \t]*;?[ \t]*$"
)
_SQL = re.compile(
    r"\s*create\s+(?:or\s+replace\s+)?(?:temp(?:orary)?\s+|unique\s+|materialized\s+)?"
    r"(?:table|view|function|procedure|trigger|index|type|schema)\s+[\w\".`\[\]]+.*",
    re.IGNORECASE,
)
# `int main(void) {`, `public List<String> names() {`, `void A::run(int x) const`
_TYPED = re.compile(
    r"(?!\s*(?:return|else|if|for|while|switch|case|new|throw|delete|typedef|using|goto|await|do"
    r"|yield|assert|print|echo|import|from|and|or|not|in)\b)"
    r"[ \t]{0,8}(?:[\w:<>,\[\]?~][\w:<>,*&\[\]?~]*[ \t]+){1,6}[*&]*[\w:~]+[ \t]*"
    r"\((?:[^;{}()]{0,300},|[^;{}()]{0,300}\)[ \t]*(?:const|override|final|noexcept|async"
    r"|throws[\w., \t]{1,80}|(?:->|:)[^;{}=]{1,80})?[ \t]*\{?)[ \t]*$"
)
_AT_MARGIN = re.compile(r"[a-z_][\w:~]*[ \t]?\([^;{}()\"]{1,300}\)[ \t]*\{?$")  # its type is above
_METHOD = re.compile(
    r"(?![ \t]*(?:if|for|while|switch|catch|with|function|return)\b)[ \t]+"
    r"(?:(?:static|async|get|set|public|private|protected|override)[ \t]+){0,4}[*#]?[\w$]+"
    r"\([^(){};]{0,200}\)[ \t]*(?::[^={};]{1,80})?\{$"
)
_SHELL = re.compile(r"(?:function\s+)?[\w.:-]+\s*\(\)\s*\{?\s*$")
_ARROW = re.compile(
    r"(?:export\s+)?(?:const|let|var)\s+[\w$]+\s*(?::[^=\n]{1,80})?=\s*(?:async\s*)?"
    r"(?:function\b|\([^)\n]{0,200}\)\s*(?::[^=\n]{1,80})?=>|[\w$]+\s*=>)"
)
_R = re.compile(r"[ \t]*[\w.]+\s*(?:<-|=)\s*function\s*\(")
_TARGET = re.compile(r"[\w./%-][\w./% -]*:(?!=)")
_STAGE = re.compile(r"from\s+\S+", re.IGNORECASE)
_BLOCK = re.compile(r"(?:resource|data|module|variable|output|provider|locals|terraform)\b.*\{\s*$")
_ENTRY = re.compile(r"@\w+\s*\{\s*[^,\s]+")
_LISP = re.compile(r"\((?:def[\w-]*|ns)\s+[^\s()]+")
_SIGNATURE = re.compile(r"(?:data|newtype|type|class|instance|module)\s+\w|[a-z_][\w']*\s+::\s")
_ERLANG = re.compile(r"[a-z]\w*\([^)\n]*\)\s*(?:when\b.*)?->|-module\(.*")
_LATEX = re.compile(
    r"[ \t]*\\(part|chapter|(?:sub){0,2}section|(?:sub)?paragraph)\*?(?:\[[^\]\n]*\])?\{"
)
_LATEX_LEVELS = ("part", "chapter", "section", "subsection", "subsubsection", "paragraph")

_TYPED_SUFFIXES = (
    ".c",
    ".h",
    ".cc",
    ".cpp",
    ".cxx",
    ".hpp",
    ".hh",
    ".java",
    ".cs",
    ".m",
    ".mm",
    ".dart",
    ".groovy",
    ".ino",
    ".cu",
    ".d",
    ".glsl",
    ".vala",
)
_SCRIPT_SUFFIXES = (".js", ".mjs", ".cjs", ".jsx", ".ts", ".tsx", ".vue", ".svelte")
_RULES: tuple[tuple[tuple[str, ...], tuple[re.Pattern[str], ...]], ...] = (
    (_TYPED_SUFFIXES, (_KEYWORD, _BARE, _TYPED, _AT_MARGIN)),
    (_SCRIPT_SUFFIXES, (_KEYWORD, _BARE, _ARROW, _METHOD)),
    ((".sql", ".ddl"), (_SQL,)),
    ((".sh", ".bash", ".zsh", ".ksh", ".fish"), (_SHELL, _KEYWORD)),
    ((".r",), (_R,)),
    ((".mk", "makefile", "gnumakefile"), (_TARGET,)),
    ((".dockerfile", "dockerfile", "containerfile"), (_STAGE,)),
    ((".tf", ".hcl", ".tfvars"), (_BLOCK,)),
    ((".bib",), (_ENTRY,)),
    ((".clj", ".cljs", ".cljc", ".lisp", ".el", ".scm", ".rkt"), (_LISP,)),
    ((".hs", ".elm", ".purs"), (_SIGNATURE,)),
    ((".erl", ".hrl"), (_ERLANG,)),
    ((".css", ".scss", ".less", ".sass", ".asm", ".s"), ()),
)  # fmt: skip


def read(path: Path, _how: HowToRead = PLAINLY) -> Iterator[DocumentInfo | Page]:
    """The file's own text; places are lines: "line 120–145"."""
    file = TextFile.open(path)
    yield DocumentInfo(path.name, file.part_count(), paged=False, format="code")
    marks = LineMarks(file.size_bytes)
    is_latex = path.suffix.lower() in {".tex", ".ltx"}
    for number, part in enumerate(file.parts(), 1):
        page = page_of(part, number)
        headings = latex_sections(part) if is_latex else definitions(part, rules_for(path))
        yield Page(
            number, page.label, part, page.kind, tuple(headings), marks=tuple(marks.of(part))
        )


def rules_for(path: Path) -> tuple[re.Pattern[str], ...]:
    """What a line that defines something looks like in the language of `path`."""
    names = (path.suffix.lower(), path.name.lower())
    return next((rules for known, rules in _RULES if set(names) & set(known)), (_KEYWORD, _BARE))


def definitions(text: str, rules: tuple[re.Pattern[str], ...]) -> Iterator[Heading]:
    """The lines that define a function, a class …; those further in are of a lower level."""
    columns: list[int] = []  # of the definitions that the line may be in
    offset = 0
    for line in text.split("\n"):
        begin = offset
        offset += len(line) + 1
        if len(line) > LONGEST_LINE_CHARS or not any(rule.match(line) for rule in rules):
            continue
        stripped = line.lstrip()
        title = stripped.rstrip(" \t{:;(=")[:LONGEST_TITLE_CHARS].rstrip()
        if not title:
            continue
        column = len(line[: len(line) - len(stripped)].expandtabs(TAB_COLUMNS))
        while columns and columns[-1] >= column:
            columns.pop()
        columns.append(column)
        start = begin + len(line) - len(stripped)
        yield Heading(start, start + len(title), min(len(columns), DEEPEST), title)


def latex_sections(text: str) -> Iterator[Heading]:
    """The titles of LaTeX's sections, without the commands."""
    offset = 0
    for line in text.split("\n"):
        found = _LATEX.match(line) if len(line) <= LONGEST_LINE_CHARS else None
        if found:
            end = _closing_brace(line, found.end())
            title = line[found.end() : end].partition("\\label")[0].strip()
            start = offset + found.end() + line[found.end() :].index(title)
            if title:
                level = 1 + _LATEX_LEVELS.index(found[1].replace("subparagraph", "paragraph"))
                yield Heading(start, start + len(title), level, title)
        offset += len(line) + 1


def _closing_brace(line: str, start: int) -> int:
    """Where the brace closes that is open at `start`; the line's end if nowhere."""
    depth = 1
    for at in range(start, len(line)):
        depth += {"{": 1, "}": -1}.get(line[at], 0)
        if not depth:
            return at
    return len(line)
