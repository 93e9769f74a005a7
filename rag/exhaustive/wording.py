"""What code says around a list, in the question's language."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wording:
    """Sentences with places for numbers and names."""

    files_found: str
    things_found: str
    none_found: str
    highest: str
    lowest: str
    total: str
    mean: str
    difference: str
    change: str
    stopped: str
    unclear: str
    unread: str
    failed: str
    left_out: str
    also: str
    yes: str
    decimal: str
    thousands: str


_EN = Wording(
    files_found="{n} of {files} files:",
    things_found="{n} found in {files} files:",
    none_found="Nothing of this was found in {files} files.",
    highest="The highest of {n}: {value}.",
    lowest="The lowest of {n}: {value}.",
    total="Total of {n}: {formula}.",
    mean="Average of {n}: {formula}.",
    difference="Difference: {formula}.",
    change="Change: {formula}.",
    stopped="Stopped after {done} of {files} files; the list is of these.",
    unclear="Not decided, because the text says too little: {names}.",
    unread="Not gone through, because they are not read yet: {n} files.",
    failed="Not gone through, because they could not be read: {n} files.",
    left_out="Left out of the total, being in another unit: {names}.",
    also="also {names}",
    yes="Yes.",
    decimal=".",
    thousands=",",
)
_DE = Wording(
    files_found="{n} von {files} Dateien:",
    things_found="{n} gefunden in {files} Dateien:",
    none_found="In {files} Dateien wurde dazu nichts gefunden.",
    highest="Der höchste Wert von {n}: {value}.",
    lowest="Der niedrigste Wert von {n}: {value}.",
    total="Summe von {n}: {formula}.",
    mean="Durchschnitt von {n}: {formula}.",
    difference="Unterschied: {formula}.",
    change="Veränderung: {formula}.",
    stopped="Angehalten nach {done} von {files} Dateien; die Liste gilt für diese.",
    unclear="Nicht entschieden, weil der Text zu wenig sagt: {names}.",
    unread="Nicht durchgegangen, weil noch nicht gelesen: {n} Dateien.",
    failed="Nicht durchgegangen, weil nicht lesbar: {n} Dateien.",
    left_out="Nicht mitgerechnet, weil in anderer Einheit: {names}.",
    also="auch {names}",
    yes="Ja.",
    decimal=",",
    thousands=".",
)
_FR = Wording(
    files_found="{n} fichiers sur {files} :",
    things_found="{n} trouvés dans {files} fichiers :",
    none_found="Rien de tel n’a été trouvé dans {files} fichiers.",
    highest="La valeur la plus élevée sur {n} : {value}.",
    lowest="La valeur la plus basse sur {n} : {value}.",
    total="Total de {n} : {formula}.",
    mean="Moyenne de {n} : {formula}.",
    difference="Différence : {formula}.",
    change="Variation : {formula}.",
    stopped="Arrêté après {done} fichiers sur {files} ; la liste vaut pour ceux-ci.",
    unclear="Non décidé, le texte en dit trop peu : {names}.",
    unread="Non parcourus, pas encore lus : {n} fichiers.",
    failed="Non parcourus, illisibles : {n} fichiers.",
    left_out="Non comptés, dans une autre unité : {names}.",
    also="aussi {names}",
    yes="Oui.",
    decimal=",",
    thousands="\u202f",
)
_ES = Wording(
    files_found="{n} de {files} archivos:",
    things_found="{n} encontrados en {files} archivos:",
    none_found="No se encontró nada de esto en {files} archivos.",
    highest="El valor más alto de {n}: {value}.",
    lowest="El valor más bajo de {n}: {value}.",
    total="Total de {n}: {formula}.",
    mean="Promedio de {n}: {formula}.",
    difference="Diferencia: {formula}.",
    change="Variación: {formula}.",
    stopped="Detenido tras {done} de {files} archivos; la lista vale para estos.",
    unclear="Sin decidir, porque el texto dice demasiado poco: {names}.",
    unread="No recorridos, aún sin leer: {n} archivos.",
    failed="No recorridos, ilegibles: {n} archivos.",
    left_out="Sin contar, por estar en otra unidad: {names}.",
    also="también {names}",
    yes="Sí.",
    decimal=",",
    thousands=".",
)
_LANGUAGES = {"en": _EN, "de": _DE, "fr": _FR, "es": _ES}


def wording(language: str) -> Wording:
    """What is said in `language`, in English where it is not known."""
    return _LANGUAGES.get(language, _EN)
