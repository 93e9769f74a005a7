"""The model's side of the window: which one answers, which can be had, and what loads."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QLocale, QObject, Signal, Slot

from app.engine import Engine
from rag.events import EngineStarted, Failed, ModelChanged, ModelLoading, UseModel, UseTrialModel
from rag.records import ModelInfo, ModelOffer


class ModelController(QObject):
    """Follows which model answers, and changes it."""

    changed = Signal(object)  # ModelInfo, or None while there is none
    loading = Signal(str, object)  # what is loaded, and its share 0..1 or None
    activity_changed = Signal(str)  # the same in words; empty when nothing loads
    used = Signal(object)  # ModelInfo: the change that the user wanted is done
    failed = Signal(str, str)  # message and detail: the change failed, the model before answers on
    offered = Signal(tuple)  # of ModelOffer

    def __init__(self, engine: Engine, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.model: ModelInfo | None = None
        self.offers: tuple[ModelOffer, ...] = ()
        self._engine = engine
        self._changing: int | None = None
        engine.started.connect(self._start)
        engine.died.connect(self._lose)
        engine.gave_up.connect(self._lose)
        engine.replied.connect(self._take)

    @property
    def default_offer(self) -> ModelOffer | None:
        """The model that is recommended."""
        return next((offer for offer in self.offers if offer.default), None)

    def use_file(self, path: Path, expected_id: str = "") -> None:
        """Answer with this file; `expected_id` names the catalog's entry it must equal."""
        self._changing = self._engine.send(UseModel(path, expected_id))
        self._tell_loading(path.name, None)

    @Slot()
    def use_trial(self) -> None:
        """Answer with the trial model again."""
        self._changing = self._engine.send(UseTrialModel())

    def _start(self, started: EngineStarted) -> None:
        self.offers = started.offers
        self.offered.emit(self.offers)

    def _lose(self, *_why: str) -> None:
        if self._changing is not None:
            self._changing = None
            self.failed.emit(
                self.tr("The engine stopped while it loaded the model. Try again."), ""
            )
        self.activity_changed.emit("")

    def _take(self, number: int, event: object) -> None:
        if isinstance(event, ModelLoading):
            self._tell_loading(event.name, event.share)
        elif isinstance(event, ModelChanged):
            self.model = event.model
            self.activity_changed.emit("")
            self.changed.emit(event.model)
            if number == self._changing and event.model is not None:
                self._changing = None
                self.used.emit(event.model)
        elif isinstance(event, Failed) and number == self._changing:
            self._changing = None
            self.activity_changed.emit("")
            self.failed.emit(event.message, event.detail)

    def _tell_loading(self, name: str, share: float | None) -> None:
        self.loading.emit(name, share)
        if share is None:
            self.activity_changed.emit(self.tr("Loading {}").format(name))
        else:
            percent = QLocale().toString(round(share * 100))
            self.activity_changed.emit(self.tr("Loading {}, {}%").format(name, percent))
