"""How Footnote looks: colours, fonts, distances and icons, light and dark."""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from enum import Enum
from functools import lru_cache

from PySide6.QtCore import QByteArray, QEvent, QObject, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QFontInfo,
    QGuiApplication,
    QIcon,
    QIconEngine,
    QPainter,
    QPalette,
    QPixmap,
)
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication, QWidget

from app.folders import resources_folder

GRID = 4  # px; every distance is a multiple of it
RADIUS_ROW = 8
RADIUS_CARD = 12
RADIUS_BOX = 16
ICON_SIZE = 16
COLUMN_WIDTH = 720  # px; the widest a line of the conversation gets, before the text's scale

ICONS = resources_folder() / "icons"
_MIN_CONTRAST = 4.5


@dataclass(frozen=True, slots=True)
class Look:
    """The colours of the window; text on any surface has a contrast of at least 4.5:1."""

    dark: bool
    page: QColor
    pane: QColor
    card: QColor
    text: QColor
    secondary: QColor
    line: QColor
    accent: QColor
    accent_soft: QColor
    on_accent: QColor
    mark: QColor
    warning: QColor
    warning_soft: QColor
    not_found: QColor
    not_found_soft: QColor
    selected: QColor  # the row of a list that is chosen
    hover: QColor  # the row or button under the mouse
    control: QColor  # the outline of what can be operated


LIGHT = Look(
    dark=False,
    page=QColor("#f6f5f2"),
    pane=QColor("#fbfaf8"),
    card=QColor("#ffffff"),
    text=QColor("#1f2328"),
    secondary=QColor("#5c636b"),
    line=QColor("#e3e0da"),
    accent=QColor("#0f6b62"),
    accent_soft=QColor("#e0f0ed"),
    on_accent=QColor("#ffffff"),
    mark=QColor("#ffe58a"),
    warning=QColor("#9a5b00"),
    warning_soft=QColor("#fdf1dc"),
    not_found=QColor("#a23b2d"),
    not_found_soft=QColor("#fbe9e6"),
    selected=QColor("#e8efea"),
    hover=QColor("#f0eeea"),
    control=QColor("#cfcbc3"),
)

DARK = Look(
    dark=True,
    page=QColor("#17191b"),
    pane=QColor("#1c1f21"),
    card=QColor("#232729"),
    text=QColor("#e8e6e1"),
    secondary=QColor("#a0a6ab"),
    line=QColor("#33383b"),
    accent=QColor("#62c4b4"),
    accent_soft=QColor("#1f3a37"),
    on_accent=QColor("#10201e"),
    mark=QColor("#7a6514"),
    warning=QColor("#e5b567"),
    warning_soft=QColor("#3a2f1b"),
    not_found=QColor("#ef9a8c"),
    not_found_soft=QColor("#3d2522"),
    selected=QColor("#263330"),
    hover=QColor("#292d2f"),
    control=QColor("#474d51"),
)


class Text(Enum):
    """The sizes of text in px, before the system's scale."""

    TITLE = 26.0
    QUESTION = 19.0
    ANSWER = 15.5
    BODY = 14.0
    SECONDARY = 13.0
    SMALL = 12.5
    MARK = 11.0


ANSWER_LINE = 25.0  # px; the height of a line of an answer, before the system's scale


# ---------------------------------------------------------------- colours


def contrast(one: QColor, other: QColor) -> float:
    """The contrast ratio of two opaque colours, 1..21 (WCAG 2)."""
    brighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def blend(top: QColor, under: QColor, share: float) -> QColor:
    """`under` with `share` (0..1) of `top` mixed in."""
    return QColor.fromRgbF(
        top.redF() * share + under.redF() * (1 - share),
        top.greenF() * share + under.greenF() * (1 - share),
        top.blueF() * share + under.blueF() * (1 - share),
    )


def with_accent(look: Look, accent: QColor) -> Look:
    """`look` in another accent, made darker or lighter until it can be read on every surface."""
    soft, chosen = blend(accent, look.card, 0.14), blend(accent, look.pane, 0.1)
    surfaces = (look.page, look.pane, look.card, look.hover, soft, chosen)
    towards = QColor(Qt.GlobalColor.white if look.dark else Qt.GlobalColor.black)
    for _ in range(40):
        if min(contrast(accent, surface) for surface in surfaces) >= _MIN_CONTRAST:
            break
        accent = blend(towards, accent, 0.06)
    white, ink = QColor("#ffffff"), QColor("#14181a")
    readable = white if contrast(white, accent) >= contrast(ink, accent) else ink
    return replace(look, accent=accent, accent_soft=soft, on_accent=readable, selected=chosen)


