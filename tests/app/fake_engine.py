"""An engine's process without an engine: it speaks the pipe's protocol and follows simple rules."""

import os
import time
from dataclasses import replace
from pathlib import Path

from rag.events import (
    AddPaths,
    AnswerFinished,
    Ask,
    ConversationLaidOut,
    ConversationOpened,
    ConversationsListed,
    ConversationStarted,
    DeleteConversation,
    EmbedderChanged,
    EngineStarted,
    EvidenceFound,
    ExportConversation,
    Exported,
    Failed,
    FilesChanged,
    LayOutConversation,
    ListConversations,
    ModelChanged,
    ModelLoading,
    OpenConversation,
    OptionsChanged,
    PageShown,
    PassOffered,
    PassProgress,
    PlanMade,
    PrefillProgress,
    Quit,
    ReadingFinished,
    RemovePaths,
    RenameConversation,
    Reply,
    SearchReady,
    SentenceCited,
    SetOptions,
    ShowPage,
    ShowText,
    StopAnswer,
    TextShown,
    TextStreamed,
    Unlock,
    UseEmbedder,
    UseModel,
)
from rag.options import Options
from rag.records import (
    Answer,
    BlockKind,
    Citation,
    Conversation,
    ConversationInfo,
    Coverage,
    EmbedderInfo,
    FileRecord,
    FileState,
    GenerationStats,
    Hit,
    IngestSummary,
    Listed,
    Mode,
    ModelInfo,
    ModelOffer,
    PagePicture,
    Paper,
    PaperBlock,
    PaperRun,
    PassOffer,
    Scope,
    Sentence,
    Support,
    Turn,
    Understanding,
)
from tests.app.fake_whole import FakeWhole

LEASE = Path("/documents/Contracts/Lease 2024.pdf")
PASSWORD = "open sesame"
TEXT = "Either party may end the lease with three months’ notice."
TRIAL = ModelInfo("SmolLM2 135M", Path("/models/smollm2.gguf"), 96_000_000, 8192, is_trial=True)
PHI = ModelOffer(
    "phi-4-mini",
    "Phi-4-mini",
    "Phi-4-mini-instruct-Q4_K_M.gguf",
    2_491_874_272,
    "88c00229914083cd112853aab84ed51b87bdf6b9ce42f532d8c85c7c63b1730a",
    "MIT",
    "https://example.org/phi-4-mini",
    "The model Footnote is made for.",
    131_072,
    4.0,
    default=True,
)
STARTED = EngineStarted(
    Options(),
    (PHI,),
    ("PDF", "Word", "text"),
    (".pdf", ".docx", ".txt", ".md"),
    ("When does the warranty end?",),
    drawn=(".pdf",),
)
INFO = ConversationInfo(1, "Notice period", 1_700_000_000.0, 1_700_000_000.0)
HIT = Hit(
    1,
    0.9,
    0.8,
    3.0,
    11,
    1,
    LEASE,
    "Lease 2024",
    10,
    40,
    "with three months’ notice",
    "",
    "p. 7",
    (7, 7),
)
CITATION = Citation(1, 1, LEASE, 7, "p. 7", 10, 40, "three months’ notice", 0.9)
MINI = EmbedderInfo("mini@int8", "Mini", "For English.", 384, "MIT", "", installed=True)
MULTI = EmbedderInfo("multi@int8", "Multi", "For all.", 384, "MIT", "", installed=True)
NARROWED = Understanding("in the lease?", (), Scope((LEASE,)), ("in the lease",))
COVERAGE = Coverage(6, 3, 158, 0)
SENTENCE = Sentence(TEXT, 0, len(TEXT), Support.SUPPORTED, (CITATION,))
OFFER = PassOffer(3, 12, 4.0)
PAPER = Paper(
    "Notice period",
    0.0,
    0.0,
    (PaperBlock(BlockKind.TITLE, (PaperRun("Notice period"),)),),
    (),
)
STATS = GenerationStats(900, 0, 3.0, 3.2, 16, 8.0, 0.05)


def answer(question: str, *, stopped: bool = False) -> Answer:
    """An answer with one supported sentence."""
    return Answer(
        question,
        Mode.PASSAGES,
        False,
        TEXT,
        (SENTENCE,),
        (HIT,),
        COVERAGE,
        "Fake",
        STATS,
        stopped,
        5.0,
    )


def listed(question: str) -> Answer:
    """What going through everything comes to."""
    return replace(answer(question), mode=Mode.EXHAUSTIVE, listed=(Listed(TEXT, (CITATION,)),))


def serve(connection, library, samples, connections):
    """Start, then follow the rules until the pipe closes."""
    _Fake(connection).run()


def serve_but_die_at_once(connection, library, samples, connections):
    """An engine that cannot live."""
    os._exit(7)


def serve_but_refuse(connection, library, samples, connections):
    """An engine that finds its library locked."""
    connection.send(Reply(0, Failed("The library is open in another Footnote.", "a lock file")))


def serve_deaf(connection, library, samples, connections):
    """An engine that starts and never listens again."""
    connection.send(Reply(0, STARTED))
    while True:
        time.sleep(60)


def serve_with_notices(connection, library, samples, connections):
    """An engine that had to repair its index."""
    started = EngineStarted(
        Options(), (PHI,), ("PDF",), (".pdf",), (), ("The search index was rebuilt.",)
    )
    connection.send(Reply(0, started))
    _Fake(connection).follow()


def serve_with_a_connection(connection, library, samples, connections):
    """An engine that opened a connection."""
    connections.value += 1
    _Fake(connection).run()


