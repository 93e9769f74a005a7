"""What an engine's process says of reading whole, by simple rules; used by `fake_engine`."""

from dataclasses import replace

from rag.events import (
    CancelWhole,
    DeleteReadings,
    EstimateWhole,
    ListReadings,
    PauseWhole,
    PlanMade,
    ReadingsChanged,
    ReadWhole,
    ResumeWhole,
    WholeEstimated,
    WholeFinished,
    WholeProgress,
)
from rag.records import Mode, SavedReading, WholeEstimate

BUDGET = 20_000_000_000
MODEL = "SmolLM2 135M"


class FakeWhole:
    """Reads the first quarter of a document and no further, until it is cancelled."""

    def __init__(self):
        self._reading = []  # (request, paths), in the order they came
        self._paused = False
        self._kept = {}

    def take(self, number, command):
        """The replies to `command`: (request, event); none where it is about something else."""
        match command:
            case EstimateWhole(scope):
                told = self._estimate(number, scope)
            case ListReadings():
                told = [(number, self._readings())]
            case DeleteReadings(ids):
                for gone in ids or tuple(self._kept):
                    self._kept.pop(gone, None)
                told = [(number, self._readings())]
            case ReadWhole(scope):
                self._reading.append((number, scope.paths))
                told = self._progress()
            case PauseWhole() | ResumeWhole():
                self._paused = isinstance(command, PauseWhole)
                told = self._progress()
            case CancelWhole():
                told = self._cancel()
            case _:
                told = []
        return told

    def begin_answer(self, number, command):
        """The first replies to a question that is to be read whole for."""
        plan = PlanMade(command.read, "Reading all of it, about 4 minutes.", 0, 4000, 240.0)
        self._reading.insert(0, (number, command.scope.paths))
        return [(number, plan), *self._progress()]

    def stop_answer(self, number):
        """The answer is not read for any more; how far it came is kept."""
        self._reading = [(other, paths) for other, paths in self._reading if other != number]

    def _estimate(self, number, scope):
        reason = "Reading all of it, about 4 minutes."
        estimate = WholeEstimate(scope.paths, Mode.WHOLE_DOCUMENT, 4000, 0, 240.0, reason)
        return [(number, WholeEstimated(scope, estimate))]

    def _progress(self):
        if not self._reading:
            return []
        number, paths = self._reading[0]
        now = WholeProgress(paths, 1000, 4000, 12.0, 180.0)
        return [(number, replace(now, paused=self._paused))]

    def _cancel(self):
        gone, self._reading = self._reading, []
        for _, paths in gone:
            name = str(paths[0])
            self._kept[name] = SavedReading(name, paths, name, MODEL, 1000, 4000, 131_072_000, 0.0)
        finished = [(number, WholeFinished(paths, complete=False)) for number, paths in gone]
        return [*finished, (0, self._readings())]

    def _readings(self):
        kept = tuple(self._kept.values())
        return ReadingsChanged(kept, sum(one.size_bytes for one in kept), BUDGET)