def current() -> Look:
    """The look in force: that of the application's palette, which `apply` sets."""
    palette = QGuiApplication.palette()
    hints = QGuiApplication.styleHints()  # must outlive what it gives out
    wish = hints.accessibility().contrastPreference()
    return _look(
        palette.color(QPalette.ColorRole.Window).lightnessF() < 0.5,
        palette.color(QPalette.ColorRole.Accent).name(),
        wish == Qt.ContrastPreference.HighContrast,
    )


@lru_cache(maxsize=16)
def _look(dark: bool, accent: str, strong: bool) -> Look:  # noqa: FBT001 - the cache's key
    look = DARK if dark else LIGHT
    if accent != look.accent.name():
        look = with_accent(look, QColor(accent))
    if strong:
        look = replace(look, secondary=look.text, line=look.secondary, control=look.secondary)
    return look


def _luminance(color: QColor) -> float:
    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    return (
        0.2126 * linear(color.redF())
        + 0.7152 * linear(color.greenF())
        + 0.0722 * linear(color.blueF())
    )


# ---------------------------------------------------------------- fonts


def scale() -> float:
    """How much larger than drawn text is: the system's font size times the zoom."""
    pixels = QApplication.font().pixelSize()
    return pixels / Text.BODY.value if pixels > 0 else 1.0


def px(length: float) -> int:
    """A length that grows with the text, in whole px."""
    return round(length * scale())