class _Fake:
    def __init__(self, connection):
        self._connection = connection
        self._asked = None
        self._whole = FakeWhole()

    def run(self):
        self._send(0, STARTED, FilesChanged(()))
        self._send(0, SearchReady(), EmbedderChanged(MINI, (MINI, MULTI)))
        self._send(0, ModelChanged(TRIAL))
        self.follow()

    def follow(self):
        while True:
            try:
                request = self._connection.recv()
            except EOFError:
                return
            if isinstance(request.command, Quit):
                return
            self._answer(request.id, request.command)

    def _send(self, number, *events):
        for event in events:
            self._connection.send(Reply(number, event))

    def _answer(self, number, command):  # noqa: C901, PLR0912  one line per command
        for told in self._whole.take(number, command):
            self._send(*told)
        match command:
            case Ask():
                self._ask(number, command)
            case StopAnswer() if self._asked:
                question, asked_id = self._asked
                self._whole.stop_answer(asked_id)
                self._send(asked_id, AnswerFinished(answer(question, stopped=True)))
            case AddPaths(paths):
                self._read(number, paths)
            case Unlock(password, paths):
                self._unlock(number, password, paths)
            case RemovePaths(paths):
                self._send(number, FilesChanged((), paths))
            case ShowPage(path, page, scale, _):
                self._send(number, PageShown(picture(path, page, scale)))
            case ShowText(path):
                self._send(number, TextShown(path, path.stem, TEXT, (0,)))
            case ListConversations() | DeleteConversation():
                self._send(number, ConversationsListed((INFO,)))
            case RenameConversation(number_, title):
                info = ConversationInfo(number_, title, INFO.created_at, INFO.changed_at)
                self._send(number, ConversationsListed((info,)))
            case OpenConversation():
                turn = Turn(1, "What is the notice period?", Scope(), 0.0)
                self._send(number, ConversationOpened(Conversation(INFO, (turn,))))
            case ExportConversation(_, to, _, _):
                self._export(number, to)
            case LayOutConversation():
                self._send(number, ConversationLaidOut(PAPER))
            case SetOptions(options):
                self._send(number, OptionsChanged(options))
            case UseModel(path, expected_id):
                self._use_model(number, path, expected_id)
            case UseEmbedder(embedder_id):
                self._use_embedder(number, embedder_id)

    def _ask(self, number, command):
        self._asked = (command.question, number)
        understood = NARROWED if "lease" in command.question and not command.as_typed else None
        self._send(
            number,
            ConversationStarted(INFO, 1),
            EvidenceFound((HIT,), COVERAGE, 0.05, understood),
        )
        if command.question == "die":
            os._exit(9)
        if command.question == "wait":
            return
        if command.read is Mode.EXHAUSTIVE:
            self._send(number, PassProgress(1, 2, 1, 1.0), AnswerFinished(listed(command.question)))
            return
        if command.read is Mode.WHOLE_DOCUMENT:
            for told in self._whole.begin_answer(number, command):
                self._send(*told)
            return
        if command.question == "fail":
            self._send(number, Failed("The model stopped with an error.", "detail"))
            return
        if "all" in command.question.split():
            self._send(number, PassOffered(OFFER))
        self._send(number, PlanMade(Mode.PASSAGES, "", 6, 900, 3.0), PrefillProgress(450, 900, 1.5))
        self._send(number, *[TextStreamed(word + " ") for word in TEXT.split()])
        self._send(number, SentenceCited(SENTENCE), AnswerFinished(answer(command.question)))

    def _export(self, number, to):
        try:
            to.write_text(TEXT, "utf-8")
        except OSError as why:
            self._send(number, Failed(f"“{to.name}” cannot be written.", str(why)))
        else:
            self._send(number, Exported(to))

    def _read(self, number, paths):
        files = tuple(
            FileRecord(path, path, FileState.FAILED, reason="It is locked.", locked=True)
            if "locked" in path.name
            else FileRecord(path / "a.pdf", path, FileState.READY, pages=3, words=900)
            for path in paths
        )
        self._send(
            number, FilesChanged(files), ReadingFinished(IngestSummary(len(files), 0, 0, 0, 1.0))
        )

    def _unlock(self, number, password, paths):
        opened = tuple(FileRecord(path, path, FileState.READY, pages=1) for path in paths)
        self._send(
            number,
            FilesChanged(opened if password == PASSWORD else ()),
            ReadingFinished(IngestSummary(len(opened), 0, 0, 0, 1.0)),
        )

    def _use_model(self, number, path, expected_id):
        self._send(number, ModelLoading(path.stem, 0.5))
        if "broken" in path.name:
            self._send(number, Failed(f"“{path.name}” is not the expected file.", expected_id))
        else:
            self._send(number, ModelChanged(ModelInfo(path.stem, path, 1, 4096, is_trial=False)))

    def _use_embedder(self, number, embedder_id):
        choices = (MINI, MULTI)
        if embedder_id == MULTI.id:
            for done in (0, 1200, 4000):
                self._send(number, EmbedderChanged(MINI, choices, MULTI, done, 4000, 60.0))
            self._send(number, EmbedderChanged(MULTI, choices))
        else:
            self._send(number, Failed(f"The search model “{embedder_id}” is not here."))


def picture(path, page, scale):
    """A white page of A4."""
    width, height = round(595 * scale), round(842 * scale)
    return PagePicture(
        path,
        page,
        31,
        str(page),
        595.0,
        842.0,
        width,
        height,
        width * 4,
        b"\xff" * (width * height * 4),
    )
