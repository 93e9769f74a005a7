import pytest

from tests.app.recording_engine import RecordingEngine


class Heard(list):
    """What a signal said, in order."""

    def __init__(self, *signals):
        super().__init__()
        for signal in signals:
            signal.connect(lambda *said: self.append(said[0] if len(said) == 1 else said))


@pytest.fixture
def engine(qapp):
    return RecordingEngine()


@pytest.fixture
def hear():
    return Heard
