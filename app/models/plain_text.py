"""Takes out of foreign text what could reorder, hide or imitate the text around it, or load."""

from __future__ import annotations

import re

from PySide6.QtGui import Qt

# Control characters but tab and line feed; embeddings, overrides and isolates, which turn the order
# of what follows; Qt's own marks of objects and frames; invisible tags; halves of characters.
_HIDDEN = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f-\u0084\u0086-\u009f"
    "\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef\ufff9-\ufffc\ufffe\uffff"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)
_BREAKS = re.compile("[\u0085\u2028\u2029]")


def plain(text: str) -> str:
    """`text` from a document or a model as it may stand in the window: letters, and nothing else.

    What is left keeps its order; the marks that letters of two directions need stay.
    """
    return _BREAKS.sub("\n", _HIDDEN.sub("", text))


def tip(text: str) -> str:
    """`text`, which may name a file or hold words of one, as a tooltip that shows its letters.

    Qt shows a tooltip that looks like HTML as that, and loads the pictures it names, also from
    other computers.
    """
    shown = plain(text)
    return Qt.convertFromPlainText(shown) if Qt.mightBeRichText(shown) else shown


def is_hidden(char: str) -> bool:
    """Whether `plain` takes this character out."""
    return _HIDDEN.match(char) is not None