def font(text: Text, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """The system's font at one of our sizes."""
    made = QFont(QApplication.font())
    made.setPointSizeF(_points(text.value * scale()))
    made.setWeight(weight)
    return made


def _points(pixels: float) -> float:
    # Qt keeps pixel sizes whole; points can say 15.5 px.
    screen = QGuiApplication.primaryScreen()
    return pixels * 72.0 / (screen.logicalDotsPerInchY() if screen else 96.0)


def _base_font() -> QFont:
    base = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    if base.family() in {"Sans Serif", "Sans", ""}:  # no desktop said which: prefer a good one
        base.setFamilies(["Inter", "Noto Sans", "DejaVu Sans", "Sans Serif"])
    return base


def _system_scale(base: QFont) -> float:
    # What the platform's font measures when nobody has changed it, in px.
    usual = {"win32": 12.0, "darwin": 13.0}.get(sys.platform, 14.0)
    return max(1.0, QFontInfo(base).pixelSize() / usual)


# ---------------------------------------------------------------- applying


def apply(
    app: QApplication, scheme: Qt.ColorScheme = Qt.ColorScheme.Unknown, zoom: float = 1.0
) -> None:
    """Give `app` our look, and keep it when the system's changes.

    `scheme` Unknown follows the system; `zoom` multiplies the system's text size. Every widget then
    gets a `QEvent.StyleChange`: those that hold on to colours or fonts take them anew there.
    """
    follower = app.findChild(_Follower) or _Follower(app)
    follower.scheme = scheme
    follower.zoom = zoom
    follower.apply()


def is_change(event: QEvent) -> bool:
    """Whether a `changeEvent` tells a widget that `apply` changed the look."""
    return event.type() == QEvent.Type.StyleChange


class _Follower(QObject):
    """Applies the look again whenever the system's light or dark look changes."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self.scheme = Qt.ColorScheme.Unknown
        self.zoom = 1.0
        self._app = app
        self._base = _base_font()
        app.setStyle("Fusion")
        hints = app.styleHints()
        hints.colorSchemeChanged.connect(self.apply)
        hints.accessibility().contrastPreferenceChanged.connect(self.apply)

    def apply(self) -> None:
        """Set palette, font and style sheet."""
        self._app.setPalette(QPalette())  # the system's own again, to ask it
        look = DARK if self._wants_dark() else LIGHT
        accent = self._system_accent()
        self._app.setPalette(_palette(look if accent is None else with_accent(look, accent)))
        base = QFont(self._base)
        base.setPixelSize(round(Text.BODY.value * _system_scale(self._base) * self.zoom))
        self._app.setFont(base)
        self._app.setStyleSheet(_style_sheet(current()))
        for widget in self._app.allWidgets():  # Qt tells only those that were shown already
            if not widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
                self._app.sendEvent(widget, QEvent(QEvent.Type.StyleChange))

    def _wants_dark(self) -> bool:
        scheme = self.scheme
        if scheme == Qt.ColorScheme.Unknown:
            scheme = self._app.styleHints().colorScheme()
        if scheme == Qt.ColorScheme.Unknown:
            return self._app.palette().color(QPalette.ColorRole.Window).lightnessF() < 0.5
        return scheme == Qt.ColorScheme.Dark

    def _system_accent(self) -> QColor | None:
        # Elsewhere Qt answers with a colour of its own when the desktop names none.
        if self._app.platformName() not in {"windows", "cocoa"}:
            return None
        return self._app.palette().color(QPalette.ColorRole.Accent)


def _palette(look: Look) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette()
    for names, color in (
        ((role.Window, role.AlternateBase), look.page),
        ((role.Base, role.ToolTipBase), look.card),
        ((role.Button,), look.pane),
        (
            (role.WindowText, role.Text, role.ButtonText, role.ToolTipText, role.BrightText),
            look.text,
        ),
        ((role.PlaceholderText,), look.secondary),
        ((role.Highlight, role.Accent, role.Link, role.LinkVisited), look.accent),
        ((role.HighlightedText,), look.on_accent),
        ((role.Light, role.Midlight), look.card),
        ((role.Mid, role.Dark), look.line),
        ((role.Shadow,), look.control),
    ):
        for name in names:
            palette.setColor(name, color)
    for name in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, name, blend(look.text, look.pane, 0.42))
    return palette


@lru_cache(maxsize=1)
def _style_template() -> str:
    return (resources_folder() / "styles" / "footnote.qss").read_text(encoding="utf-8")


def _style_sheet(look: Look) -> str:
    """The style sheet with each `@name` replaced by a colour, a size in points or a length."""
    values = {
        name: getattr(look, name).name() for name in Look.__dataclass_fields__ if name != "dark"
    }
    values |= {
        f"size_{text.name.lower()}": f"{_points(text.value * scale()):.2f}pt" for text in Text
    }
    values |= {
        "indicator": f"{px(ICON_SIZE)}px",
        "radius_row": "8px",
        "radius_card": "12px",
        "icons": ICONS.as_posix(),
    }
    sheet = _style_template()
    for name in sorted(values, key=len, reverse=True):
        sheet = sheet.replace(f"@{name}", values[name])
    return sheet


def set_kind(widget: QWidget, kind: str) -> None:
    """Give a widget one of the style sheet's kinds, as "primary", "quiet" or "secondary"."""
    widget.setProperty("kind", kind)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


# ---------------------------------------------------------------- icons


def icon(name: str, color: str = "secondary", checked: str = "accent") -> QIcon:
    """One of `resources/icons` in a colour of the look (its field's name), which it follows.

    `checked` is its colour while it is on or selected.
    """
    return QIcon(_TintedIcon(name, color, checked))


def draw_icon(painter: QPainter, name: str, rect: QRectF, color: QColor) -> None:
    """Paint one of `resources/icons` into `rect`."""
    _renderer(name, color.name()).render(painter, rect)


@lru_cache(maxsize=256)
def _renderer(name: str, color: str) -> QSvgRenderer:
    drawing = (ICONS / f"{name}.svg").read_bytes()
    return QSvgRenderer(QByteArray(drawing.replace(b"currentColor", color.encode())))


class _TintedIcon(QIconEngine):
    """Draws an icon in the look's colour of the moment, sharp at any size."""

    def __init__(self, name: str, color: str, checked: str) -> None:
        super().__init__()
        self._name = name
        self._color = color
        self._checked = checked

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        look = current()
        active = state == QIcon.State.On or mode == QIcon.Mode.Selected
        color: QColor = getattr(look, self._checked if active else self._color)
        if mode == QIcon.Mode.Disabled:
            color = blend(color, look.pane, 0.4)
        side = min(rect.width(), rect.height())
        corner = rect.center() - QPoint(side // 2, side // 2) + QPoint(side % 2 == 0, side % 2 == 0)
        draw_icon(painter, self._name, QRectF(corner.x(), corner.y(), side, side), color)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        drawn = QPixmap(size)
        drawn.fill(Qt.GlobalColor.transparent)
        painter = QPainter(drawn)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return drawn

    def clone(self) -> QIconEngine:
        return _TintedIcon(self._name, self._color, self._checked)
