"""What Footnote is, its version, and the licences of what it is made of."""

from __future__ import annotations

import re
import tomllib
from importlib import metadata
from pathlib import Path

import PySide6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from app import theme

_DISTRIBUTION = "footnote-desktop"


def version() -> str:
    """Footnote's version, as it was installed or as its project says."""
    try:
        return metadata.version(_DISTRIBUTION)
    except metadata.PackageNotFoundError:
        return str(_project()["version"])


def licences() -> list[tuple[str, str]]:
    """What Footnote needs, each with its licence as it tells itself."""
    found: list[tuple[str, str]] = []
    for requirement in _requirements():
        name = re.split(r"[^\w.-]", requirement, maxsplit=1)[0]
        try:
            found.append((name, _licence(metadata.metadata(name))))
        except metadata.PackageNotFoundError:
            continue
    return sorted(found, key=lambda pair: pair[0].casefold())


def _requirements() -> list[str]:
    try:
        needed = metadata.requires(_DISTRIBUTION) or []
    except metadata.PackageNotFoundError:
        return list(_project()["dependencies"])
    return [requirement for requirement in needed if "extra ==" not in requirement]


def _project() -> dict[str, str | list[str]]:
    file = Path(__file__).resolve().parents[2] / "pyproject.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))["project"]


class AboutDialog(QDialog):
    """The box behind Help → About Footnote."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("About Footnote"))
        title = QLabel("Footnote")
        theme.set_kind(title, "title")
        lead = QLabel(
            self.tr(
                "Version {}, with Qt {}\n\n"
                "Answers questions about your own files, on this computer, and shows where "
                "every sentence comes from. Nothing leaves the computer.\n\n"
                "Footnote is free software under the MIT licence, and is made of:"
            ).format(version(), PySide6.__version__)
        )
        lead.setWordWrap(True)
        lead.setTextFormat(Qt.TextFormat.PlainText)
        parts = QPlainTextEdit("\n".join(f"{name}: {licence}" for name, licence in licences()))
        parts.setReadOnly(True)
        parts.setAccessibleName(self.tr("Licences"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(12)
        layout.addWidget(title)
        layout.addWidget(lead)
        layout.addWidget(parts, 1)
        layout.addWidget(buttons)
        self.resize(theme.px(480), theme.px(460))


def _licence(told: metadata.PackageMetadata) -> str:
    if expression := told.get_all("License-Expression"):
        return str(expression[0])
    classifiers = [
        line.split(" :: ")[-1]
        for line in told.get_all("Classifier") or []
        if line.startswith("License :: ") and line.count(" :: ") > 1
    ]
    if classifiers:
        return ", ".join(classifiers)
    stated = "".join(told.get_all("License") or []).strip().splitlines()
    return stated[0] if stated else "see its files"
