"""Random but seeded documents: paragraphs in many scripts, headings, a list and a table."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

# Words of real languages, in the scripts that a format or an encoding can hold.
WORDS = {
    "ascii": (
        "the lease may be ended by either party with three months notice in writing before winter "
        "invoice harbour granite ledger orchard bridge repair tenant warranty pump season letter "
        "autumn concrete meadow survey valve copper estimate council river timber annual figure"
    ),
    "latin": (
        "Überweisung Größe Straße Ärger können früher façade élève naïve garçon señor mañana "
        "piñata corazón ação coração smörgås århundrede kærlighed þorrablót Múlaþing così perché "
        "città Zürich Öl cœur Kündigung Prüfbericht août forêt"
    ),
    "french": (
        "le bail peut être résilié par chaque partie à la fin du mois où la forêt fête août déjà "
        "élève façade garçon près même après très côté naïve hôtel là cœur goût île"
    ),
    "spanish": (
        "el contrato puede ser rescindido por cualquiera de las partes mañana señor piñata corazón "
        "año niño aquí después también cuándo según otoño pequeño jamás ningún útil"
    ),
    "european": (
        "zażółć gęślą jaźń źdźbło příliš žluťoučký kůň árvíztűrő tükörfúrógép ığdır şişe çağrı "
        "ελιά θάλασσα άνεμος γέφυρα подъезд ёлка съёмка мороз объявление щука вьюга їжак ґанок"
    ),
    "russian": (
        "договор может быть расторгнут любой стороной письменно уведомив другую за три месяца мост "
        "река зима подъезд съёмка объявление вьюга щука мороз насос гарантия счёт письмо лес доска"
    ),
    "chinese": (
        "契约 可以 由 任何 一方 提前 三个月 书面 通知 终止 "
        "桥梁 维修 费用 冬天 之前 水泵 保修 期限 花岗岩 港口"
    ),
    "japanese": (
        "契約 は どちら の 当事者 も 書面 で 解約 できる "
        "橋 の 修理 冬 まえ ポンプ 保証 きかん みなと カタログ"
    ),
    "korean": (
        "계약은 어느 당사자든 서면으로 해지할 수 있다 다리 수리 겨울 보증 기간 항구 화강암"
    ),
    "right_to_left": (
        "عقد الإيجار يمكن إنهاؤه كتابة جسر إصلاح شتاء ضمان "
        "חוזה שכירות בכתב גשר תיקון חורף אחריות"
    ),
    "south": (
        "अनुबंध किसी भी पक्ष लिखित सूचना पुल मरम्मत सर्दी "
        "สัญญา สะพาน ซ่อม ฤดูหนาว ประกัน"
    ),
    "signs": (
        "№7 5 € 12 % §3 x² ≥4 µm 20 °C ☎ 😀 ½ 3.14 1,234.56 2024-05-03 A/B e.g. O’Neill co-owner"
    ),
}  # fmt: skip
EVERY = (
    "ascii",
    "latin",
    "european",
    "chinese",
    "japanese",
    "korean",
    "right_to_left",
    "south",
    "signs",
)
LATIN = ("ascii", "latin")
# What markup makes of these is the reader's business: they are text here.
SPICE = ("“quoted”", "„so“", "«ainsi»", '"plain"', "it's", "a<b", "b&c", "&amp;", "<tag>", "x>y")
_WORD = re.compile(r"[぀-ヿ一-鿿]|[^\W_぀-ヿ一-鿿]+")  # each sign of a script without spaces counts


@dataclass(frozen=True, slots=True)
class Heading:
    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str


@dataclass(frozen=True, slots=True)
class Items:
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Block = Heading | Paragraph | Items | Grid


@dataclass(frozen=True, slots=True)
class Content:
    """What is written into a file; the first block is the title."""

    blocks: tuple[Block, ...]

    @property
    def title(self) -> str:
        return next(lines(self.blocks[:1]))

    @property
    def text(self) -> str:
        return "\n".join(lines(self.blocks))

    @property
    def paragraphs(self) -> list[str]:
        return [block.text for block in self.blocks if isinstance(block, Paragraph)]

    @property
    def grid(self) -> Grid:
        return next(block for block in self.blocks if isinstance(block, Grid))


def lines(blocks: tuple[Block, ...]) -> Iterator[str]:
    """What is to be read, line by line."""
    for block in blocks:
        match block:
            case Heading(_, text) | Paragraph(text):
                yield text
            case Items(texts):
                yield from texts
            case Grid(heads, rows):
                yield from (" ".join(cells) for cells in (heads, *rows))


def make(
    seed: int,
    scripts: tuple[str, ...] = EVERY,
    *,
    spiced: bool = True,
    paragraphs: int = 6,
    first: str = "",
    last: str = "",
) -> Content:
    """A document by its `seed`; `first` and `last` are words that it begins and ends with."""
    chance = random.Random(f"{seed} {' '.join(scripts)}")
    pool = {script: WORDS[script].split() for script in scripts}

    def sentence(count: int) -> str:
        own = pool[chance.choice(scripts)] if chance.random() < 0.6 else pool["ascii"]
        said = [chance.choice(own) for _ in range(count)]
        if spiced and chance.random() < 0.5:
            said.insert(chance.randrange(len(said)), chance.choice(SPICE))
        if chance.random() < 0.15:
            long = "".join(chance.choice("abcdefghijklmnoprstuvwz") for _ in range(45))
            said.insert(chance.randrange(len(said)), long)
        return f"{' '.join(said)}."

    def paragraph() -> Paragraph:
        return Paragraph(" ".join(sentence(chance.randint(6, 14)) for _ in range(3)))

    def title(level: int) -> Heading:
        own = pool[scripts[chance.randrange(len(scripts) - ("signs" in scripts))]]
        return Heading(level, " ".join(chance.choice(own) for _ in range(3)) + " Report")

    columns = ("Place", "Amount", "Remark")
    rows = tuple(
        (f"Row{n}", str(chance.randint(100, 99_999)), chance.choice(pool[chance.choice(scripts)]))
        for n in range(1, 6)
    )
    blocks: list[Block] = [title(1)]
    if first:
        blocks.append(Paragraph(f"{first} opens this file."))
    for number in range(paragraphs):
        if number and number % 2 == 0:
            blocks.append(title(2))
        blocks.append(paragraph())
    blocks.append(Items(tuple(sentence(4) for _ in range(4))))
    blocks += [title(2), paragraph(), Grid(columns, rows), paragraph()]
    if last:
        blocks.append(Paragraph(f"{last} closes this file."))
    return Content(tuple(blocks))


def words_of(text: str) -> list[str]:
    """The words of `text` as they are compared."""
    return _WORD.findall(unicodedata.normalize("NFC", text))


def intact(wanted: str, found: str) -> tuple[float, float]:
    """Shares of the `wanted` words that are in `found` in their order, and of words added."""
    before, after = words_of(wanted), words_of(found)
    blocks = SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks()
    same = sum(block.size for block in blocks)
    return same / len(before), (len(after) - same) / len(before)
